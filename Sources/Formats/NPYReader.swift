/// Reads a `.npy` file in blocks of rows, so that it need not fit in memory.
///
///     var reader = try NPYReader(path: "embeddings.npy")
///     while reader.rowsLeft > 0 {
///       let block = try reader.read(rows: 4096)  // up to 4096 x N
///     }
///
/// The header is read and held against the file's size before the first row. A file in Fortran
/// order is gathered column by column, unless it comes through a pipe: then it is read at once.
public struct NPYReader: ~Copyable {
  /// The length of each axis of the whole array.
  public let shape: [Int]
  /// The type of the numbers read.
  public let type: ScalarType
  /// How many rows of the first axis were read; a single number is one row.
  public private(set) var rowsRead = 0

  private let source: ByteReader
  private let header: NPYHeader
  /// The whole array, where it could not be read in blocks.
  private var whole: NumericArray?

  /// Opens the file at `path`, which may be a pipe, and reads its header.
  public init(path: String) throws(FormatError) {
    try self.init(ByteReader(path: path))
  }

  init(_ source: ByteReader) throws(FormatError) {
    let header = try NPYHeader(from: source)
    // With no numbers to read, nothing later would look at the end.
    if header.dataSize == 0 { try source.requireEnd() }
    self.source = source
    self.header = header
    shape = header.shape
    type = header.encoding.type
  }

  /// How many rows are still to be read.
  public var rowsLeft: Int { (shape.first ?? 1) - rowsRead }

  /// The next `count` rows, or as many as are left; the other axes are whole.
  ///
  /// - Complexity: O(size of the result) time and memory.
  public mutating func read(rows count: Int) throws(FormatError) -> NumericArray {
    precondition(count >= 0, "\(count) rows to read")
    let rows = rowsRead..<rowsRead + min(count, rowsLeft)
    defer { rowsRead = rows.upperBound }
    let blockShape = shape.isEmpty ? [] : [rows.count] + shape.dropFirst()
    if shape.isEmpty && rows.isEmpty { preconditionFailure("the single number was read already") }
    if let whole { return whole.rows(rows) }

    let isColumnMajor = header.isFortranOrder && shape.count > 1
    if !isColumnMajor {
      let size = header.dataSize / max(1, shape.first ?? 1) * rows.count
      let bytes = try source.read(size)
      if bytes.count < size { throw source.endsEarly() }
      if rows.upperBound == (shape.first ?? 1) && header.dataSize > 0 { try source.requireEnd() }
      return try decoded(bytes, shape: blockShape)
    }
    if source.isSeekable && rows.count < shape[0] {
      return try decoded(gathered(rows), shape: blockShape)
    }
    let bytes = try source.read(header.dataSize)
    if bytes.count < header.dataSize { throw source.endsEarly() }
    if header.dataSize > 0 { try source.requireEnd() }
    let all = try decoded(bytes, shape: shape)
    if rows.count == shape[0] { return all }
    whole = all
    return all.rows(rows)
  }

  /// All rows that were not read yet.
  public mutating func readRest() throws(FormatError) -> NumericArray { try read(rows: rowsLeft) }

  /// The bytes of some rows of a file in Fortran order, in Fortran order.
  private func gathered(_ rows: Range<Int>) throws(FormatError) -> [UInt8] {
    let size = header.encoding.size
    let columns = shape.contains(0) ? 0 : shape.dropFirst().reduce(1, *)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(columns * rows.count * size)
    for column in 0..<columns {
      let offset = header.dataOffset + (column * shape[0] + rows.lowerBound) * size
      bytes += try source.read(rows.count * size, at: offset)
    }
    return bytes
  }

  /// The array that the file's bytes mean: in native order, in C order, of the type promised.
  private func decoded(_ bytes: [UInt8], shape: [Int]) throws(FormatError) -> NumericArray {
    var bytes = bytes
    if header.encoding.isSwapped { swapBytes(&bytes, size: header.encoding.size) }
    if header.encoding.isExtended {
      guard let doubles = doubles(ofExtended: bytes) else {
        throw source.error("'longdouble' numbers that are not those of an x86 processor")
      }
      bytes = copiedBytes(of: doubles)
    }
    if type == .bool {
      for index in bytes.indices where bytes[index] > 1 { bytes[index] = 1 }
    }
    if header.isFortranOrder { bytes = rowMajor(bytes, shape: shape, size: type.size) }
    return NumericArray(shape: shape, type: type, bytes: bytes)
  }
}
