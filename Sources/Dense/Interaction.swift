internal import HopfieldKernels

/// How a dense memory weighs an overlap: the F of E = −Σ_μ F(ξ^μ · s).
///
///     let cubic = Interaction.rectified(degree: 3)
///     print(cubic.value(at: 4), cubic.value(at: -4))      // 64.0 0.0
///
/// The steeper F, the less the many small overlaps disturb the one that is large, and the more
/// patterns a network holds: N^(n − 1) / (2 (2n − 3)!! ln N) for degree n, 2^(N / 2) for the
/// exponential, none of them with a wrong bit.
///
/// - Source: Krotov and Hopfield 2016, "Dense associative memory for pattern recognition";
///   Demircigil et al. 2017, "On a model of associative memory with huge storage capacity".
public enum Interaction: Hashable, Sendable {
  /// F(x) = xⁿ. Even degrees store the reverse of every pattern too; degree 2 has the states of
  /// Hebb's network.
  case polynomial(degree: Int)
  /// F(x) = xⁿ for x > 0, else 0: no reversed patterns.
  case rectified(degree: Int)
  /// F(x) = eˣ: no reversed patterns either.
  case exponential

  /// F(x); infinite where a `Double` cannot hold it.
  ///
  /// - Complexity: O(n) for degree n.
  public func value(at x: Double) -> Double {
    switch self {
    case .polynomial(let degree): (0..<degree).reduce(1) { product, _ in product * x }
    case .rectified(let degree): x > 0 ? Interaction.polynomial(degree: degree).value(at: x) : 0
    case .exponential: HopfieldKernels.exponential(x)
    }
  }

  /// Whether E(s) = E(−s).
  public var isEven: Bool {
    if case .polynomial(let degree) = self { degree % 2 == 0 } else { false }
  }

  /// n, or nil for the exponential.
  var degree: Int? {
    switch self {
    case .polynomial(let degree), .rectified(let degree): degree
    case .exponential: nil
    }
  }

  /// F(x) exactly, or nil where 126 bits cannot hold it.
  func integer(at x: Int) -> Int128? {
    guard let degree else { return nil }
    if case .rectified = self, x <= 0 { return 0 }
    var product: Int128 = 1
    for _ in 0..<degree {
      let (next, overflow) = product.multipliedReportingOverflow(by: Int128(x))
      guard !overflow, next.magnitude < 1 << 126 else { return nil }
      product = next
    }
    return product
  }

  /// Refuses what no number can hold.
  func check(size: Int) {
    guard let degree else { return }
    precondition(degree >= 1, "an interaction of degree \(degree), not at least 1")
    precondition(
      value(at: Double(size)) < 0x1p980,
      "degree \(degree) with \(size) neurons: a Double cannot hold N to this power")
  }
}
