/// The few kinds of Python literal that the header of a `.npy` file is made of.
enum PythonLiteral {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case none
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([(key: String, value: PythonLiteral)])
}

extension PythonLiteral {
  /// Why a text is not such a literal, and at which byte of it.
  struct Failure: Error {
    let offset: Int
    let reason: String
  }

  /// The literal that is the whole of `text`, blanks around it aside.
  ///
  /// Strict: no escapes in strings, no expressions, nothing nested deeper than 8.
  static func parse(_ text: [UInt8]) throws(Failure) -> PythonLiteral {
    var parser = Parser(text: text)
    let literal = try parser.literal(depth: 0)
    parser.skipBlanks()
    if parser.position < text.count { throw parser.failure("unexpected text after the header") }
    return literal
  }
}

private struct Parser {
  let text: [UInt8]
  var position = 0

  init(text: [UInt8]) { self.text = text }

  func failure(_ reason: String) -> PythonLiteral.Failure {
    PythonLiteral.Failure(offset: position, reason: reason)
  }

  mutating func skipBlanks() {
    while position < text.count, " \t\r\n".utf8.contains(text[position]) { position += 1 }
  }

  /// Passes over `character` if it comes next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func literal(depth: Int) throws(PythonLiteral.Failure) -> PythonLiteral {
    if depth > 8 { throw failure("the header is nested too deeply") }
    if skip("{") { return .dictionary(try pairs(depth: depth)) }
    if skip("(") { return try tuple(depth: depth) }
    if skip("[") { return .list(try items(until: "]", depth: depth).items) }
    guard position < text.count else { throw failure("the header ends early") }
    switch text[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
    default: return try word()
    }
  }

  private mutating func pairs(
    depth: Int
  ) throws(PythonLiteral.Failure) -> [(key: String, value: PythonLiteral)] {
    var pairs: [(key: String, value: PythonLiteral)] = []
    while !skip("}") {
      skipBlanks()
      let start = position
      guard case .string(let key) = try literal(depth: depth + 1) else {
        position = start
        throw failure("a key of the header is not a string")
      }
      if pairs.contains(where: { $0.key == key }) {
        position = start
        throw failure("the header has the key '\(key)' twice")
      }
      if !skip(":") { throw failure("the header lacks a colon after '\(key)'") }
      pairs.append((key, try literal(depth: depth + 1)))
      if !skip(",") {
        if !skip("}") { throw failure("the header lacks a comma or a closing brace") }
        break
      }
    }
    return pairs
  }

  /// The items up to `end`, and whether a comma stood after the last.
  private mutating func items(
    until end: Unicode.Scalar, depth: Int
  ) throws(PythonLiteral.Failure) -> (items: [PythonLiteral], endsInComma: Bool) {
    var items: [PythonLiteral] = []
    while !skip(end) {
      items.append(try literal(depth: depth + 1))
      if !skip(",") {
        if !skip(end) { throw failure("the header lacks a comma or '\(end)'") }
        return (items, false)
      }
    }
    return (items, !items.isEmpty)
  }

  /// What follows an opening parenthesis: `(3)` is the number 3, `(3,)` is a tuple.
  private mutating func tuple(depth: Int) throws(PythonLiteral.Failure) -> PythonLiteral {
    let (items, endsInComma) = try items(until: ")", depth: depth)
    return items.count == 1 && !endsInComma ? items[0] : .tuple(items)
  }

  private mutating func string() throws(PythonLiteral.Failure) -> String {
    let quote = text[position]
    let start = position + 1
    guard let end = text[start...].firstIndex(of: quote) else {
      throw failure("a string of the header has no end")
    }
    if text[start..<end].contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) {
      throw failure("a string of the header has escapes or control characters")
    }
    position = end + 1
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  private mutating func integer() throws(PythonLiteral.Failure) -> Int {
    let digits = text[position...].prefix {
      $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure("\(quoted(digits)) is no integer of 64 bits")
    }
    position += digits.count
    // Python 2 wrote long integers as `3L`.
    if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
    return value
  }

  private mutating func word() throws(PythonLiteral.Failure) -> PythonLiteral {
    for (word, literal) in [
      ("True", PythonLiteral.boolean(true)), ("False", .boolean(false)), ("None", .none),
    ] where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return literal
    }
    throw failure("unexpected \(quoted(text[position...].prefix(8))) in the header")
  }
}
