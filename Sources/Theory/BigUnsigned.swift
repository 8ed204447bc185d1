/// An unsigned integer of any length, in decimal: enough for binomial coefficients and their sums.
///
///     var n = BigUnsigned(1)
///     for k in 1...30 { n.multiply(by: k) }
///     print(n)  // 265252859812191058636308480000000
struct BigUnsigned: CustomStringConvertible {
  /// Nine decimal digits each, the last first; no zeros at the end.
  private var limbs: [UInt64]

  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    limbs = []
    var rest = value
    while rest > 0 {
      limbs.append(rest % Self.base)
      rest /= Self.base
    }
  }

  mutating func add(_ other: BigUnsigned) {
    var carry: UInt64 = 0
    for index in 0..<max(limbs.count, other.limbs.count) {
      if index == limbs.count { limbs.append(0) }
      carry += limbs[index] + (index < other.limbs.count ? other.limbs[index] : 0)
      limbs[index] = carry % Self.base
      carry /= Self.base
    }
    if carry > 0 { limbs.append(carry) }
  }

  /// Multiplies by a factor up to 10⁹.
  mutating func multiply(by factor: Int) {
    precondition(factor >= 0 && factor <= Self.base, "a factor of \(factor)")
    var carry: UInt64 = 0
    for index in limbs.indices {
      carry += limbs[index] * UInt64(factor)
      limbs[index] = carry % Self.base
      carry /= Self.base
    }
    if carry > 0 { limbs.append(carry) }
    while limbs.last == 0 { limbs.removeLast() }
  }

  /// Divides by a divisor of it, up to 10⁹.
  mutating func divide(exactlyBy divisor: Int) {
    precondition(divisor > 0 && divisor <= Self.base, "a divisor of \(divisor)")
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      rest = rest * Self.base + limbs[index]
      limbs[index] = rest / UInt64(divisor)
      rest %= UInt64(divisor)
    }
    assert(rest == 0, "\(divisor) leaves a rest of \(rest)")
    while limbs.last == 0 { limbs.removeLast() }
  }

  var description: String {
    guard let first = limbs.last else { return "0" }
    return limbs.dropLast().reversed().reduce(into: String(first)) { text, limb in
      let digits = String(limb)
      text += String(repeating: "0", count: 9 - digits.count) + digits
    }
  }
}
