/// What the header of a `.npy` file says about the numbers that follow.
struct NPYHeader {
  /// How a number is stored, before it becomes one of the array's type.
  struct Encoding {
    /// The type of the array that is read.
    let type: ScalarType
    /// Bytes a number takes in the file.
    let size: Int
    /// Whether the file's order of bytes is not this machine's.
    let isSwapped: Bool
    /// Whether a number is x86's extended precision, in 16 bytes.
    var isExtended: Bool { size == 16 }
  }

  let encoding: Encoding
  let isFortranOrder: Bool
  let shape: [Int]
  /// How many bytes the numbers take.
  let dataSize: Int
  /// How many bytes the magic, the version and the header take.
  let dataOffset: Int

  /// Reads a file's first bytes.
  init(from reader: ByteReader) throws(FormatError) {
    let start = try reader.read(8)
    if start.isEmpty { throw reader.error("the file is empty") }
    let magic = NPY.magic.prefix(start.count)
    if !start.starts(with: magic) { throw reader.error("not a .npy file", at: 0) }
    if start.count < 8 { throw reader.endsEarly() }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw reader.error("version \(start[6]).\(start[7]) of the format is not known", at: 6)
    }
    let isShort = start[6] == 1
    let lengthBytes = try reader.read(isShort ? 2 : 4)
    if lengthBytes.count < (isShort ? 2 : 4) { throw reader.endsEarly() }
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    if length > Self.maximalLength {
      throw reader.error("a header of \(length) bytes, accepted are \(Self.maximalLength)", at: 8)
    }
    let textOffset = reader.position
    let text = try reader.read(length)
    if text.count < length { throw reader.endsEarly() }
    dataOffset = reader.position

    let fields: Fields
    do {
      fields = try Fields(text)
    } catch {
      throw reader.error(error.reason, at: textOffset + error.offset)
    }
    encoding = fields.encoding
    isFortranOrder = fields.isFortranOrder
    shape = fields.shape
    let size = elementCount(of: shape)?.multipliedReportingOverflow(by: encoding.size)
    // Room is left for the sum of offset and size, and for numbers of 8 bytes made of them.
    guard let size, !size.overflow, size.partialValue < Int.max / 16 else {
      throw reader.error("the shape \(shape) is larger than any file", at: textOffset)
    }
    dataSize = size.partialValue
    if let fileSize = reader.size { try checkSize(fileSize, of: reader) }
  }

  /// Holds the size that the header implies against that of the file.
  private func checkSize(_ fileSize: Int, of reader: ByteReader) throws(FormatError) {
    let present = fileSize - dataOffset
    if present < dataSize {
      throw reader.error(
        "the shape \(shape) needs \(dataSize) bytes of data, the file has \(present)",
        at: fileSize)
    }
    if present > dataSize {
      throw reader.error(
        "\(present - dataSize) bytes follow the data of the shape \(shape)",
        at: dataOffset + dataSize)
    }
  }

  /// A header of three keys takes a hundred bytes; NumPy itself accepts ten thousand.
  private static let maximalLength = 1 << 16
}

/// The three keys of the header, checked.
private struct Fields {
  let encoding: NPYHeader.Encoding
  let isFortranOrder: Bool
  let shape: [Int]

  init(_ text: [UInt8]) throws(PythonLiteral.Failure) {
    func failure(_ reason: String) -> PythonLiteral.Failure {
      PythonLiteral.Failure(offset: 0, reason: reason)
    }
    guard case .dictionary(let pairs) = try PythonLiteral.parse(text) else {
      throw failure("the header is not a dictionary")
    }
    var values: [String: PythonLiteral] = [:]
    for (key, value) in pairs {
      guard ["descr", "fortran_order", "shape"].contains(key) else {
        throw failure("the header has the unknown key '\(key.prefix(32))'")
      }
      values[key] = value
    }
    guard let descriptor = values["descr"] else { throw failure("the header lacks 'descr'") }
    guard case .boolean(let isFortranOrder)? = values["fortran_order"] else {
      throw failure("the header lacks 'fortran_order', True or False")
    }
    guard case .tuple(let lengths)? = values["shape"] else {
      throw failure("the header lacks 'shape', a tuple of integers")
    }
    if lengths.count > 64 { throw failure("an array of \(lengths.count) axes, accepted are 64") }
    var shape: [Int] = []
    for length in lengths {
      guard case .integer(let length) = length, length >= 0 else {
        throw failure("the shape has a length that is no integer from 0 up")
      }
      shape.append(length)
    }
    self.shape = shape
    self.isFortranOrder = isFortranOrder
    encoding = try NPYHeader.Encoding(descriptor)
  }
}

extension NPYHeader.Encoding {
  /// The encoding that NumPy describes by a string such as `<f4`.
  fileprivate init(_ descriptor: PythonLiteral) throws(PythonLiteral.Failure) {
    guard case .string(let text) = descriptor else {
      throw PythonLiteral.Failure(
        offset: 0, reason: "records (structured dtypes) are not supported")
    }
    // `=` and `|` stand for this machine's own order, and for none.
    let order = text.prefix(1)
    let name = ["<", ">", "=", "|"].contains(order) ? text.dropFirst() : text[...]
    let isForeign = ["<", ">"].contains(order) && order != nativeByteOrder
    if name == "f16" {
      self.init(type: .float64, size: 16, isSwapped: isForeign)
    } else if let type = ScalarType(npyKindAndSize: name) {
      self.init(type: type, size: type.size, isSwapped: isForeign && type.size > 1)
    } else {
      let kind =
        switch name.first {
        case "c": "complex numbers are not supported"
        case "O": "Python objects are not supported"
        case "S", "a", "U": "text is not supported"
        case "V": "records (structured dtypes) are not supported"
        case "M", "m": "dates and times are not supported"
        default: "not a type of numbers"
        }
      throw PythonLiteral.Failure(offset: 0, reason: "dtype '\(text.prefix(32))': \(kind)")
    }
  }
}
