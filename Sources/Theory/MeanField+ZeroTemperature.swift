#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// The closed forms of T = 0, with x = m/√(2αr):
///
///     √(2α) = h(x) = erf(x)/x − (2/√π) exp(−x²)
///     m = erf x,   C = √(2/(παr)) exp(−x²),   r = (1 − C)⁻²
///     E = −m²/2 − α(r − 1)/2,   S = −(α/2) [ln(1 − C) + C/(1 − C)]
///
/// h has its maximum √(2α_c) at x_c. The retrieval state is the root x ≥ x_c.
extension MeanField {
  /// x_c, the place of the maximum of h, to 40 digits and rounded.
  private static let criticalSignalToNoise = 1.5112185563276566
  /// α_c = h(x_c)²/2 as a sum of two doubles: near it x depends on the root of the difference.
  private static let criticalLoad = (high: 0.13790556649493174, low: -3.839780125415751e-18)

  static func frozenRetrieval(load: Double) -> State? {
    guard load > 0 else {
      return State(
        load: 0, temperature: 0, overlap: 1, q: 1, r: 1, susceptibility: 0, freeEnergy: -0.5,
        entropy: 0, replicaStability: 1)
    }
    guard let x = signalToNoise(load: load) else { return nil }
    let overlap = erf(x)
    // C from r = (1 − C)⁻² and √(αr) = m/(√2 x): C/√r = (2/√π)(x/m) exp(−x²) / √r.
    let susceptibility = 2 / Double.pi.squareRoot() * exp(-x * x) * x / overlap
    let reaction = susceptibility / (1 - susceptibility)
    return State(
      load: load, temperature: 0, overlap: overlap, q: 1, r: (1 + reaction) * (1 + reaction),
      susceptibility: susceptibility,
      freeEnergy: -overlap * overlap / 2 - load / 2 * reaction * (2 + reaction),
      entropy: -load / 2 * (log1p(-susceptibility) + reaction), replicaStability: -.infinity)
  }

  /// The retrieval state at α_c: x_c, m = 0.967 and 1.6 % of errors.
  package static var criticalState: State { frozenRetrieval(load: criticalLoad.high)! }

  static func frozenSpinGlass(load: Double) -> State {
    guard load > 0 else {
      return State(
        load: 0, temperature: 0, overlap: 0, q: 1, r: .infinity, susceptibility: 1,
        freeEnergy: -1 / Double.pi, entropy: 0, replicaStability: 0)
    }
    // C/(1 − C) = √(2/πα).
    let inverse = (Double.pi * load / 2).squareRoot()
    return State(
      load: load, temperature: 0, overlap: 0, q: 1, r: (1 + 1 / inverse) * (1 + 1 / inverse),
      susceptibility: 1 / (1 + inverse),
      freeEnergy: -1 / Double.pi - (2 * load / Double.pi).squareRoot(),
      entropy: load / 2 * (log1p(inverse) - log(inverse)) - (load / (2 * Double.pi)).squareRoot(),
      replicaStability: -.infinity)
  }

  private static func signalToNoise(load: Double) -> Double? {
    guard load <= criticalLoad.high else { return nil }
    let target = (2 * load).squareRoot()
    let x = criticalSignalToNoise
    guard load > 0.09 else {
      // h falls steeply here, and is below 1/x.
      return Roots.root(in: x...1.01 / target) { x in
        erf(x) / x - 2 / Double.pi.squareRoot() * exp(-x * x) - target
      }
    }
    // Two roots come together at x_c, and rounding of h moves them far. So from x_c
    // h(x) − √(2α) = (√(2α_c) − √(2α)) + ∫ h' is taken, where both terms have small errors.
    let gap = (criticalLoad.high - load) + criticalLoad.low
    guard gap > 0 else { return x }
    let difference = 2 * gap / (target + (2 * criticalLoad.high).squareRoot())
    return x
      + Roots.root(in: 0...1) { distance in
        difference + GaussLegendre.integral(from: x, to: x + distance, of: slope)
      }
  }

  /// h'(x).
  private static func slope(_ x: Double) -> Double {
    2 / Double.pi.squareRoot() * exp(-x * x) * (1 / x + 2 * x) - erf(x) / (x * x)
  }
}
