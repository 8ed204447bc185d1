#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Retrieval followed step by step: Amari and Maginu's equations for Hebb's rule.
///
///     let path = RetrievalDynamics.trajectory(overlap: 0.3, load: 0.1, steps: 8)
///     print(path.last!.overlap)                                       // 0.981
///     let least = RetrievalDynamics.criticalOverlap(load: 0.1)        // 0.209
///
/// Parallel dynamics, N → ∞, from a random state of a given overlap. The noise is taken as normal, and
/// as correlated with the state of one step before only. So two steps are good, later ones
/// approximate, and the capacity 0.1596 is above the true one.
public enum RetrievalDynamics {
  /// A moment of a retrieval.
  public struct State: Equatable, Sendable {
    /// m, the overlap with the pattern.
    public let overlap: Double
    /// σ, the standard deviation of the noise in the field.
    public let noise: Double
  }

  /// One parallel step.
  ///
  /// With b = m/σ, m' = erf(b/√2) and σ'² = α + 4φ(b)² + 4α m' b φ(b): the first term is the noise of
  /// independent states, the others come from the state's correlation with it.
  ///
  /// - Source: Amari and Maginu 1988.
  public static func step(from state: State, load: Double) -> State {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    guard state.noise > 0 else { return State(overlap: state.overlap == 0 ? 0 : 1, noise: 0) }
    let b = state.overlap / state.noise
    let density = Gaussian.density(b)
    let overlap = erf(b * 0.5.squareRoot())
    let variance = load + 4 * density * density + 4 * load * overlap * b * density
    return State(overlap: overlap, noise: variance.squareRoot())
  }

  /// The start and the states after each of a number of steps.
  ///
  /// - Parameters:
  ///   - overlap: that of the start, whose noise is √α.
  ///   - load: α.
  ///   - steps: 0 or more.
  public static func trajectory(overlap: Double, load: Double, steps: Int) -> [State] {
    precondition(steps >= 0, "\(steps) steps")
    precondition(load >= 0, "a load of \(load), not 0 or more")
    var states = [State(overlap: overlap, noise: load.squareRoot())]
    for _ in 0..<steps { states.append(step(from: states.last!, load: load)) }
    return states
  }

  /// The load up to which some start retrieves, 0.15961.
  ///
  /// Above the true 0.138: the equations drop the correlations over more than one step.
  ///
  /// - Source: Amari and Maginu 1988, who quote 0.16.
  public static let capacity = load(at: end)

  /// The overlap that retrieval ends at; 0 above ``capacity``.
  public static func retrievalOverlap(load: Double) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    guard load <= capacity else { return 0 }
    guard load > 1e-3 else { return 1 }
    // σ² ≥ α and m ≤ 1 bound b; a little more, for rounding.
    let bound = 1.001 / load.squareRoot()
    let b = Roots.root(in: end...max(end, bound)) { self.load(at: $0) - load }
    return erf(b * 0.5.squareRoot())
  }

  /// The smallest overlap from which a state is retrieved; infinite above ``capacity``.
  ///
  /// The step maps b = m/σ alone, and maps larger ones to larger: what divides the starts is the
  /// smaller fixed point b, so the critical overlap is b√α.
  public static func criticalOverlap(load: Double) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    guard load <= capacity else { return .infinity }
    guard load > 0 else { return 0 }
    // α is about 4b²/(3π), below b², at small b.
    return load.squareRoot()
      * Roots.root(in: load.squareRoot()...end) { self.load(at: $0) - load }
  }

  /// The load of which b = m/σ is a fixed point: (m²/b² − 4φ²)/(1 + 4mbφ), m = erf(b/√2).
  private static func load(at b: Double) -> Double {
    let density = Gaussian.density(b)
    let ratio = erf(b * 0.5.squareRoot()) / b
    return difference(b, ratio: ratio, density: density) * (ratio + 2 * density)
      / (1 + 4 * ratio * b * b * density)
  }

  /// m/b − 2φ(b), by its power series where the two nearly cancel.
  private static func difference(_ b: Double, ratio: Double, density: Double) -> Double {
    guard b < 1 else { return ratio - 2 * density }
    let half = -b * b / 2
    var power = 1.0
    var sum = 0.0
    for k in 1...20 {
      power *= half / Double(k)
      sum -= power * Double(2 * k) / Double(2 * k + 1)
    }
    return (2 / Double.pi).squareRoot() * sum
  }

  /// The b at which the load is largest: where d ln α/db = 0.
  private static let end = Roots.root(in: 1...2.5) { b in
    let density = Gaussian.density(b)
    let m = erf(b * 0.5.squareRoot())
    let ratio = m / b
    // d(m/b)/db = (2φ − m/b)/b, dφ/db = −bφ.
    let numerator = ratio * ratio - 4 * density * density
    let numeratorSlope = 2 * ratio * (2 * density - ratio) / b + 8 * b * density * density
    let feedback = 4 * m * b * density
    let feedbackSlope = 4 * density * (2 * density * b + m - m * b * b)
    return numeratorSlope * (1 + feedback) - numerator * feedbackSlope
  }
}
