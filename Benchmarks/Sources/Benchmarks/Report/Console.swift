internal import Foundation

/// What a run tells people while it goes on: on standard error.
enum Console {
  static func note(_ text: String) {
    FileHandle.standardError.write(Data("hopfield-bench: \(text)\n".utf8))
  }

  static func print(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// A row in one line.
  static func show(_ row: Row) {
    var line = "\(row.id): \(row.ours.median.asSeconds)"
    if let other = row.other { line += ", \(other.name) \(other.median.asSeconds)" }
    if let ratio = row.ratio { line += ", \(ratio.asRatio)" }
    if let wanted = row.wanted { line += " (wanted: \(wanted))" }
    if let share = row.share { line += ", \(share.asShare) of the limit" }
    if let finding = row.agreement, !finding.agrees { line += "; ANSWERS DIFFER: \(finding.text)" }
    if let text = row.note { line += "; \(text)" }
    note(line)
  }
}
