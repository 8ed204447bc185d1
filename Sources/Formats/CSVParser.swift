/// Reads a table from text that comes in blocks.
struct CSVParser {
  private enum Separator {
    case byte(UInt8)
    case blanks
  }

  let file: String
  private var rest: [UInt8] = []
  private var isBegun = false
  private var line = 0
  private var separator: Separator?
  private var hasHeader = false
  private var values: [Double] = []
  private var rows = 0
  private var columns = 0
  /// The line of the first row, and that of an empty line after some row.
  private var firstLine = 0
  private var emptyLine: Int?

  init(file: String) { self.file = file }

  /// Takes the next block and reads the lines that are complete.
  mutating func append(_ block: [UInt8]) throws(FormatError) {
    let newline = UInt8(ascii: "\n")
    guard let last = block.lastIndex(of: newline) else {
      rest += block
      // Not text at all, or one row of more numbers than anybody has neurons.
      if rest.count > 1 << 28 { throw failure("a line of more than 2^28 bytes", line: line + 1) }
      return
    }
    let text = rest + block[...last]
    rest = Array(block[(last + 1)...])
    try readLines(text)
  }

  /// The table, after the last block.
  mutating func finish() throws(FormatError) -> NumericArray {
    if !rest.isEmpty { try readLines(rest + [UInt8(ascii: "\n")]) }
    if rows == 0 {
      throw FormatError(
        file: file, reason: isBegun ? "no row of numbers" : "the file is empty")
    }
    return NumericArray(shape: [rows, columns], values)
  }

  /// Reads lines, each of which ends in a newline.
  private mutating func readLines(_ text: [UInt8]) throws(FormatError) {
    let bytes = text.span
    var start = 0
    if !isBegun {
      isBegun = true
      if text.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
      if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
        throw failure("the text is UTF-16, not UTF-8", line: 1)
      }
    }
    for end in bytes.indices where bytes[end] == UInt8(ascii: "\n") {
      line += 1
      let range = trimmed(bytes, start..<uncommentedEnd(bytes, start..<end))
      try readLine(bytes.extracting(range))
      start = end + 1
    }
  }

  private mutating func readLine(_ text: Span<UInt8>) throws(FormatError) {
    if text.isEmpty {
      if rows > 0 && emptyLine == nil { emptyLine = line }
      return
    }
    if let emptyLine { throw failure("an empty line between rows", line: emptyLine) }
    if rows == 0 {
      separator = Self.separator(in: text)
      if !hasHeader && isHeader(text) {
        hasHeader = true
        return
      }
      firstLine = line
    }
    let before = values.count
    try readFields(text)
    let found = values.count - before
    if rows == 0 { columns = found }
    if found != columns {
      let fields = found == 1 ? "1 field" : "\(found) fields"
      throw failure("\(fields), while line \(firstLine) has \(columns)", line: line)
    }
    rows += 1
  }

  private mutating func readFields(_ text: Span<UInt8>) throws(FormatError) {
    var start = 0
    var column = 0
    while let range = nextField(text, from: &start) {
      column += 1
      let field = text.extracting(trimmedAndUnquoted(text, range))
      if let value = decimalNumber(field) {
        let isWord = field[field.count - 1] > UInt8(ascii: "9")  // nan, inf
        if value.isInfinite && !isWord {
          throw failure("\(quoted(copy(field))) is too large", line: line, column: column)
        }
        values.append(value)
      } else {
        let reason = field.isEmpty ? "an empty field" : "\(quoted(copy(field))) is no number"
        throw failure(reason, line: line, column: column)
      }
    }
  }

  /// Whether the line has words and no number.
  private func isHeader(_ text: Span<UInt8>) -> Bool {
    var start = 0
    var hasWords = false
    while let range = nextField(text, from: &start) {
      let field = text.extracting(trimmedAndUnquoted(text, range))
      if decimalNumber(field) != nil { return false }
      hasWords = hasWords || !field.isEmpty
    }
    return hasWords
  }

  /// The range of the next field; `start` moves behind its separator, and past the end behind the
  /// last field.
  private func nextField(_ text: Span<UInt8>, from start: inout Int) -> Range<Int>? {
    guard start <= text.count else { return nil }
    var end = start
    if end < text.count, text[end] == UInt8(ascii: "\"") {  // a separator may stand in quotes
      end += 1
      while end < text.count, text[end] != UInt8(ascii: "\"") { end += 1 }
    }
    let range: Range<Int>
    switch separator {
    case .byte(let separator):
      while end < text.count, text[end] != separator { end += 1 }
      range = start..<end
      start = end + 1
    case .blanks, nil:
      while end < text.count, !isBlank(text[end]) { end += 1 }
      range = start..<end
      while end < text.count, isBlank(text[end]) { end += 1 }
      start = end < text.count ? end : text.count + 1
    }
    return range
  }

  private static func separator(in text: Span<UInt8>) -> Separator {
    for candidate in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      for index in text.indices where text[index] == candidate { return .byte(candidate) }
    }
    return .blanks
  }

  private func failure(_ reason: String, line: Int, column: Int? = nil) -> FormatError {
    FormatError(
      file: file, place: "line \(line)" + (column.map { ", column \($0)" } ?? ""), reason: reason)
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
}

/// Where the line in `range` ends if a comment is left out.
private func uncommentedEnd(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
  range.first { text[$0] == UInt8(ascii: "#") } ?? range.upperBound
}

private func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end, isBlank(text[start]) { start += 1 }
  while start < end, isBlank(text[end - 1]) { end -= 1 }
  return start..<end
}

private func trimmedAndUnquoted(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
  let range = trimmed(text, range)
  let quote = UInt8(ascii: "\"")
  guard range.count >= 2, text[range.lowerBound] == quote, text[range.upperBound - 1] == quote
  else { return range }
  return range.lowerBound + 1..<range.upperBound - 1
}

private func copy(_ text: Span<UInt8>) -> [UInt8] { text.indices.map { text[$0] } }
