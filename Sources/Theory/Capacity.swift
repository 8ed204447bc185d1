#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// How many patterns a network holds, by signal against noise: the field of a stored pattern is 1,
/// and the other patterns add a random one of variance α = patterns/neurons.
///
///     let share = Capacity.oneStepError(load: 0.138)         // 0.00355 of the neurons would flip
///     let load = Capacity.load(oneStepError: 0.01)           // 0.185
///     let held = Capacity.patternsMostlyExact(size: 1000)    // 72.4
///
/// These formulas take one step from a stored pattern. They know nothing of the avalanche that the
/// first errors start, which is what limits the load to 0.138.
public enum Capacity {
  // MARK: - One step, large networks

  /// The share of a stored pattern's neurons that Hebb's rule would flip in the first step.
  ///
  ///     P = ½ erfc(√(1/(2α))) = Φ(−1/√α)
  ///
  /// - Source: Hertz, Krogh and Palmer 1991, eq. 2.15.
  public static func oneStepError(load: Double) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    return Gaussian.distribution(-1 / load.squareRoot())
  }

  /// The load at which a stored pattern's neurons flip in the first step with probability `error`.
  ///
  /// It is 1/z², z = Φ⁻¹(error): the inverse of ``oneStepError(load:)``.
  ///
  /// - Parameter error: 0 to ½; ½ is reached at no finite load.
  /// - Source: Hertz, Krogh and Palmer 1991, table 2.1.
  public static func load(oneStepError error: Double) -> Double {
    precondition(error >= 0 && error <= 0.5, "an error of \(error), not 0 to 1/2")
    let z = Gaussian.quantile(error)
    return 1 / (z * z)
  }

  /// The overlap after one parallel step of Hebb's rule from a random state of overlap m₀.
  ///
  /// m₁ = erf(m₀/√(2α)), exact for N → ∞. A second step is not given by the same formula: by then
  /// state and noise are correlated (see ``RetrievalDynamics``).
  public static func hebbianStep(overlap: Double, load: Double) -> Double {
    step(overlap: overlap, load: load) { load.squareRoot() }
  }

  /// The overlap after one parallel step of the pseudo-inverse rule with no self-couplings.
  ///
  /// m₁ = erf(m₀ √((1 − α)/(2α(1 − m₀²)))), exact for N → ∞ and random patterns: the projector's
  /// noise vanishes with the distance from the pattern.
  ///
  /// - Parameters:
  ///   - overlap: m₀.
  ///   - load: α, 0 to 1, where patterns become linearly dependent.
  public static func projectionStep(overlap: Double, load: Double) -> Double {
    precondition(load <= 1, "\(load) patterns a neuron are linearly dependent")
    return step(overlap: overlap, load: load) {
      (load * (1 - overlap) * (1 + overlap) / (1 - load)).squareRoot()
    }
  }

  /// erf(m/(√2 σ)).
  private static func step(overlap: Double, load: Double, noise: () -> Double) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    precondition(abs(overlap) <= 1, "an overlap of \(overlap), not -1 to 1")
    return overlap == 0 ? 0 : erf(overlap / noise() * 0.5.squareRoot())
  }

  // MARK: - One step, any size

  /// How likely a bit of a stored pattern flips, or feels no field at all.
  public struct BitRates: Equatable, Sendable {
    /// The probability that the field points against the bit.
    public let error: Double
    /// The probability that the field is exactly zero, where the bit keeps its value.
    public let tie: Double
  }

  /// The exact rates of one-step errors and of ties for random patterns under Hebb's rule.
  ///
  ///     let rates = Capacity.bitRates(patterns: 138, size: 1000)
  ///     print(rates.error, rates.tie)  // 0.003435 5.6e-05
  ///
  /// N ξᵢhᵢ = (N − 1) + S with S the sum of (N − 1)(P − 1) independent ±1; a self-coupling P/N adds
  /// P to it. So the counts are binomial, and the sums are taken term by term.
  ///
  /// - Parameters:
  ///   - patterns: P, one or more.
  ///   - size: the number of neurons N, two or more.
  ///   - selfCoupling: whether wᵢᵢ = P/N is kept.
  /// - Complexity: O(√(N P)).
  public static func bitRates(
    patterns: Int, size: Int, selfCoupling: Bool = false
  ) -> BitRates {
    precondition(patterns > 0 && size > 1, "\(patterns) patterns of \(size) neurons")
    let tosses = (size - 1) * (patterns - 1)
    // S = tosses − 2k for k tosses of −1.
    let atTie = tosses + signal(patterns: patterns, size: size, selfCoupling: selfCoupling)
    let error = FairCoin.probability(ofAtLeast: atTie / 2 + 1, tosses: tosses)
    guard atTie % 2 == 0 else { return BitRates(error: error, tie: 0) }
    return BitRates(
      error: error, tie: exp(FairCoin.logProbability(of: atTie / 2, tosses: tosses)))
  }

  /// What a pattern itself adds to N ξᵢhᵢ.
  static func signal(patterns: Int, size: Int, selfCoupling: Bool) -> Int {
    size - 1 + (selfCoupling ? patterns : 0)
  }

  // MARK: - Growing networks

  /// The number of patterns of which most are fixed points, (1 − 2ρ)² N/(2 ln N).
  ///
  /// Asymptotic: with so many patterns of N = 1000 bits, 0.101 bits a pattern would be wrong by the
  /// normal law, and are 0.087 (``expectedWrongBits(patterns:size:selfCoupling:)``).
  ///
  /// - Parameters:
  ///   - size: N, two or more.
  ///   - errorFraction: ρ, the share of wrong bits in the state that one step is to repair, below ½.
  /// - Source: McEliece, Posner, Rodemich and Venkatesh 1987.
  public static func patternsMostlyExact(size: Int, errorFraction: Double = 0) -> Double {
    precondition(size > 1, "\(size) neurons")
    precondition(
      errorFraction >= 0 && errorFraction <= 0.5,
      "a share of errors \(errorFraction), not 0 to 1/2")
    let overlap = 1 - 2 * errorFraction
    return overlap * overlap * Double(size) / (2 * log(Double(size)))
  }

  /// The number of patterns that all are fixed points together, (1 − 2ρ)² N/(4 ln N).
  ///
  /// - Source: McEliece, Posner, Rodemich and Venkatesh 1987.
  public static func patternsAllExact(size: Int, errorFraction: Double = 0) -> Double {
    patternsMostlyExact(size: size, errorFraction: errorFraction) / 2
  }

  /// The number of random patterns that Storkey's rule holds, N/√(2 ln N) for large N.
  ///
  /// - Source: Storkey 1997; Storkey and Valabregue 1999.
  public static func storkeyPatterns(size: Int) -> Double {
    precondition(size > 1, "\(size) neurons")
    return Double(size) / (2 * log(Double(size))).squareRoot()
  }
}
