/// A table of words and numbers with names for its columns: `.csv` as experiments write it.
///
///     let table = TextTable(columns: ["load", "overlap"], rows: [["0.1", "0.998"]])
///     try table.write(to: "capacity.csv")
///     print(try TextTable(reading: "capacity.csv").rows.count)         // 1
///
/// - Source: RFC 4180: a field with a comma, a quote or a line break stands in quotes.
public struct TextTable: Equatable, Sendable {
  public let columns: [String]
  public let rows: [[String]]

  /// A table; every row has a field for each column.
  public init(columns: [String], rows: [[String]]) {
    for row in rows {
      precondition(row.count == columns.count, "\(row.count) fields for \(columns.count) columns")
    }
    self.columns = columns
    self.rows = rows
  }

  /// Reads the file at `path`, of at most 64 MiB; a row that lacks fields or has too many is bad data.
  public init(reading path: String) throws(FormatError) {
    let bytes = try ByteReader(path: path).readAll(limit: 1 << 26)
    let records = try Self.records(in: bytes, file: path)
    columns = records.first ?? []
    rows = Array(records.dropFirst())
    for (index, row) in rows.enumerated() where row.count != columns.count {
      throw FormatError(
        file: path,
        reason: "row \(index + 1) has \(row.count) fields for \(columns.count) columns",
        category: .badData)
    }
  }

  /// Writes the table, whole or not at all.
  public func write(to path: String) throws(FormatError) {
    var text = ""
    for record in [columns] + rows {
      text += record.map(Self.quoted).joined(separator: ",") + "\n"
    }
    try OutputFile.write(Array(text.utf8), to: path)
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private static func records(
    in bytes: [UInt8], file: String
  ) throws(FormatError) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    func endField() {
      record.append(String(decoding: field, as: UTF8.self))
      field = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch (byte, isQuoted) {
      case (UInt8(ascii: "\""), true) where index < bytes.count && bytes[index] == byte:
        field.append(byte)
        index += 1
      case (UInt8(ascii: "\""), _): isQuoted.toggle()
      case (UInt8(ascii: ","), false): endField()
      case (UInt8(ascii: "\r"), false): break
      case (UInt8(ascii: "\n"), false):
        endField()
        if record != [""] { records.append(record) }
        record = []
      default: field.append(byte)
      }
    }
    if isQuoted {
      throw FormatError(file: file, reason: "a quote that does not end", category: .badData)
    }
    if !field.isEmpty || !record.isEmpty {
      endField()
      records.append(record)
    }
    return records
  }
}
