/// Tables of numbers as text: `.csv`, one row a line.
///
///     let patterns = try CSV.read("patterns.csv")  // rows x columns, float64
///     try CSV.write(states, to: "states.csv")
///
/// Fields are separated by commas, by semicolons, by tabs or by blanks: whichever the first line
/// has, in this order, for the whole file. A number may stand in double quotes. A first line
/// without any number is a header and is passed over; comments run from `#` to the end of the
/// line; empty lines may only come before the first row and after the last. The point is the
/// decimal mark in every locale. Rows of different lengths and empty fields are bad data.
///
/// - Source: RFC 4180, and the text that `numpy.savetxt` writes.
public enum CSV {
  /// The table in the file at `path`, which may be a pipe: rows x columns.
  ///
  /// NaN and infinity are read if they are written out; a number too large for a `Double` is bad
  /// data.
  ///
  /// - Complexity: O(bytes) time; the memory is that of the numbers, and a block of text.
  public static func read(_ path: String) throws(FormatError) -> NumericArray {
    try read(ByteReader(path: path))
  }

  /// The table in `bytes`, the contents of a file that messages call `file`.
  public static func parse(bytes: [UInt8], file: String) throws(FormatError) -> NumericArray {
    try read(ByteReader(bytes: bytes, file: file))
  }

  private static func read(_ reader: ByteReader) throws(FormatError) -> NumericArray {
    var parser = CSVParser(file: reader.file)
    while true {
      let block = try reader.read(1 << 20)
      if block.isEmpty { break }
      try parser.append(block)
    }
    return try parser.finish()
  }

  /// Writes `array` to a file, whole or not at all: a row a line, further axes run on in it.
  ///
  /// Integers are written as such, other numbers with the fewest digits that read back as the
  /// same number. A one-dimensional array is one line.
  public static func write(_ array: NumericArray, to path: String) throws(FormatError) {
    try OutputFile.write(encode(array), to: path)
  }

  /// The text of a file with `array`.
  public static func encode(_ array: NumericArray) -> [UInt8] {
    let rows = array.shape.count > 1 ? array.shape[0] : 1
    return array.run(WriteRows(rows: rows))
  }
}

private struct WriteRows: ElementPass {
  let rows: Int

  func run<Element: RealElement>(over elements: Span<Element>) -> [UInt8] {
    var text: [UInt8] = []
    let columns = rows == 0 ? 0 : elements.count / rows
    for row in 0..<(columns == 0 ? 0 : rows) {
      for column in 0..<columns {
        if column > 0 { text.append(UInt8(ascii: ",")) }
        text += elements[row * columns + column].text.utf8
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
