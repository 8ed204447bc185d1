internal import Foundation

/// Everything that a run found: as JSON, and as Markdown for people.
struct Report: Codable {
  let machine: Machine
  let limits: Limits
  let turns: Int
  /// Whether sizes were small: such figures say nothing.
  let isQuick: Bool
  var rows: [Row] = []

  /// Writes `results.json` and `RESULTS.md` into `folder`.
  ///
  /// From the line "## What limits each row now" on, an older `RESULTS.md` is kept: people wrote that.
  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(self).write(to: URL(fileURLWithPath: "\(folder)/results.json"))
    let path = "\(folder)/RESULTS.md"
    let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let kept = old.range(of: "## What limits each row now").map { "\n" + old[$0.lowerBound...] }
    try (markdown + (kept ?? "")).write(toFile: path, atomically: true, encoding: .utf8)
  }

  var markdown: String {
    """
    # Results

    \(isQuick ? "**A quick run with small sizes: these figures say nothing.**\n\n" : "")\
    \(machine.processor), \(machine.processors) processors (\(machine.instructions)), \
    \(machine.memory.asBytes) of memory; \(machine.system); \(machine.swift); \(machine.date).
    \(machine.peers.isEmpty ? "No peers." : "Peers: " + machine.peers.joined(separator: "; ") + ".")

    Medians of \(turns) turns each, everybody in alternation on the same data, every peer on its \
    best number of threads. "Of the limit" is the least time the named work can take on this \
    machine over our time. How it is measured, and what to be careful about: README.md.

    \(table)

    ## Limits of this machine, measured by the run

    | | one thread | \(machine.processors) threads |
    |---|---|---|
    | reading memory | \(limits.readBandwidth.one.asBytes)/s | \(limits.readBandwidth.all.asBytes)/s |
    | int8 multiply-adds | \(giga(limits.int8.one)) | \(giga(limits.int8.all)) |
    | float32 operations | \(giga(limits.float32.one)) | \(giga(limits.float32.all)) |

    """
  }

  private func giga(_ rate: Double) -> String { (rate * 1e-9).withDigits(0) + "e9/s" }

  private var table: String {
    let head = """
      | workload | sizes | ours | peer | its time | ratio | wanted | answers | of the limit | limit |
      |---|---|---|---|---|---|---|---|---|---|
      """
    return ([head] + rows.map(line)).joined(separator: "\n")
  }

  private func line(of row: Row) -> String {
    let wanted = row.wanted.map { $0 + (row.isMet == true ? " ✓" : row.isMet == false ? " ✗" : "") }
    let cells = [
      row.title + (row.note.map { " (\($0))" } ?? ""), row.sizes, row.ours.median.asSeconds,
      row.other?.name, row.other?.median.asSeconds, row.ratio?.asRatio, wanted,
      row.agreement.map { ($0.agrees ? "" : "DIFFER: ") + $0.text }, row.share?.asShare,
      row.limit.map { "\($0.name): \($0.seconds.asSeconds)" },
    ]
    return "| " + cells.map { $0 ?? "" }.joined(separator: " | ") + " |"
  }
}
