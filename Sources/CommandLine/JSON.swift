/// A JSON value with its members in a fixed order, and doubles in their shortest round-trip form.
///
/// Foundation's encoder would double the time that the command takes to start.
enum JSON {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  /// The value on one line.
  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    // JSON has no other numbers than finite ones.
    case .double(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quote(value, to: &text)
    case .array(let values):
      Self.list("[", values, "]", to: &text) { $0.write(to: &$1) }
    case .object(let members):
      Self.list("{", members, "}", to: &text) {
        Self.quote($0.0, to: &$1)
        $1 += ": "
        $0.1.write(to: &$1)
      }
    }
  }

  private static func list<T>(
    _ open: String, _ values: [T], _ close: String, to text: inout String,
    _ write: (T, inout String) -> Void
  ) {
    text += open
    for (index, value) in values.enumerated() {
      if index > 0 { text += ", " }
      write(value, &text)
    }
    text += close
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where scalar.value < 0x20:
        let hexadecimal = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
