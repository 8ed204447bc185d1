#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Networks that walk through their patterns: Jᵢⱼ ∝ Σ ξᵢ^{μ+1} ξⱼ^μ.
///
///     let limit = Sequences.capacity                                     // 0.26906
///     let m = Sequences.overlap(load: 0.2)                               // 0.96633
///     let time = Sequences.dwellTime(strength: 2, delay: .exponential)   // 1.386 τ
public enum Sequences {
  // MARK: - Parallel dynamics

  /// The load up to which a sequence is retrieved at T = 0 under parallel dynamics, 0.26906.
  ///
  /// Nearly twice that of fixed patterns, for the crosstalk never adds up with itself over the steps.
  ///
  /// - Source: Düring, Coolen and Sherrington 1998.
  public static let capacity = load(at: end)

  /// The overlap with the pattern whose turn it is, at a load; 0 above ``capacity``.
  ///
  /// m = erf(x) at the largest x with
  ///
  ///     α = erf(x)²/(2x²) − (2/π) exp(−2x²).
  ///
  /// - Source: Düring, Coolen and Sherrington 1998.
  public static func overlap(load: Double) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    guard load <= capacity else { return 0 }
    // erf ≤ 1 bounds x from above; a little more, for rounding.
    let bound = 1.001 / (2 * load).squareRoot()
    guard bound < 10 else { return 1 }
    return erf(Roots.root(in: end...max(end, bound)) { self.load(at: $0) - load })
  }

  /// α as a function of x.
  private static func load(at x: Double) -> Double {
    let ratio = erf(x) / x
    return ratio * ratio / 2 - 2 / .pi * exp(-2 * x * x)
  }

  /// The x at which α is largest.
  private static let end = Roots.root(in: 0.5...2) { x in
    let ratio = erf(x) / x
    let slope = (2 / Double.pi.squareRoot() * exp(-x * x) - ratio) / x
    return ratio * slope + 8 / .pi * x * exp(-2 * x * x)
  }

  // MARK: - Delayed couplings

  /// How the sequence's couplings remember the state: with which kernel of mean τ or length τ.
  public enum Delay: Sendable {
    /// w(t) = exp(−t/τ)/τ.
    case exponential
    /// w(t) = 1/τ up to τ, 0 after it.
    case step
  }

  /// The time that a network stays in each pattern of a sequence, in units of τ.
  ///
  /// Couplings that stabilise the patterns, and λ times as strong ones that lead on, which see the
  /// state of the past. The last neurons leave when λ times the delayed overlap with the present
  /// pattern exceeds 1 plus λ times all older ones: after ln 2 − ln(1 − 1/λ) for the exponential
  /// delay, (1 + 1/λ)/2 for the step. Few patterns, T = 0.
  ///
  /// - Parameters:
  ///   - strength: λ, above 1: otherwise the network stays for ever, and the time is infinite.
  ///   - delay: the kernel.
  /// - Source: Sompolinsky and Kanter 1986.
  public static func dwellTime(strength: Double, delay: Delay) -> Double {
    precondition(strength > 0, "a strength of \(strength), not above 0")
    guard strength > 1 else { return .infinity }
    return switch delay {
    case .exponential: log(2) - log1p(-1 / strength)
    case .step: (1 + 1 / strength) / 2
    }
  }
}
