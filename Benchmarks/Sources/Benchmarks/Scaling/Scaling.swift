internal import Foundation

/// How time grows: with N, with P, with the number of cues and with the number of threads.
struct Scaling {
  let isQuick: Bool

  /// Measures, and writes a CSV and an SVG for each experiment into `output`/scaling.
  func run(filter: String, output: String) throws {
    let folder = "\(output)/scaling"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for experiment in experiments where filter.isEmpty || experiment.id.contains(filter) {
      Console.note("\(experiment.id) ...")
      let lines = experiment.measure()
      let chart = LineChart(
        title: experiment.title, x: experiment.x, y: experiment.y, lines: lines)
      let path = "\(folder)/\(experiment.id)"
      try chart.svg.write(toFile: path + ".svg", atomically: true, encoding: .utf8)
      try experiment.csv(of: lines).write(toFile: path + ".csv", atomically: true, encoding: .utf8)
      Console.print(path + ".svg")
    }
  }

  /// The median of a few turns.
  func seconds(_ body: () -> Void) -> Double {
    (0..<(isQuick ? 1 : 5)).map { _ in Stopwatch.turn(body).median }.median
  }

  /// Powers of two.
  func doublings(from first: Int, to last: Int) -> [Int] {
    Array(sequence(first: first) { $0 * 2 <= last ? $0 * 2 : nil })
  }
}

/// One chart.
struct ScalingExperiment {
  let id: String
  let title: String
  let x: String
  let y: String
  let measure: () -> [LineChart.Line]

  func csv(of lines: [LineChart.Line]) -> String {
    let rows = lines.flatMap { line in
      line.points.map { "\"\(line.label)\",\($0.x.withDigits(0)),\($0.y)" }
    }
    return (["series,\"\(x)\",\"\(y)\""] + rows).joined(separator: "\n") + "\n"
  }
}
