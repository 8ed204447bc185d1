internal import TestSupport

/// The tables at the top of a golden file: rows of numbers by name, with 1 for true and 0 for false.
struct GoldenTables {
  private let tables: [String: Table]

  init(of file: String) {
    tables = Golden.load([String: Table].self, from: file)
  }

  /// The rows of a table; one row for a block.
  subscript(name: String) -> [[String: Double]] {
    guard let rows = tables[name]?.rows, !rows.isEmpty else { fatalError("no table \(name)") }
    return rows
  }

  /// A number at the top of the file.
  func number(_ name: String) -> Double { self[name][0][""]! }

  private struct Table: Decodable {
    let rows: [[String: Double]]

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      let cells =
        (try? value.decode([[String: Cell]].self))
        ?? (try? value.decode([String: Cell].self)).map { [$0] }
        ?? (try? value.decode(Double.self)).map { [["": Cell(number: $0)]] } ?? []
      rows = cells.map { $0.compactMapValues(\.number) }
    }
  }

  /// A number or a truth value; nil for words.
  private struct Cell: Decodable {
    let number: Double?

    init(number: Double) { self.number = number }

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      number = (try? value.decode(Bool.self)).map { $0 ? 1 : 0 } ?? (try? value.decode(Double.self))
    }
  }
}
