internal import Foundation
internal import Hopfield

/// A million neurons and a hundred thousand patterns, in a process of its own so that its peak of
/// memory is its own too.
enum Huge {
  /// What the process says on its standard output.
  struct Report: Codable {
    let store: Double
    let recall: Double
    let sweeps: Int
    /// Whether the stored pattern came back, bit for bit.
    let isExact: Bool
    /// The largest resident set, in bytes; nil where the system does not tell.
    let peak: Double?
  }

  /// Stores and recalls, in this process.
  static func measured(size: Int, patterns count: Int) -> Report {
    var generator = SeededGenerator(seed: 1982)
    var network: HopfieldNetwork?
    let store = Stopwatch.seconds {
      network = HopfieldNetwork(storing: .random(count: count, size: size, using: &generator))
    }
    let pattern = network!.patterns[0]
    let cue = pattern.flipping(fraction: 0.2, using: &generator)
    var recall: Recall<Pattern>?
    let seconds = Stopwatch.seconds { recall = network!.recall(from: cue) }
    return Report(
      store: store, recall: seconds, sweeps: recall!.steps, isExact: recall!.state == pattern,
      peak: Machine.peakMemory)
  }

  /// The row of the table, by running this executable once more.
  static func row(_ bench: Bench) throws -> Row {
    let (size, count) = (bench.size(1_000_000, quick: 50_000), bench.size(100_000, quick: 2_000))
    let output = try Command.output(of: [
      CommandLine.arguments[0], "--huge-process", "\(size)", "\(count)",
    ])
    let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    let bits = Double(size) * Double(count)
    let contest = Contest(
      id: "huge", title: "recall one cue, sequential, far beyond any J",
      sizes: "N = \(size), P = \(count), 20 % noise",
      limit: bench.limits.reading(bits / 8 * Double(report.sweeps)),
      wanted: .seconds(40),
      ours: InProcess { { nil } })
    var row = Row(
      contest, ours: Row.Times(name: "swift-hopfield", turns: [report.recall]),
      note: "\(report.sweeps) sweeps; storing \(report.store.asSeconds)"
        + (report.peak.map { "; peak memory \($0.asBytes)" } ?? "")
        + "; " + (report.isExact ? "the stored pattern, bit for bit" : "not the stored pattern"))
    if let peak = report.peak { row.isMet = row.isMet == true && peak < 14e9 }
    row.wanted! += ", under 14 GB"
    return row
  }
}
