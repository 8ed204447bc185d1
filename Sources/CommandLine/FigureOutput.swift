internal import Hopfield
internal import HopfieldFormats

/// Where a verb that measures or computes puts its table and its figure: `--output`.
///
/// `NAME.csv` has the figure beside it as `NAME.svg`, and the other way round; anything else is a folder,
/// made if need be, with files named after the verb.
struct FigureOutput {
  let table: String
  let figure: String

  init(path: String, name: String) throws {
    guard !path.isEmpty else { throw CommandError.usage("--output has no name") }
    if path.hasSuffix(".csv") || path.hasSuffix(".svg") {
      let stem = path.dropLast(4)
      (table, figure) = ("\(stem).csv", "\(stem).svg")
    } else {
      try OutputFolder.make(path)
      (table, figure) = ("\(path)/\(name).csv", "\(path)/\(name).svg")
    }
  }

  /// Writes the rows as CSV, columns in snake case.
  func write(_ rows: [some Encodable]) throws {
    let cells = rows.map { FlatRow.cells(of: $0) }
    let table = TextTable(
      columns: (cells.first ?? []).map { FlatRow.column($0.name) },
      rows: cells.map { $0.map(\.cell.text) })
    try table.write(to: self.table)
  }

  /// The rows of an earlier run that this file has, as far as they can be read as such.
  func earlierRows<Row: Decodable>(of type: Row.Type) -> [Row] {
    guard let table = try? TextTable(reading: table) else { return [] }
    var rows: [Row] = []
    for row in table.rows {
      let texts = Dictionary(zip(table.columns, row), uniquingKeysWith: { first, _ in first })
      guard let row = try? FlatRow.row(type, of: texts) else { break }
      rows.append(row)
    }
    return rows
  }

  /// Writes the figure.
  func write(figure svg: String) throws {
    try OutputFile.write(Array(svg.utf8), to: figure)
  }
}

extension JSON {
  /// A row of a table as an object.
  init(row: some Encodable) {
    self = .object(FlatRow.cells(of: row).map { ($0.name, JSON(cell: $0.cell)) })
  }

  private init(cell: Cell) {
    self =
      switch cell {
      case .int(let value): .int(value)
      case .real(let value): .double(value)
      case .text(let value): .string(value)
      case .flag(let value): .bool(value)
      case .none: .null
      }
  }
}

/// Rows as a table for people: as wide as their contents, numbers to the right.
func tableLines(_ rows: [some Encodable]) -> [String] {
  let cells = rows.map { FlatRow.cells(of: $0) }
  guard let first = cells.first else { return [] }
  return first.indices.map { column -> [String] in
    let texts = [FlatRow.column(first[column].name)] + cells.map { $0[column].cell.short }
    let width = texts.map(\.count).max()!
    if case .text = first[column].cell { return texts.map { $0.left(width) } }
    return texts.map { $0.right(width) }
  }.reduce(into: [String](repeating: "", count: rows.count + 1)) { lines, column in
    for (index, text) in column.enumerated() {
      lines[index] += (lines[index].isEmpty ? "" : "  ") + text
    }
  }
}

/// Prints numbers that stand for themselves, under a table.
func printFindings(_ findings: [(name: String, value: Double)]) {
  Console.print("")
  for (name, value) in findings { Console.print("\(FlatRow.column(name)): \(value.compact)") }
}

extension Cell {
  /// The cell in few characters.
  fileprivate var short: String {
    if case .real(let value) = self { value.compact } else { text }
  }
}
