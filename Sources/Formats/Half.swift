/// A number of 16 bits in IEEE 754's binary16, by its bits.
///
/// Swift's `Float16` does not exist on Intel Macs; reading needs nothing but this conversion.
struct Half: BitwiseCopyable, Sendable {
  var bits: UInt16

  /// The same value, exactly.
  var float: Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7FFF)
    if magnitude >= 0x7C00 {  // infinity and NaN keep their payload
      return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13)
    }
    // The exponent's bias is 15 there and 127 here. Moving the bits and multiplying by 2^112
    // mends it for normal and subnormal numbers alike, without rounding.
    let scaled = Float(bitPattern: magnitude << 13) * 0x1p112
    return Float(bitPattern: scaled.bitPattern | sign)
  }
}

extension Half: Comparable {
  static func == (a: Half, b: Half) -> Bool { a.float == b.float }
  static func < (a: Half, b: Half) -> Bool { a.float < b.float }
}

/// A number of x86's 80-bit extended precision, as NumPy stores `longdouble`: 10 of 16 bytes.
struct Extended {
  /// The significand with its leading bit written out.
  var significand: UInt64
  /// The sign and 15 bits of exponent, biased by 16383.
  var signAndExponent: UInt16

  /// Whether an x86 processor writes such bits: only the smallest numbers lack the leading bit.
  var isValid: Bool { significand >> 63 == 1 || signAndExponent & 0x7FFF == 0 }

  /// The nearest `Double`; ties go to the even one, what is too large becomes infinity.
  var double: Double {
    let sign: FloatingPointSign = signAndExponent >> 15 == 0 ? .plus : .minus
    let exponent = Int(signAndExponent & 0x7FFF)
    if exponent == 0x7FFF {
      let isNaN = significand << 1 != 0
      return isNaN ? .nan : sign == .minus ? -.infinity : .infinity
    }
    let scale = exponent - 16383 - 63
    if scale < -1074 - 64 { return sign == .minus ? -0.0 : 0.0 }
    if scale >= -1074 || significand == 0 {  // rounding to 53 bits is the only one
      return Double(sign: sign, exponent: scale, significand: Double(significand))
    }
    // A subnormal result: bits below 2^-1074 go in one rounding, or the sum would round twice.
    let drop = UInt64(-1074 - scale)
    if drop > 64 { return sign == .minus ? -0.0 : 0.0 }
    let kept = drop == 64 ? 0 : significand >> drop
    let lost = drop == 64 ? significand : significand << (64 - drop)
    let half: UInt64 = 1 << 63
    let up = lost > half || (lost == half && kept & 1 == 1)
    // `kept` may exceed 53 bits only if the result is normal, where the first branch rounds.
    if kept >> 53 != 0 {
      return Double(sign: sign, exponent: scale, significand: Double(significand))
    }
    return Double(sign: sign, exponent: -1074, significand: Double(kept + (up ? 1 : 0)))
  }
}

/// The numbers of 16 bytes each in x86's extended precision; nil if these are others.
///
/// Other processors put IEEE's binary128 under the same name. No file says which it is, but
/// binary128 shows: its bits make no valid extended numbers, or only zeros with the true exponents
/// in the six bytes of padding.
func doubles(ofExtended bytes: [UInt8]) -> [Double]? {
  var hasPadding = false
  var hasValue = false
  var doubles: [Double] = []
  doubles.reserveCapacity(bytes.count / 16)
  for start in stride(from: 0, to: bytes.count, by: 16) {
    func word(_ range: Range<Int>) -> UInt64 {
      bytes[start + range.lowerBound..<start + range.upperBound].reversed()
        .reduce(0) { $0 << 8 | UInt64($1) }
    }
    let number = Extended(
      significand: word(0..<8), signAndExponent: UInt16(truncatingIfNeeded: word(8..<10)))
    if !number.isValid { return nil }
    hasPadding = hasPadding || word(10..<16) != 0
    hasValue = hasValue || number.significand != 0 || number.signAndExponent != 0
    doubles.append(number.double)
  }
  return hasPadding && !hasValue ? nil : doubles
}
