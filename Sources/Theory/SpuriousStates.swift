#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// The symmetric mixtures: attractors that Hebb's rule makes without being asked, with equal overlaps
/// with n patterns and none with the others.
///
///     let mixture = SpuriousStates.mixture(of: 3)
///     print(mixture.overlap, mixture.freeEnergy)                      // 0.5 -0.375
///     print(SpuriousStates.stabilityTemperature(of: 3)!)              // 0.45979423987778545
///     print(SpuriousStates.existenceLimit(of: 3).load)                // 0.029941757375778782
///
/// At load zero, with z the sum of n random signs and averages over it,
///
///     m = (1/n) ⟨z tanh(βmz)⟩
///     f = n m²/2 − (1/β) ⟨ln 2cosh(βmz)⟩
///
/// Mixtures of an odd number of patterns are minima of f at low temperature, higher than the
/// patterns themselves; those of an even number are always saddle points.
///
/// - Source: Amit, Gutfreund and Sompolinsky 1985, Phys. Rev. A 32, 1007.
public enum SpuriousStates {
  /// A mixture at load zero.
  public struct Mixture: Hashable, Sendable {
    /// n.
    public let count: Int
    /// T.
    public let temperature: Double
    /// m: the overlap with each of the n patterns; 0 from T = 1 on.
    public let overlap: Double
    /// q = ⟨tanh²(βmz)⟩.
    public let q: Double
    /// Q = ⟨ξ¹ξ² tanh²(βmz)⟩, for two of the patterns; 0 if there is one.
    public let crossCorrelation: Double
    /// f per spin: the energy at T = 0.
    public let freeEnergy: Double
    /// The eigenvalue of the second derivatives of f along the mixture: 1 − β(1 − q) + (n − 1) βQ.
    public let longitudinal: Double
    /// The eigenvalue among the n patterns, across the mixture: 1 − β(1 − q) − βQ.
    ///
    /// For n = 1, where there is no such direction, that of the other patterns.
    public let transverse: Double
    /// The eigenvalue towards the other patterns: 1 − β(1 − q).
    public let transverseOutside: Double

    /// Whether the mixture is a minimum of f.
    public var isStable: Bool { min(longitudinal, transverse, transverseOutside) > 0 }
  }

  /// The symmetric mixture of `count` patterns at load zero.
  ///
  /// At T = 0 and odd n, m = 2^{−(n−1)} C(n−1, (n−1)/2), and E = −n m²/2. From T = 1 on m is 0.
  ///
  /// - Complexity: O(n).
  public static func mixture(of count: Int, temperature: Double = 0) -> Mixture {
    precondition(temperature >= 0, "temperature \(temperature)")
    let sums = SumOfSigns(count: count)
    let n = Double(count)
    let cold = sums.average { abs($0) } / n
    guard temperature > 0 else {
      // The sites with z = 0, of which only even n has some, are free.
      let free = sums.average { $0 == 0 ? 1 : 0 }
      return Mixture(
        count: count, temperature: 0, overlap: cold, q: 1 - free,
        crossCorrelation: free > 0 ? free / (n - 1) : 0, freeEnergy: -n * cold * cold / 2,
        longitudinal: 1, transverse: free > 0 ? -.infinity : 1,
        transverseOutside: free > 0 ? -.infinity : 1)
    }
    let overlap = overlap(of: sums, coldOverlap: cold, temperature: temperature)
    // Averages of sech²: plain, with ξ¹ξ² and with z²; given z, ⟨ξ¹ξ²⟩ is (z² − n)/(n(n − 1)).
    var plain = 0.0
    var crossed = 0.0
    var weighted = 0.0
    var logarithm = 0.0
    sums.forEach { z, weight in
      let u = overlap * z / temperature
      let decay = exp(-2 * abs(u))
      let sechSquared = weight * 4 * decay / ((1 + decay) * (1 + decay))
      plain += sechSquared
      if count > 1 { crossed += sechSquared * (z * z - n) / (n * (n - 1)) }
      weighted += sechSquared * z * z / n
      logarithm += weight * (abs(overlap * z) + temperature * log1p(decay))
    }
    return Mixture(
      count: count, temperature: temperature, overlap: overlap, q: 1 - plain,
      crossCorrelation: -crossed, freeEnergy: n * overlap * overlap / 2 - logarithm,
      longitudinal: 1 - weighted / temperature, transverse: 1 - (plain - crossed) / temperature,
      transverseOutside: 1 - plain / temperature)
  }

  private static func overlap(
    of sums: SumOfSigns, coldOverlap: Double, temperature: Double
  ) -> Double {
    guard temperature < 1 else { return 0 }
    let n = Double(sums.count)
    return FixedPoint.ofConcaveMap(below: coldOverlap) { m in
      var value = 0.0
      var slope = 0.0
      sums.forEach { z, weight in
        let t = tanh(m * z / temperature)
        value += weight * z * t
        slope += weight * z * z * (1 - t * t)
      }
      return (value / n, slope / (n * temperature))
    }
  }

  /// T_n, below which the mixture is a minimum of f; nil for even n, whose mixtures never are.
  ///
  /// 1 for a single pattern, then 0.460, 0.385, 0.344, 0.317 for n = 3, 5, 7, 9.
  public static func stabilityTemperature(of count: Int) -> Double? {
    precondition(count >= 1, "a mixture of \(count) patterns")
    guard !count.isMultiple(of: 2) else { return nil }
    guard count > 1 else { return 1 }
    // At T = m/100 tanh of the least field is 1 to rounding; T₃ is the greatest of all.
    let coldest = mixture(of: count).overlap / 100
    return Roots.root(in: coldest...0.5) { mixture(of: count, temperature: $0).transverse }
  }

  /// Where a mixture disappears at T = 0 as the load grows.
  public struct ExistenceLimit: Hashable, Sendable {
    /// α: the greatest load at which the mixture exists.
    public let load: Double
    /// m there.
    public let overlap: Double
    /// x = m/√(2αr) there.
    public let signalToNoise: Double
  }

  /// The greatest load at which the mixture of `count` patterns exists at T = 0, in the
  /// replica-symmetric theory.
  ///
  /// With x = m/√(2αr),
  ///
  ///     m = ⟨z erf(xz)⟩ / n,   √(2α) = m/x − (2/√π) ⟨exp(−x²z²)⟩,
  ///
  /// and the greatest α is sought. For a single pattern it is α_c = 0.138, then 0.0299, 0.0163 and
  /// 0.0111 for n = 3, 5, 7.
  public static func existenceLimit(of count: Int) -> ExistenceLimit {
    let sums = SumOfSigns(count: count)
    let n = Double(count)
    let scale = 2 / Double.pi.squareRoot()
    let overlap = { (x: Double) in sums.average { $0 * erf(x * $0) } / n }
    let rootOfTwiceLoad = { (x: Double) in
      overlap(x) / x - scale * sums.average { exp(-x * x * $0 * $0) }
    }
    let slope = { (x: Double) in
      scale * sums.average { $0 * $0 * exp(-x * x * $0 * $0) } * (1 / (n * x) + 2 * x)
        - overlap(x) / (x * x)
    }
    // For even n the maximum lies at small x, for great odd n there is a lower one: so look about.
    let first = 0.05 / n.squareRoot()
    let grid = (0...100).map { first * exp(Double($0) / 100 * log(5 / first)) }
    let best = (1..<100).max { rootOfTwiceLoad(grid[$0]) < rootOfTwiceLoad(grid[$1]) }!
    let x = Roots.root(in: grid[best - 1]...grid[best + 1], of: slope)
    let root = rootOfTwiceLoad(x)
    return ExistenceLimit(load: root * root / 2, overlap: overlap(x), signalToNoise: x)
  }

  /// −1/π, the energy per spin of mixtures of very many patterns at T = 0.
  ///
  /// It is also that of the spin glass without load. n m² tends to 2/π.
  public static var energyOfManyPatterns: Double { -1 / Double.pi }
}

/// The sum z of n random signs: its values, and how probable they are.
private struct SumOfSigns {
  let count: Int
  /// The probability of z = n − 2k for k from 0 to n/2, together with that of −z.
  private let weights: [Double]

  init(count: Int) {
    precondition(count >= 1, "a mixture of \(count) patterns")
    self.count = count
    // From the middle of the binomial law, so that nothing underflows before it counts for nothing.
    let half = count / 2
    var central = 1.0
    for k in stride(from: 1, through: half, by: 1) { central *= Double(2 * k - 1) / Double(2 * k) }
    // C(n, ⌊n/2⌋) 2^−n; for odd n it is the next central one.
    if !count.isMultiple(of: 2) { central *= Double(count) / Double(count + 1) }
    var weights = [Double](repeating: 0, count: half + 1)
    weights[half] = central
    for k in stride(from: half, to: 0, by: -1) {
      weights[k - 1] = weights[k] * Double(k) / Double(count - k + 1)
    }
    self.weights = weights.enumerated().map { 2 * $1 / (2 * $0 == count ? 2 : 1) }
  }

  /// Visits the values z ≥ 0 with the probability of ±z: for even functions of z.
  func forEach(_ body: (_ z: Double, _ weight: Double) -> Void) {
    for (k, weight) in weights.enumerated() { body(Double(count - 2 * k), weight) }
  }

  /// ⟨f(z)⟩ for an even function.
  func average(_ f: (Double) -> Double) -> Double {
    var sum = 0.0
    forEach { z, weight in sum += weight * f(z) }
    return sum
  }
}
