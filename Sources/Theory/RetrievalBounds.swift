#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// What is proved of modern Hopfield networks: how exact one step is, and how many patterns fit.
///
///     let bound = RetrievalBounds.retrievalError(
///       separation: 9.07, memories: 20, beta: 1, largestNorm: 4.36)      // 0.052
///     let sphere = RetrievalBounds.spherePatterns(beta: 1, scale: 3, dimension: 20, failure: 0.001)
///     print(sphere.patterns, sphere.isValid)                             // 7.41 true
///
/// M memories (N in the paper) of length at most R (M in the paper), states ξ, f(ξ) = X softmax(β Xᵀξ),
/// separations Δᵢ = xᵢ·xᵢ − max_{j≠i} xᵢ·xⱼ. All hold, none is sharp.
public enum RetrievalBounds {
  // MARK: - One step

  /// A bound of |f(ξ) − xᵢ| from the weight that softmax gives to memory i, 2(1 − pᵢ) R.
  ///
  /// For f(ξ) − xᵢ = Σ_{j≠i} pⱼ (xⱼ − xᵢ), and no two memories are farther apart than 2R.
  public static func oneStepError(weight: Double, largestNorm: Double) -> Double {
    precondition(weight >= 0 && weight <= 1, "a weight of \(weight), not 0 to 1")
    return 2 * (1 - weight) * largestNorm
  }

  /// A bound of |f(ξ) − xᵢ|, the error of one step from a state near memory i.
  ///
  ///     2(M − 1) exp(−β(Δᵢ − 2 max{|ξ − xᵢ|, |xᵢ* − xᵢ|} R)) R
  ///
  /// - Parameters:
  ///   - separation: Δᵢ.
  ///   - distance: the larger of the state's and the fixed point's distance from the memory.
  ///   - memories: M.
  ///   - beta: β.
  ///   - largestNorm: R.
  /// - Source: Ramsauer et al. 2021, theorem 4.
  public static func oneStepError(
    separation: Double, distance: Double, memories: Int, beta: Double, largestNorm: Double
  ) -> Double {
    precondition(distance >= 0, "a distance of \(distance), not 0 or more")
    guard memories > 1 else { return 0 }
    return 2 * Double(memories - 1) * largestNorm
      * exp(-beta * (separation - 2 * distance * largestNorm))
  }

  /// A bound of |xᵢ − xᵢ*| and of the error of one step from nearby, 2e(M − 1) R exp(−βΔᵢ).
  ///
  /// Holds where the state and the fixed point lie within 1/(2βR) of the memory.
  ///
  /// - Source: Ramsauer et al. 2021, theorem 5.
  public static func retrievalError(
    separation: Double, memories: Int, beta: Double, largestNorm: Double
  ) -> Double {
    guard memories > 1 else { return 0 }
    return 2 * Double(memories - 1) * largestNorm * exp(1 - beta * separation)
  }

  /// The separation from which on a memory has a fixed point of its own within 1/(βMR) of it.
  ///
  ///     2/(βM) + ln(2(M − 1)M β R²)/β
  ///
  /// The logarithm counts as 0 where it is negative. Infinite for β = 0; 0 for one memory alone.
  ///
  /// - Source: Ramsauer et al. 2021, theorem 3's proof ("well separated").
  public static func sufficientSeparation(
    memories: Int, beta: Double, largestNorm: Double
  ) -> Double {
    guard memories > 1 else { return 0 }
    guard beta > 0 else { return .infinity }
    let count = Double(memories)
    let spread = 2 * (count - 1) * count * beta * largestNorm * largestNorm
    return (2 / count + log(max(spread, 1))) / beta
  }

  // MARK: - Random patterns on a sphere

  /// What theorem 3 says of random patterns on a sphere.
  public struct SpherePatterns: Equatable, Sendable {
    /// The sphere's radius, K√(d − 1).
    public let radius: Double
    /// a = 2/(d − 1) (1 + ln(2βK²p(d − 1))).
    public let a: Double
    /// b = 2K²β/5.
    public let b: Double
    /// c = b/W₀(exp(a + ln b)), W₀ the upper branch of Lambert's function.
    public let growth: Double
    /// The value (2/√p)^{4/(d−1)} that c has to reach.
    public let smallestGrowth: Double
    /// Whether it does.
    public var isValid: Bool { growth >= smallestGrowth }
    /// √p c^{(d−1)/4}, the number of patterns that can be stored with probability 1 − p.
    public let patterns: Double
  }

  /// How many random patterns on a sphere can be stored, exponentially many in the dimension.
  ///
  /// The bound is weak at moderate sizes: 7 patterns for d = 20, K = 3, and 11 for d = 75, K = 1.
  ///
  /// - Parameters:
  ///   - beta: β.
  ///   - scale: K, the sphere's radius in units of √(d − 1).
  ///   - dimension: d, two or more.
  ///   - failure: p, the probability left to the case that they can't be stored.
  /// - Source: Ramsauer et al. 2021, theorem 3.
  public static func spherePatterns(
    beta: Double, scale: Double, dimension: Int, failure: Double
  ) -> SpherePatterns {
    precondition(beta > 0 && scale > 0, "β = \(beta) and a scale of \(scale), not above 0")
    precondition(dimension > 1, "\(dimension) dimensions")
    precondition(failure > 0 && failure <= 1, "a probability of \(failure), not 0 to 1")
    let freedom = Double(dimension - 1)
    let a = 2 / freedom * (1 + log(2 * beta * scale * scale * failure * freedom))
    let b = 2 * scale * scale * beta / 5
    let growth = b / lambertW(ofExp: a + log(b))
    return SpherePatterns(
      radius: scale * freedom.squareRoot(), a: a, b: b, growth: growth,
      smallestGrowth: pow(2 / failure.squareRoot(), 4 / freedom),
      patterns: failure.squareRoot() * pow(growth, freedom / 4))
  }

  /// W₀(eᵘ), the w > 0 with w + ln w = u: takes the logarithm, so that nothing overflows.
  ///
  ///     RetrievalBounds.lambertW(ofExp: 1)  // 1, for 1 · e¹ = e
  ///
  /// 0 where eᵘ is below the smallest double.
  public static func lambertW(ofExp u: Double) -> Double {
    var w = u > 1 ? u - log(u) : exp(u)
    if u == .infinity || w == 0 { return exp(u) }
    // Newton's method on the concave w + ln w − u, in the form where w can't leave the positive axis.
    for _ in 0..<30 {
      let next = w * ((1 + u - log(w)) / (1 + w))
      let step = abs(next - w)
      w = next
      if step <= 2e-16 * w { break }
    }
    return w
  }
}
