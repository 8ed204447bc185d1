#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// How many patterns any couplings at all can hold: one neuron has to separate the patterns in which
/// it is +1 from those in which it is −1.
///
///     let share = Separability.separableFraction(points: 20, dimensions: 10)   // 0.5
///     let load = Separability.capacity(margin: 1)                              // 0.5196
///     let margin = Separability.margin(load: 0.5)                              // 1.0343
///
/// Each neuron's couplings are chosen by themselves, so wᵢⱼ ≠ wⱼᵢ: such a network has no energy.
public enum Separability {
  // MARK: - Counting (Cover)

  /// The number of ways to label points that a hyperplane through the origin separates, in decimal.
  ///
  ///     C(P, N) = 2 Σ_{k<N} binom(P − 1, k)
  ///
  /// for P points in general position (any N of them linearly independent) in N dimensions.
  ///
  /// - Complexity: O(N P) digits' work: 0.1 s for P = 20000, N = 10000.
  /// - Source: Cover 1965.
  public static func dichotomies(points: Int, dimensions: Int) -> String {
    precondition(points > 0 && dimensions > 0, "\(points) points in \(dimensions) dimensions")
    var binomial = BigUnsigned(1)
    var sum = BigUnsigned(0)
    for k in 0..<min(points, dimensions) {
      sum.add(binomial)
      binomial.multiply(by: points - 1 - k)
      binomial.divide(exactlyBy: k + 1)
    }
    sum.multiply(by: 2)
    return sum.description
  }

  /// The share of all 2^P labellings that a hyperplane through the origin separates.
  ///
  /// One half at P = 2N; for large N a step there, from 1 to 0.
  ///
  /// - Complexity: O(√P).
  /// - Source: Cover 1965.
  public static func separableFraction(points: Int, dimensions: Int) -> Double {
    precondition(points > 0 && dimensions > 0, "\(points) points in \(dimensions) dimensions")
    // At most N − 1 heads in P − 1 tosses; heads and tails change places.
    return FairCoin.probability(ofAtLeast: points - dimensions, tosses: points - 1)
  }

  // MARK: - Volumes (Gardner)

  /// The largest load at which every pattern can have the margin κ.
  ///
  ///     1/α = ∫_{−κ}^∞ Dz (z + κ)² = (1 + κ²) Φ(κ) + κ φ(κ)
  ///
  /// ξᵢ Σⱼ wᵢⱼ ξⱼ ≥ κ with Σⱼ wᵢⱼ² = 1; α = 2 at κ = 0, and about 1/κ² for large κ. For κ < 0, errors up
  /// to −κ are let pass; there the formula, replica symmetric, is an upper bound.
  ///
  /// - Source: Gardner 1988, eq. 31.
  public static func capacity(margin: Double) -> Double {
    1 / GaussianTail.second(margin)
  }

  /// The capacity for patterns with a bias.
  public struct BiasedCapacity: Equatable, Sendable {
    /// Patterns a neuron.
    public let load: Double
    /// M, the couplings' mean field in units of the bias m and the couplings' length; 0 for m = 0,
    /// where nothing depends on it.
    public let meanCoupling: Double
  }

  /// The largest load at which biased patterns can have the margin κ.
  ///
  ///     let sparse = Separability.capacity(margin: 0, bias: 0.8)
  ///     print(sparse.load, sparse.meanCoupling)  // 3.913 0.646
  ///
  /// With Iₙ(k) = ∫_{−k}^∞ Dz (z + k)ⁿ and k± = (κ ∓ mM)/√(1 − m²),
  ///
  ///     1/α = ½(1 + m) I₂(k₊) + ½(1 − m) I₂(k₋),   (1 + m) I₁(k₊) = (1 − m) I₁(k₋).
  ///
  /// - Parameters:
  ///   - margin: κ.
  ///   - bias: m, the mean of the patterns' ±1, between −1 and 1.
  /// - Source: Gardner 1988, section 3.
  public static func capacity(margin: Double, bias: Double) -> BiasedCapacity {
    precondition(abs(bias) < 1, "a bias of \(bias), not between -1 and 1")
    guard bias != 0 else { return BiasedCapacity(load: capacity(margin: margin), meanCoupling: 0) }
    let bias = abs(bias)
    let spread = ((1 - bias) * (1 + bias)).squareRoot()
    let k = margin / spread
    // The difference of the logarithms falls with x = mM/√(1 − m²), and is positive at 0.
    let logOdds = log1p(bias) - log1p(-bias)
    func imbalance(_ x: Double) -> Double {
      logOdds + GaussianTail.logFirst(k - x) - GaussianTail.logFirst(k + x)
    }
    var high = max(1, k)
    while imbalance(high) > 0 { high *= 2 }
    let x = Roots.root(in: 0...high, of: imbalance)
    let inverse =
      0.5 * (1 + bias) * GaussianTail.second(k - x) + 0.5 * (1 - bias) * GaussianTail.second(k + x)
    return BiasedCapacity(load: 1 / inverse, meanCoupling: x * spread / bias)
  }

  /// The largest margin that all patterns can have at a load: the inverse of the capacity.
  ///
  /// Negative beyond a load of 2 (more where patterns are biased).
  ///
  /// - Parameters:
  ///   - load: above 0.
  ///   - bias: the mean of the patterns' ±1.
  public static func margin(load: Double, bias: Double = 0) -> Double {
    precondition(load > 0, "a load of \(load), not above 0")
    precondition(abs(bias) < 1, "a bias of \(bias), not between -1 and 1")
    // Far below 0 the capacity is infinite.
    func excess(_ margin: Double) -> Double {
      min(log(capacity(margin: margin, bias: bias).load) - log(load), 100)
    }
    var low = -(1 - bias * bias).squareRoot()
    while excess(low) < 0 { low *= 2 }
    var high = 1.0
    while excess(high) > 0 { high *= 2 }
    return Roots.root(in: low...high, of: excess)
  }

  /// The capacity of strongly biased patterns at no margin, 1/((1 − m) |ln(1 − m)|) for m → 1.
  ///
  /// Reached very slowly: at m = 0.95 it is 6.7 where the capacity is 9.8.
  ///
  /// - Source: Gardner 1988.
  public static func strongBiasAsymptote(bias: Double) -> Double {
    precondition(abs(bias) < 1, "a bias of \(bias), not between -1 and 1")
    return -1 / ((1 - abs(bias)) * log1p(-abs(bias)))
  }
}

/// Iₙ(k) = ∫_{−k}^∞ Dz (z + k)ⁿ, accurate also where k is far below 0 and the closed forms cancel.
enum GaussianTail {
  /// ln I₁(k), I₁ = k Φ(k) + φ(k).
  static func logFirst(_ k: Double) -> Double {
    guard k < -1 else { return log(k * Gaussian.distribution(k) + Gaussian.density(k)) }
    return Gaussian.logDistribution(k) + log(ratio(1, beyond: -k))
  }

  /// I₂(k) = (1 + k²) Φ(k) + k φ(k).
  static func second(_ k: Double) -> Double {
    guard k < -1 else {
      return (1 + k * k) * Gaussian.distribution(k) + k * Gaussian.density(k)
    }
    return Gaussian.distribution(k) * ratio(1, beyond: -k) * ratio(2, beyond: -k)
  }

  /// Iₙ/Iₙ₋₁ at −x, from its continued fraction n/(x + (n + 1)/(x + (n + 2)/(x + ...))).
  ///
  /// For integration by parts gives Iₙ₊₁ = −x Iₙ + n Iₙ₋₁.
  private static func ratio(_ n: Int, beyond x: Double) -> Double {
    let last = n + 40 + Int(200 / (x * x))
    var value = 0.5 * ((x * x + 4 * Double(last)).squareRoot() - x)
    for level in stride(from: last - 1, through: n, by: -1) { value = Double(level) / (x + value) }
    return value
  }
}
