/// One cell of a table.
public enum Cell: Sendable, Equatable {
  case int(Int)
  case real(Double)
  case text(String)
  case flag(Bool)
  case none

  /// The cell as text: numbers in their shortest round-trip form, nothing for none.
  public var text: String {
    switch self {
    case .int(let value): "\(value)"
    case .real(let value): value.isNaN ? "nan" : "\(value)"
    case .text(let value): value
    case .flag(let value): value ? "true" : "false"
    case .none: ""
    }
  }
}

/// Rows as tables have them: names and cells, in the order in which a type declares its properties.
///
///     let cells = FlatRow.cells(of: row)                        // [("load", .real(0.1)), ...]
///     let row = try FlatRow.row(CapacityRow.self, of: ["load": "0.1", ...])
///
/// Works on flat types: every property a number, a word, a truth value, or an optional of one.
public enum FlatRow {
  /// The names and cells of `row`.
  public static func cells(of row: some Encodable) -> [(name: String, cell: Cell)] {
    let cells = Cells()
    do { try row.encode(to: Flat(cells: cells)) } catch {
      preconditionFailure("a row that is not flat: \(error)")
    }
    return cells.list
  }

  /// The row whose cells have these texts.
  public static func row<Row: Decodable>(
    _ type: Row.Type, of texts: [String: String]
  ) throws -> Row {
    try Row(from: Flat(texts: texts))
  }

  /// `name` as columns of CSV have it: "standardError" becomes "standard_error".
  public static func column(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}

private final class Cells {
  var list: [(name: String, cell: Cell)] = []
}

/// An encoder into cells and a decoder of texts, for one keyed container of plain values.
private struct Flat: Encoder, Decoder {
  var cells = Cells()
  var texts: [String: String] = [:]
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Written<Key>(cells: cells))
  }
  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Read<Key>(texts: texts))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { preconditionFailure("not flat") }
  func singleValueContainer() -> any SingleValueEncodingContainer {
    preconditionFailure("not flat")
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotFlat() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NotFlat() }
}

private struct NotFlat: Error {}

private struct Written<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let cells: Cells
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) { cells.list.append((key.stringValue, .none)) }
  mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    cells.list.append((key.stringValue, value.map(Cell.int) ?? .none))
  }
  mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    cells.list.append((key.stringValue, value.map(Cell.real) ?? .none))
  }
  mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    cells.list.append((key.stringValue, value.map(Cell.text) ?? .none))
  }
  mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    cells.list.append((key.stringValue, value.map(Cell.flag) ?? .none))
  }
  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    let cell: Cell =
      switch value {
      case let value as Bool: .flag(value)
      // Seeds may be larger than an Int.
      case let value as any BinaryInteger: Int(exactly: value).map(Cell.int) ?? .text("\(value)")
      case let value as Double: .real(value)
      case let value as String: .text(value)
      default: throw NotFlat()
      }
    cells.list.append((key.stringValue, cell))
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> { preconditionFailure("not flat") }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("not flat")
  }
  mutating func superEncoder() -> any Encoder { preconditionFailure("not flat") }
  mutating func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("not flat") }
}

private struct Read<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let texts: [String: String]
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { texts.keys.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { texts[FlatRow.column(key.stringValue)] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { texts[FlatRow.column(key.stringValue)] == "" }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard let text = texts[FlatRow.column(key.stringValue)] else {
      throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "no column"))
    }
    let value: Any? =
      switch type {
      case is Bool.Type: Bool(text)
      case is Double.Type: Double(text)
      case is String.Type: text
      case let integer as any FixedWidthInteger.Type: integer.init(text, radix: 10)
      default: nil
      }
    guard let value = value as? Value else {
      throw DecodingError.typeMismatch(type, .init(codingPath: [], debugDescription: text))
    }
    return value
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> { throw NotFlat() }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw NotFlat()
  }
  func superDecoder() throws -> any Decoder { throw NotFlat() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw NotFlat() }
}
