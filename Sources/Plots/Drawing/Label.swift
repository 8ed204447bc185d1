/// A line of text with simple mathematics: `α_c`, `N^{-1/2}`, `*m*`.
///
/// `_` lowers and `^` raises the character after it, or the group in braces; a text between two
/// asterisks is italic; a backslash takes the character after it as it is. A hyphen before a
/// digit in a raised or lowered group is a minus sign.
struct Label: Equatable, Sendable {
  enum Level: Equatable, Sendable {
    case base, lowered, raised
  }

  struct Run: Equatable, Sendable {
    var text: String
    var level = Level.base
    var isItalic = false
  }

  private(set) var runs: [Run] = []

  var isEmpty: Bool { runs.isEmpty }

  init(_ markup: String) {
    var rest = Substring(markup)
    var isItalic = false
    while let character = rest.popFirst() {
      switch character {
      case "\\" where !rest.isEmpty:
        append(String(rest.removeFirst()), .base, isItalic)
      case "_", "^":
        if let group = Self.group(&rest) {
          append(group, character == "_" ? .lowered : .raised, isItalic)
        } else {
          append(String(character), .base, isItalic)
        }
      case "*" where isItalic || Self.opensItalic(rest):
        isItalic.toggle()
      default:
        append(String(character), .base, isItalic)
      }
    }
  }

  /// The text without markup, for readers that see no levels: `α_c`, `N^(−1/2)`.
  var plain: String {
    runs.map { run in
      if run.level == .base { return run.text }
      let sign = run.level == .lowered ? "_" : "^"
      return sign + (run.text.count == 1 ? run.text : "(\(run.text))")
    }.joined()
  }

  /// About how wide the text is, rather too wide than too narrow.
  ///
  /// Which font will be there is not known here; the widths are those of Helvetica by classes of
  /// letters, and an eighth more since the free substitutes are wider.
  func width(size: Double) -> Double {
    let ems = runs.reduce(0) { sum, run in
      let scale = run.level == .base ? 1 : Self.scale
      return sum + scale * run.text.unicodeScalars.reduce(0) { $0 + Self.width(of: $1) }
    }
    return 1.12 * size * ems
  }

  /// The text as SVG: raised and lowered runs are shifted, and what follows is shifted back.
  func spans(size: Double) -> String {
    var level = 0.0
    var result = ""
    for run in runs {
      let target = run.level == .base ? 0 : (run.level == .lowered ? 0.22 : -0.36) * size
      let text = SVG.escaped(run.text)
      var attributes = ""
      if target != level { attributes += " dy=\"\(SVG.number(target - level))\"" }
      if run.level != .base { attributes += " font-size=\"\(SVG.number(Self.scale * size))\"" }
      if run.isItalic { attributes += " font-style=\"italic\"" }
      result += attributes.isEmpty ? text : "<tspan\(attributes)>\(text)</tspan>"
      level = target
    }
    return result
  }

  /// The size of raised and lowered text as a share of the size of the line.
  private static let scale = 0.72

  private mutating func append(_ text: String, _ level: Level, _ isItalic: Bool) {
    if let last = runs.last, last.level == level, last.isItalic == isItalic, level == .base {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, level: level, isItalic: isItalic))
    }
  }

  /// Takes the character or the group in braces at the beginning of `rest`; nil if there is none.
  private static func group(_ rest: inout Substring) -> String? {
    guard let first = rest.first, first != " " else { return nil }
    if first == "{" {
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let group = String(rest[..<end].dropFirst())
      if group.isEmpty { return nil }
      rest = rest[rest.index(after: end)...]
      return withMinusSigns(group)
    }
    return String(rest.removeFirst())
  }

  private static func withMinusSigns(_ text: String) -> String {
    var result = ""
    for (i, character) in text.enumerated() {
      let next = text.dropFirst(i + 1).first
      result.append(character == "-" && next?.isNumber == true ? "−" : character)
    }
    return result
  }

  /// Whether an asterisk before `rest` has a partner, with no space just inside either.
  private static func opensItalic(_ rest: Substring) -> Bool {
    guard let end = rest.firstIndex(of: "*"), end != rest.startIndex else { return false }
    return rest.first != " " && rest[rest.index(before: end)] != " "
  }

  /// The advance of a character in ems.
  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "'", "|", "I", ".", ",", ":", ";", "!", " ", "f", "t", "/", "\\": 0.28
    case "(", ")", "[", "]", "-", "r", "°", "{", "}", "\"", "`": 0.34
    case "m", "M", "w", "@", "%", "W": 0.89
    case "+", "=", "<", ">", "−", "±", "×", "~", "≤", "≥", "≈", "→": 0.6
    case "A"..."Z", "&": 0.7
    case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200D}": 0
    case "\u{1100}"..."\u{11FF}", "\u{2E80}"..."\u{FFDC}", "\u{1F000}"...: 1
    default: 0.56
    }
  }
}
