#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A decimal number m x 10^k, exact, as the labels of ticks are.
struct RoundNumber: Equatable {
  var mantissa: Int
  var exponent: Int

  init(_ mantissa: Int, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// The shortest number within a millionth of `value`'s leading digit, of six digits at most.
  init(_ value: Double) {
    precondition(value.isFinite, "a tick at \(value)")
    guard value != 0 else {
      self.init(0, exponent: 0)
      return
    }
    let leading = Int(log10(value.magnitude).rounded(.down))
    for digits in 0...5 {
      let number = Self(
        Int((value / pow(10, Double(leading - digits))).rounded()), leading - digits)
      if digits == 5 || abs(number.value - value) <= 1e-6 * pow(10, Double(leading)) {
        self = number
        return
      }
    }
    preconditionFailure("unreachable")
  }

  private init(_ mantissa: Int, _ exponent: Int) {
    self.init(mantissa, exponent: exponent)
  }

  /// The double nearest to the number, as long as ten to its exponent is one.
  var value: Double {
    exponent < 0
      ? Double(mantissa) / pow(10, Double(-exponent)) : Double(mantissa) * pow(10, Double(exponent))
  }

  /// The number in digits, with as many decimals as the exponent says and a true minus sign.
  var text: String {
    let sign = mantissa < 0 ? "−" : ""
    let digits = String(mantissa.magnitude)
    if exponent >= 0 {
      return sign + digits + (mantissa == 0 ? "" : String(repeating: "0", count: exponent))
    }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    return "\(sign)\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
  }
}
