/// A small writer of SVG: elements in order, text escaped, numbers short.
///
///     var svg = SVG()
///     svg.group(["stroke": "#000", "fill": "none"]) { $0.path([[start, end]]) }
///     let file = svg.document(width: 480, height: 360, title: "Two points")
///
/// No element has an id, so that several pictures can stand in one page of HTML; what would need
/// a clip path is cut to its frame before it comes here (`Box`).
struct SVG {
  /// The elements written so far, without the root.
  private(set) var body = ""
  private var depth = 1

  /// Where a text stands relative to its point.
  enum Anchor: String {
    case start, middle, end
  }

  typealias Attributes = KeyValuePairs<String, String>

  /// An element without contents.
  mutating func element(_ name: String, _ attributes: Attributes) {
    indent()
    body += "<\(name)\(Self.written(attributes))/>\n"
  }

  /// An element around what `contents` writes; nothing at all if that is nothing.
  mutating func group(_ attributes: Attributes, _ contents: (inout SVG) -> Void) {
    let before = body
    indent()
    body += "<g\(Self.written(attributes))>\n"
    let opened = body.utf8.count
    depth += 1
    contents(&self)
    depth -= 1
    guard body.utf8.count > opened else {
      body = before
      return
    }
    indent()
    body += "</g>\n"
  }

  /// A path through each of the `pieces`; a piece of one point is a dot.
  mutating func path(_ pieces: [[Position]], closed: Bool = false, _ attributes: Attributes = [:]) {
    var data = ""
    for piece in pieces {
      var last = ""
      var count = 0
      for point in piece {
        let numbers = "\(Self.number(point.x)) \(Self.number(point.y))"
        // Samples closer than a hundredth of a unit draw nothing new.
        if numbers == last { continue }
        data += (count == 0 ? "M" : " ") + numbers
        last = numbers
        count += 1
      }
      if count == 1 { data += "m-1 0h2" }
      if closed { data += "Z" }
    }
    if !data.isEmpty { path(data, attributes) }
  }

  /// A path of the given commands.
  mutating func path(_ data: String, _ attributes: Attributes = [:]) {
    indent()
    body += "<path d=\"\(data)\"\(Self.written(attributes))/>\n"
  }

  /// A filled rectangle.
  mutating func rectangle(_ box: Box, _ attributes: Attributes = [:]) {
    indent()
    body += "<rect x=\"\(Self.number(box.left))\" y=\"\(Self.number(box.top))\""
    body += " width=\"\(Self.number(box.width))\" height=\"\(Self.number(box.height))\""
    body += "\(Self.written(attributes))/>\n"
  }

  /// A line of text with its baseline at `point`, turned anticlockwise by `turn` degrees.
  mutating func text(
    _ label: Label, at point: Position, size: Double, anchor: Anchor = .start, turn: Double = 0,
    _ attributes: Attributes = [:]
  ) {
    guard !label.isEmpty else { return }
    let x = Self.number(point.x)
    let y = Self.number(point.y)
    indent()
    body += "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(Self.number(size))\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if turn != 0 { body += " transform=\"rotate(\(Self.number(-turn)) \(x) \(y))\"" }
    body += "\(Self.written(attributes))>\(label.spans(size: size))</text>\n"
  }

  /// The finished picture on white paper, with a title and a description for those who cannot
  /// see it.
  func document(width: Double, height: Double, title: String, description: String) -> String {
    let width = Self.number(width)
    let height = Self.number(height)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" xml:space="preserve" \
      font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">

      """
    if !title.isEmpty { text += "  <title>\(Self.escaped(title))</title>\n" }
    if !description.isEmpty { text += "  <desc>\(Self.escaped(description))</desc>\n" }
    text += "  <rect width=\"\(width)\" height=\"\(height)\" fill=\"#fff\"/>\n"
    return text + body + "</svg>\n"
  }

  private mutating func indent() {
    body += String(repeating: "  ", count: depth)
  }

  private static func written(_ attributes: Attributes) -> String {
    attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
  }

  /// At most two decimals, no trailing zeros, no minus before a zero.
  static func number(_ value: Double) -> String {
    precondition(value.magnitude < 1e12, "a coordinate of \(value)")
    let hundredths = Int((value * 100).rounded())
    let whole = hundredths.magnitude / 100
    let rest = hundredths.magnitude % 100
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Text as XML 1.0 takes it: five characters by name, those it forbids as U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
