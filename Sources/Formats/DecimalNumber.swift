/// The `Double` nearest to the decimal number that `text` spells, in any locale; nil if it spells
/// none.
///
/// Accepted are a sign, digits with at most one point and at least one digit, an exponent, and
/// `nan`, `inf` and `infinity` in any case. A number too large for a `Double` gives infinity.
///
/// - Complexity: O(length). Up to 15 significant digits and modest exponents, which is what files
///   hold, need one multiplication; the rest goes through the standard library.
func decimalNumber(_ text: Span<UInt8>) -> Double? {
  var position = 0
  let isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
  if !text.isEmpty && (isNegative || text[0] == UInt8(ascii: "+")) { position = 1 }

  var digits: UInt64 = 0  // significant digits without the point
  var exponent = 0
  var digitCount = 0
  var isExact = true
  var zeros = 0  // passed over at the end, and not yet known to be followed by other digits
  var pointPosition: Int?
  let digitsStart = position
  while position < text.count {
    let byte = text[position]
    if byte == UInt8(ascii: "."), pointPosition == nil {
      pointPosition = position
    } else if byte == UInt8(ascii: "0") {
      digitCount += 1
      if pointPosition != nil { exponent -= 1 }
      zeros += 1
    } else if byte > UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
      digitCount += 1
      if pointPosition != nil { exponent -= 1 }
      for _ in 0...(digits == 0 ? 0 : min(zeros, 20)) {
        let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
        digits = product
        isExact = isExact && !overflow
      }
      digits = digits &+ UInt64(byte - UInt8(ascii: "0"))
      isExact = isExact && digits <= 1 << 53
      if !isExact { digits = 1 }  // only to know that there are digits
      zeros = 0
    } else {
      break
    }
    position += 1
  }
  if digitCount == 0 { return position == digitsStart ? specialNumber(text) : nil }
  exponent += zeros

  if position < text.count {
    guard let written = writtenExponent(text, at: position) else { return nil }
    exponent += written
  }
  if digits == 0 { return isNegative ? -0.0 : 0.0 }
  // Both factors are exact, so the result is rounded once (Clinger 1990).
  if isExact && abs(exponent) <= 22 {
    let power = powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
    return isNegative ? -magnitude : magnitude
  }
  return Double(string(text))
}

/// The exponent that begins with `e` at `position` and ends the text, kept within 10^6.
private func writtenExponent(_ text: Span<UInt8>, at start: Int) -> Int? {
  var position = start
  guard text[position] | 0x20 == UInt8(ascii: "e") else { return nil }
  position += 1
  guard position < text.count else { return nil }
  let isNegative = text[position] == UInt8(ascii: "-")
  if isNegative || text[position] == UInt8(ascii: "+") { position += 1 }
  guard position < text.count else { return nil }
  var exponent = 0
  while position < text.count {
    let digit = text[position] &- UInt8(ascii: "0")
    if digit > 9 { return nil }
    exponent = min(exponent * 10 + Int(digit), 1_000_000)
    position += 1
  }
  return isNegative ? -exponent : exponent
}

private func specialNumber(_ text: Span<UInt8>) -> Double? {
  if text.count > 9 { return nil }
  return switch string(text).lowercased() {
  case "nan", "+nan", "-nan": .nan
  case "inf", "+inf", "infinity", "+infinity": .infinity
  case "-inf", "-infinity": -.infinity
  default: nil
  }
}

private func string(_ text: Span<UInt8>) -> String {
  String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
