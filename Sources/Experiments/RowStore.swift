/// Where a long run keeps the rows that it has measured, so that a later one goes on from them.
///
///     let report = reproduction.run(.full, store: files)
///
/// Rows that belong to another experiment, size or seed are not used: see `Experiment.isRow(_:of:)`.
public protocol RowStore: Sendable {
  /// The rows kept under this name, as far as they can be read.
  func rows<Row: Decodable>(_ type: Row.Type, of name: String) -> [Row]
  /// Keeps all rows so far under this name.
  func keep<Row: Encodable>(_ rows: [Row], as name: String)
}
