#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// The replica-symmetric theory of Amit, Gutfreund and Sompolinsky: how well a network with Hebb's
/// rule remembers P = αN random patterns at temperature T, in the limit of large N.
///
///     print(MeanField.overlap(load: 0.1))                          // 0.9979992663472992
///     print(MeanField.solution(load: 0.1, temperature: 0.3).q)     // 0.9330700851964427
///     print(MeanField.retrievalLimit())                            // 0.13790556649493174
///
/// A site feels the pattern that is being recalled, with overlap m, and the rest as Gaussian noise of
/// variance αr. With β = 1/T, Dz the standard normal law and C = β(1 − q),
///
///     m = ∫ Dz tanh β(m + √(αr) z)
///     q = ∫ Dz tanh² β(m + √(αr) z)
///     r = q / (1 − C)²
///
///     f = α/2 + m²/2 + (α/2β) [ln(1 − C) − βq/(1 − C)] + αβr(1 − q)/2
///         − (1/β) ∫ Dz ln 2cosh β(m + √(αr) z)
///
/// Couplings are w = (1/N) Σ ξξ with a zero diagonal, so that f holds the constant α/2; temperatures
/// are those of P(s = +1) = 1/(1 + exp(−2h/T)). A solution with m > 0 is a retrieval state, one with
/// m = 0 and q > 0 the spin glass, and m = q = 0 the paramagnet, which is stable above
/// T = 1 + √α.
///
/// - Source: Amit, Gutfreund and Sompolinsky 1985, Phys. Rev. Lett. 55, 1530, and 1987, Ann. Phys.
///   173, 30.
public enum MeanField {
  /// What the theory says of a network at one load and temperature.
  public struct State: Hashable, Sendable {
    /// α = P/N.
    public let load: Double
    /// T.
    public let temperature: Double
    /// m: the mean overlap with the pattern that is being recalled.
    public let overlap: Double
    /// q: the mean square of a spin's average, the order parameter of Edwards and Anderson.
    public let q: Double
    /// r: the mean square overlap with the other patterns, divided by what independent states have.
    ///
    /// Infinite for the spin glass without load.
    public let r: Double
    /// C = β(1 − q), how strongly a spin answers to its field; its limit at T = 0.
    public let susceptibility: Double
    /// f per spin: the energy at T = 0.
    public let freeEnergy: Double
    /// −∂f/∂T per spin.
    ///
    /// Below 0 at T = 0, where replica symmetry is not exact.
    public let entropy: Double
    /// The eigenvalue of de Almeida and Thouless, (1 − C)² − αβ² ∫ Dz sech⁴ β(m + √(αr) z): replica
    /// symmetry is stable where it is positive.
    ///
    /// At T = 0 it is −∞ for any load but zero.
    public let replicaStability: Double

    /// Whether the state remembers: m > 0.
    public var isRetrieval: Bool { overlap > 0 }
    /// The energy per spin, f + TS.
    public var energy: Double { freeEnergy + temperature * entropy }
    /// (1 − m)/2: the fraction of wrong bits.
    public var errorFraction: Double { (1 - overlap) / 2 }
    /// x = m/√(2αr): the signal against the noise, the unknown of the theory at T = 0.
    public var signalToNoise: Double { overlap > 0 ? overlap / (2 * load * r).squareRoot() : 0 }
  }

  /// The retrieval state if there is one, else the spin glass or the paramagnet.
  ///
  ///     let state = MeanField.solution(load: 0.05, temperature: 0.4)
  ///     print(state.isRetrieval, state.overlap, state.freeEnergy)
  ///
  /// The retrieval state need not be the one of least free energy (see `thermodynamicLimit`): it is
  /// there, and keeps its memory, up to the retrieval limit.
  public static func solution(load: Double, temperature: Double) -> State {
    retrieval(load: load, temperature: temperature)
      ?? spinGlass(load: load, temperature: temperature)
  }

  /// m of the retrieval state, or 0 where there is none.
  ///
  ///     let curve = loads.map { MeanField.overlap(load: $0) }
  public static func overlap(load: Double, temperature: Double = 0) -> Double {
    retrieval(load: load, temperature: temperature)?.overlap ?? 0
  }

  /// The retrieval state, nil where there is none.
  ///
  /// Where the equations have two solutions with m > 0 it is the metastable one, of the greater m.
  ///
  /// - Complexity: some 25 passes of a quadrature of about 200 points.
  public static func retrieval(load: Double, temperature: Double) -> State? {
    check(load, temperature)
    guard temperature > coldest else { return frozenRetrieval(load: load) }
    guard temperature < 1 else { return nil }
    guard var point = RetrievalPoint(temperature: temperature, noise: 0) else { return nil }
    guard load > 0 else { return point.state(load: 0) }
    // ln α is a concave function of ln √(αr) on the curve of solutions. So Newton's steps from the
    // left never pass the root; where they pass the maximum, there is none.
    var noise = (load * point.r).squareRoot()
    for _ in 0..<200 {
      guard
        let next = RetrievalPoint(temperature: temperature, noise: noise, below: point.overlap),
        next.slope > 0
      else { return nil }
      point = next
      let step = log(load / point.load) / point.slope
      guard step > 1e-15 else { break }
      noise *= exp(step)
    }
    return point.state(load: load)
  }

  /// The state without memory: the spin glass below T = 1 + √α, the paramagnet above.
  public static func spinGlass(load: Double, temperature: Double) -> State {
    check(load, temperature)
    guard temperature > coldest else { return frozenSpinGlass(load: load) }
    guard temperature < glassTemperature(load: load) else {
      return paramagnet(load: load, temperature: temperature)
    }
    // √α = s(1 − C)/√q grows with s = √(αr); C is never above √(2/π)/s, so that s is below
    // √α + 0.8.
    let root = load.squareRoot()
    let noise = Roots.root(in: 0...2 * root + 1) { noise in
      guard noise > 0 else { return temperature - 1 - root }
      let moments = Moments(overlap: 0, noise: noise, temperature: temperature)
      return noise * (1 - moments.complement / temperature) / moments.q.squareRoot() - root
    }
    guard noise > 0 else { return paramagnet(load: load, temperature: temperature) }
    let moments = Moments(overlap: 0, noise: noise, temperature: temperature)
    return State(
      load: load, temperature: temperature, overlap: 0, noise: noise,
      gain: root * moments.q.squareRoot() / noise, r: noise * noise / load, moments: moments)
  }

  /// T_g = 1 + √α, below which the paramagnet freezes to the spin glass.
  public static func glassTemperature(load: Double) -> Double {
    1 + load.squareRoot()
  }

  private static func paramagnet(load: Double, temperature: Double) -> State {
    // T − 1 is √α at T_g, also where rounding does not see it.
    let root = load.squareRoot()
    let gain = max(temperature - 1, root) / temperature
    let loop = load > 0 ? load / 2 * log(gain) : 0
    let reaction = load > 0 ? load / 2 / (gain * temperature) : 0
    return State(
      load: load, temperature: temperature, overlap: 0, q: 0, r: 0,
      susceptibility: 1 / temperature, freeEnergy: load / 2 + temperature * (loop - log(2)),
      entropy: log(2) - loop - reaction,
      replicaStability: gain * gain - load / (temperature * temperature))
  }

  /// States below this temperature are taken as those of T = 0, which they equal to its order; sums
  /// over steps of width T would lose their figures.
  static let coldest = 1e-12

  static func check(_ load: Double, _ temperature: Double) {
    precondition(
      load >= 0 && load < .infinity && temperature >= 0 && temperature < .infinity,
      "load \(load) and temperature \(temperature): both must be finite and not negative")
  }
}

extension MeanField.State {
  /// The state with overlap m and noise √(αr), whose averages have been taken; `gain` is 1 − C.
  init(
    load: Double, temperature: Double, overlap: Double, noise: Double, gain: Double, r: Double,
    moments: MeanField.Moments
  ) {
    let susceptibility = moments.complement / temperature
    // (α/2) ln(1 − C) and (α/2) C/(1 − C): nothing without load, where 1 − C may be zero.
    let loop = load > 0 ? load / 2 * log(gain) : 0
    let reaction = load > 0 ? load / 2 * susceptibility / gain : 0
    let field = MeanField.localField(overlap: overlap, noise: noise, temperature: temperature)
    // With αr = s², the terms in q of f are −(s²/2)(1 − 2C).
    let order =
      overlap * overlap / 2 - noise * noise / 2 * (1 - 2 * susceptibility) - field.size
    self.init(
      load: load, temperature: temperature, overlap: overlap, q: moments.q, r: r,
      susceptibility: susceptibility,
      freeEnergy: load / 2 + temperature * loop + order - temperature * log(2),
      entropy: field.entropy - loop - reaction,
      replicaStability: gain * gain - load * moments.fourth / (temperature * temperature))
  }
}
