internal import ArgumentParser
internal import Hopfield

/// `hopfield theory dynamics`.
struct DynamicsTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dynamics",
    abstract: "Retrieval step by step: overlaps from several starts, and the critical overlap.",
    discussion: """
      Parallel dynamics of Hebb's network after Amari and Maginu: the overlap and the standard deviation of \
      the noise in the field, from random states of the given overlaps. Two steps are good, later ones \
      approximate: the capacity of these equations, 0.1596, is above the true one. Starts above \
      criticalOverlap (null above the capacity) are retrieved, and end at retrievalOverlap.

      JSON: {"theory", "rows": [{"load", "start", "step", "overlap", "noise"}], "findings": \
      {"criticalOverlap", "retrievalOverlap", "capacity"}}.

      SOURCE
        Amari and Maginu 1988, Neural Networks 1, 63.

      EXAMPLES
        hopfield theory dynamics --load 0.1 --overlaps 0.1:0.5:0.1 --steps 10
        hopfield theory dynamics --load 0.08 --output dynamics.svg
      """)

  @Option(parsing: .unconditional, help: "P / N.")
  var load = 0.1

  @Option(parsing: .unconditional, help: "Overlaps of the starts: A,B,... or FROM:TO:STEP.")
  var overlaps = NumberList(argument: "0.1,0.2,0.25,0.3,0.5")!

  @Option(parsing: .unconditional, help: "Parallel steps.")
  var steps = 10

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require([load], "--load", in: 0...1000)
    try require(overlaps.values, "--overlaps", in: 0...1)
    try requireWhole([Double(steps)], "--steps", in: 0...10_000)
    try requireRows(overlaps.values.count, steps + 1)
  }

  private struct Row: Encodable {
    var load: Double
    var start: Double
    var step: Int
    var overlap: Double
    var noise: Double
  }

  func run() throws {
    let rows = overlaps.values.flatMap { start in
      RetrievalDynamics.trajectory(overlap: start, load: load, steps: steps).enumerated().map {
        Row(load: load, start: start, step: $0, overlap: $1.overlap, noise: $1.noise)
      }
    }
    try options.show(
      "dynamics", rows,
      findings: [
        ("criticalOverlap", RetrievalDynamics.criticalOverlap(load: load)),
        ("retrievalOverlap", RetrievalDynamics.retrievalOverlap(load: load)),
        ("capacity", RetrievalDynamics.capacity),
      ], figure: { figure(rows) })
  }

  /// Overlaps against time, and the starts that are retrieved at each load.
  private func figure(_ rows: [Row]) -> String {
    let critical = RetrievalDynamics.criticalOverlap(load: load)
    var paths = Plot("Retrieval in time", x: "parallel steps *t*", y: "overlap *m*")
      .subtitle("α = \(load.plain) (Amari and Maginu 1988)")
    for (index, start) in overlaps.values.enumerated() {
      let mine = rows.filter { $0.start == start }
      let (time, overlap) = (mine.map { Double($0.step) }, mine.map(\.overlap))
      let style = Plot.Style.series(index)
      let label = index < 8 ? "*m*_0 = \(start.plain)" : nil
      paths = paths.line(time, overlap, label: label, style: style)
        .points(time, overlap, label: label, style: style)
    }
    if critical.isFinite {
      paths = paths.rule(y: critical, label: "critical, \(critical.formatted(3))")
    }

    let loads = Curve.places(0, RetrievalDynamics.capacity)
    let ends = loads.map { RetrievalDynamics.retrievalOverlap(load: $0) }
    let starts = loads.map { RetrievalDynamics.criticalOverlap(load: $0) }
    let basins = Plot("Starts that are retrieved", x: "load α = *P*/*N*", y: "overlap *m*")
      .subtitle("capacity \(RetrievalDynamics.capacity.formatted(4)), above the true one")
      .band(loads, starts, loads.map { _ in 1 }, label: "retrieved", style: .series(0))
      .line(loads, ends, label: "overlap at the end", style: .series(0))
      .line(loads, starts, label: "critical overlap", style: .series(1))
      .rule(x: MeanField.retrievalLimit(), label: "0.138")
      .xAxis(in: 0...0.18).yAxis(in: 0...1.03).legend(.outside)
      .size(width: 600, height: 360)
    return Panels(
      [paths.yAxis(in: 0...1.03).legend(.outside).size(width: 600, height: 360), basins],
      title: "Dynamics of retrieval"
    ).svg
  }
}
