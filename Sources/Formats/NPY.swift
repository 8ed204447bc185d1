/// NumPy's format for one array: `.npy`.
///
///     let patterns = try NPY.read("patterns.npy")
///     try NPY.write(states, to: "states.npy")
///
/// Versions 1, 2 and 3; either order of bytes and of axes; booleans, integers of 8 to 64 bits,
/// floating-point numbers of 16, 32 and 64 bits, and x86's 80-bit `longdouble`, which is read as
/// `float64`. Complex numbers, text, dates, records and Python objects are refused, and so are
/// bytes after the data. Written are version 1 and C order, byte for byte as `numpy.save` does.
///
/// - Source: numpy.lib.format, "NEP 1 — A simple file format for NumPy arrays".
public enum NPY {
  /// The array in the file at `path`, which may be a pipe.
  ///
  /// - Complexity: O(bytes) time and memory; `NPYReader` takes a file in blocks.
  public static func read(_ path: String) throws(FormatError) -> NumericArray {
    var reader = try NPYReader(path: path)
    return try reader.readRest()
  }

  /// The array in `bytes`, the contents of a file that messages call `file`.
  public static func parse(bytes: [UInt8], file: String) throws(FormatError) -> NumericArray {
    var reader = try NPYReader(ByteReader(bytes: bytes, file: file))
    return try reader.readRest()
  }

  /// Writes `array` to a file, whole or not at all.
  public static func write(_ array: NumericArray, to path: String) throws(FormatError) {
    try OutputFile.write([header(of: array), array.bytes], to: path)
  }

  /// The bytes of a file with `array`.
  public static func encode(_ array: NumericArray) -> [UInt8] { header(of: array) + array.bytes }

  /// Everything of the file before the numbers.
  private static func header(of array: NumericArray) -> [UInt8] {
    let lengths = array.shape.map(String.init)
    let shape = lengths.count == 1 ? lengths[0] + "," : lengths.joined(separator: ", ")
    var text =
      "{'descr': '\(array.type.npyDescriptor)', 'fortran_order': False, 'shape': (\(shape)), }"
    // NumPy leaves room for the first axis to grow in place to any length of 64 bits.
    if let first = lengths.first { text += String(repeating: " ", count: 21 - first.count) }
    // The numbers begin at a multiple of 64 bytes.
    let length = (magic.count + 4 + text.utf8.count + 1 + 63) / 64 * 64 - magic.count - 4
    precondition(length <= 0xFFFF, "a shape of \(array.shape.count) axes")
    text += String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + text.utf8
  }

  /// The bytes every file begins with; two of version follow.
  static let magic: [UInt8] = [0x93] + "NUMPY".utf8
}
