#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// How many patterns dense associative memories hold: energies −Σ F(ξ·s) with F steeper than a square.
///
///     let held = DenseCapacity.patternsWithoutErrors(degree: 3, size: 1000)     // 24127
///     let alpha = DenseCapacity.loadFactor(degree: 3, errorRate: 0.005)         // 0.0502
///     let exponent = DenseCapacity.exponentialLoadOfAllPatterns()               // ln 2/2
public enum DenseCapacity {
  // MARK: - Powers (Krotov and Hopfield)

  /// The share of a stored pattern's bits that one step flips, F(x) = xⁿ.
  ///
  ///     P = ½ erfc(√(N^{n−1}/(2K(2n − 3)!!)))
  ///
  /// - Parameters:
  ///   - degree: n, two or more.
  ///   - size: the number of neurons N.
  ///   - patterns: K.
  /// - Source: Krotov and Hopfield 2016, eq. 5.
  public static func errorRate(degree: Int, size: Int, patterns: Double) -> Double {
    precondition(patterns >= 0, "\(patterns) patterns")
    let noise = patterns * oddFactorial(degree)
    return Gaussian.distribution(-(power(size, degree - 1) / noise).squareRoot())
  }

  /// The number of patterns of which most are held with no bit wrong, N^{n−1}/(2(2n − 3)!! ln N).
  ///
  /// - Source: Krotov and Hopfield 2016, eq. 6.
  public static func patternsWithoutErrors(degree: Int, size: Int) -> Double {
    precondition(size > 1, "\(size) neurons")
    return power(size, degree - 1) / (2 * oddFactorial(degree) * log(Double(size)))
  }

  /// αₙ in K = αₙ N^{n−1}, the number of patterns with a share of bits wrong after one step.
  ///
  /// αₙ = 1/((2n − 3)!! z²), z = Φ⁻¹(1 − error): what a first step does, with no avalanche after it.
  ///
  /// - Source: Krotov and Hopfield 2016, eq. 7.
  public static func loadFactor(degree: Int, errorRate: Double) -> Double {
    precondition(errorRate > 0 && errorRate <= 0.5, "an error rate of \(errorRate), not 0 to 1/2")
    let z = Gaussian.quantile(errorRate)
    return 1 / (oddFactorial(degree) * z * z)
  }

  /// (2n − 3)!! = 1 · 3 · 5 ··· (2n − 3), the variance of a normal variable's power n − 1.
  private static func oddFactorial(_ degree: Int) -> Double {
    precondition(degree >= 2, "a power of degree \(degree), not 2 or more")
    return stride(from: 1, through: 2 * degree - 3, by: 2).reduce(1) { $0 * Double($1) }
  }

  private static func power(_ size: Int, _ exponent: Int) -> Double {
    pow(Double(size), Double(exponent))
  }

  // MARK: - The exponential (Demircigil et al.)

  /// a in e^{aN}, the number of patterns all of which repair a share ρ of wrong bits in one step.
  ///
  ///     a = I(1 − 2ρ)/2,  I(x) = ½[(1 + x) ln(1 + x) + (1 − x) ln(1 − x)]
  ///
  /// For F = exp; ½ ln 2 at ρ = 0, 2^{N/2} patterns.
  ///
  /// - Source: Demircigil, Heusel, Löwe, Upgang and Vermet 2017, theorem 3.
  public static func exponentialLoadOfAllPatterns(errorFraction: Double = 0) -> Double {
    rate(overlap: overlap(errorFraction)) / 2
  }

  /// a in e^{aN}, the number of patterns any given one of which repairs a share ρ of wrong bits.
  ///
  /// Others may fail, but few. The noise of e^{aN} patterns at the state is that of a random energy
  /// model: with x = 1 − 2ρ, a = I(x) while single patterns dominate it (x ≤ tanh 2), and
  /// a = 2x − ln cosh 2 where many do: 0.675 at ρ = 0.
  public static func exponentialLoadOfOnePattern(errorFraction: Double = 0) -> Double {
    let overlap = overlap(errorFraction)
    return overlap <= tanh(2) ? rate(overlap: overlap) : 2 * overlap - log(cosh(2))
  }

  private static func overlap(_ errorFraction: Double) -> Double {
    precondition(
      errorFraction >= 0 && errorFraction <= 0.5,
      "a share of errors \(errorFraction), not 0 to 1/2")
    return 1 - 2 * errorFraction
  }

  /// I(x): e^{−N I(x)} random states have an overlap above x.
  private static func rate(overlap x: Double) -> Double {
    0.5 * ((1 + x) * log1p(x) + (x < 1 ? (1 - x) * log1p(-x) : 0))
  }

  // MARK: - Continuous states (Lucibello and Mézard)

  /// a in e^{aN}, the number of Gaussian patterns of which a given one is retrieved.
  ///
  /// a = λ − λ²/2 up to λ = 1, ½ beyond; the energy is −(1/λ) ln Σ e^{λ x·ξ} + x²/2.
  ///
  /// - Parameter sharpness: λ, above 0.
  /// - Source: Lucibello and Mézard 2024.
  public static func gaussianExponentialLoad(sharpness: Double) -> Double {
    precondition(sharpness >= 0, "a sharpness of \(sharpness), not 0 or more")
    return sharpness < 1 ? sharpness - sharpness * sharpness / 2 : 0.5
  }

  /// a in e^{aN}, the number of patterns on the sphere |ξ|² = N of which a given one is retrieved.
  ///
  ///     a = λ(1 − y) − ½ ln(1 − y²),  y = (√(1 + 4λ²) − 1)/(2λ)
  ///
  /// It grows with λ without bound.
  ///
  /// - Parameter sharpness: λ, above 0.
  /// - Source: Lucibello and Mézard 2024.
  public static func sphericalExponentialLoad(sharpness: Double) -> Double {
    precondition(sharpness >= 0, "a sharpness of \(sharpness), not 0 or more")
    guard sharpness > 0 else { return 0 }
    let root = (1 + 4 * sharpness * sharpness).squareRoot()
    let y = dominantOverlap(sharpness: sharpness)
    // 2λ(1 − y) = 1 − (√(1 + 4λ²) − 2λ), where nothing cancels; and 1 − y² = y/λ.
    let gap = 1 - 1 / (root + 2 * sharpness)
    return 0.5 * gap - 0.5 * (y < 0.5 ? log1p(-y * y) : log(y / sharpness))
  }

  /// The overlap y of the patterns on the sphere that make most of the noise, (√(1 + 4λ²) − 1)/(2λ).
  public static func dominantOverlap(sharpness: Double) -> Double {
    precondition(sharpness >= 0, "a sharpness of \(sharpness), not 0 or more")
    return 2 * sharpness / (1 + (1 + 4 * sharpness * sharpness).squareRoot())
  }
}
