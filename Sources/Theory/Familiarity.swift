/// Telling the known from the new by the energy alone, and prototypes that were never shown.
///
///     let held = Familiarity.capacity(size: 400, errorRate: 0.01)           // 3696
///     let error = Familiarity.prototypeError(examples: 20, overlap: 0.4, load: 0.01)
public enum Familiarity {
  /// The energy −(1/2N) Σ_μ [(ξ^μ·s)² − N] that divides the known from the new, −(N − 1)/4.
  ///
  /// New states have the mean 0, stored ones −(N − 1)/2, both the variance P(N − 1)/(2N).
  ///
  /// - Source: Bogacz and Brown 2003.
  public static func threshold(size: Int) -> Double {
    precondition(size > 1, "\(size) neurons")
    return -Double(size - 1) / 4
  }

  /// The share of known patterns taken for new, and of new ones taken for known.
  ///
  /// Φ(−N/√(8P)), for uncorrelated ±1 and the threshold midway between the two means.
  ///
  /// - Source: Bogacz and Brown 2003.
  public static func errorRate(patterns: Double, size: Int) -> Double {
    precondition(patterns >= 0 && size > 1, "\(patterns) patterns of \(size) neurons")
    return Gaussian.distribution(-Double(size) / (8 * patterns).squareRoot())
  }

  /// The number of patterns told from new ones with an error rate, N²/(8z²), z = Φ⁻¹(1 − error).
  ///
  /// At 1 %, 0.023 N²: far more than can be recalled.
  ///
  /// - Source: Bogacz and Brown 2003.
  public static func capacity(size: Int, errorRate: Double) -> Double {
    precondition(size > 1, "\(size) neurons")
    precondition(errorRate > 0 && errorRate <= 0.5, "an error rate of \(errorRate), not 0 to 1/2")
    let z = Gaussian.quantile(errorRate)
    return Double(size) * Double(size) / (8 * z * z)
  }

  /// The share of bits in which one step from a prototype, never stored itself, errs.
  ///
  ///     Φ(−s b²/√(s b²(1 − b²) + α s(1 + (s − 1) b⁴)))
  ///
  /// Hebb's rule for examples that agree with their prototype in (1 + b)/2 of the bits: the prototype
  /// emerges once the examples are many.
  ///
  /// - Parameters:
  ///   - examples: s, those stored of each prototype.
  ///   - overlap: b, of an example with its prototype.
  ///   - load: α, prototypes a neuron.
  /// - Source: Fontanari 1990.
  public static func prototypeError(examples: Int, overlap: Double, load: Double) -> Double {
    precondition(examples > 0, "\(examples) examples")
    precondition(abs(overlap) <= 1, "an overlap of \(overlap), not -1 to 1")
    precondition(load >= 0, "a load of \(load), not 0 or more")
    let s = Double(examples)
    let square = overlap * overlap
    let own = s * square * (1 - square)
    let others = load * s * (1 + (s - 1) * square * square)
    guard square > 0 else { return 0.5 }
    return Gaussian.distribution(-s * square / (own + others).squareRoot())
  }
}
