#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Sparse patterns: few ones among many zeros, with units 0 and 1.
///
///     let best = SparseCoding.capacity(activity: 0.01)
///     print(best.load, best.overlap)                             // 4.37 0.731
///     print(SparseCoding.asymptoticCapacity(activity: 0.01))     // 10.86
///
/// Couplings Jᵢⱼ = Σ (ηᵢ − f)(ηⱼ − f)/(N f(1 − f)), Jᵢᵢ = 0, and Vᵢ = 1 where the field is above a
/// threshold that is the same for all and the best there is.
public enum SparseCoding {
  /// What a network of sparse patterns holds, and how it recalls at the limit.
  public struct Limit: Equatable, Sendable {
    /// Patterns a neuron.
    public let load: Double
    /// m, the share of right ones less the share of wrong ones: 1 for perfect recall.
    public let overlap: Double
    /// The share of neurons that are on.
    public let activity: Double
  }

  /// The capacity at T = 0, replica symmetric, with the best threshold.
  ///
  /// In terms of a and b, the distances of the threshold from the fields of the ones and of the zeros
  /// in units of the noise, α is the maximum of X²/q with
  ///
  ///     m = Φ(a) − Φ(−b),  q = f Φ(a) + (1 − f) Φ(−b),
  ///     X = m/(a + b) − f φ(a) − (1 − f) φ(b).
  ///
  /// With a centred field, Σ Jᵢⱼ (Vⱼ − f) in place of Σ Jᵢⱼ Vⱼ, q gives way to the mean of (V − f)².
  /// That makes little difference to sparse patterns, and a factor of 2 at f = ½, where it is the
  /// network of ±1 units and the capacity 0.1379.
  ///
  /// - Parameters:
  ///   - fraction: f, the share of ones in a pattern, between 0 and 1.
  ///   - centred: whether f is taken from the units before the field is summed.
  /// - Source: compare Tsodyks and Feigel'man 1988; Buhmann, Divko and Schulten 1989.
  public static func capacity(activity fraction: Double, centred: Bool = false) -> Limit {
    let terms = Margins.atCapacity(fraction: fraction, centred: centred)
      .terms(fraction: fraction, centred: centred)
    return Limit(load: terms.load, overlap: terms.overlap, activity: terms.activity)
  }

  /// The capacity in the limit f → 0, 1/(2f |ln f|).
  ///
  /// Reached very slowly: at f = 0.001 it is twice too large.
  ///
  /// - Source: Tsodyks and Feigel'man 1988.
  public static func asymptoticCapacity(activity fraction: Double) -> Double {
    precondition(fraction > 0 && fraction < 1, "an activity of \(fraction), not between 0 and 1")
    return -1 / (2 * fraction * log(fraction))
  }
}

/// Where the threshold lies between the fields of ones and zeros, in units of the noise.
struct Margins {
  var ones: Double
  var zeros: Double

  struct Terms {
    var overlap: Double
    var activity: Double
    /// X.
    var signal: Double
    /// q, or ⟨(V − f)²⟩.
    var power: Double
    /// α.
    var load: Double { signal * signal / power }
  }

  func terms(fraction f: Double, centred: Bool) -> Terms {
    let right = Gaussian.distribution(ones)
    let wrong = Gaussian.distribution(-zeros)
    let overlap = right - wrong
    let activity = f * right + (1 - f) * wrong
    let off = f * Gaussian.distribution(-ones) + (1 - f) * Gaussian.distribution(zeros)
    return Terms(
      overlap: overlap, activity: activity,
      signal: overlap / (ones + zeros) - f * Gaussian.density(ones)
        - (1 - f) * Gaussian.density(zeros),
      power: centred ? (1 - f) * (1 - f) * activity + f * f * off : activity)
  }

  /// The margins at which the load is largest.
  static func atCapacity(fraction: Double, centred: Bool) -> Margins {
    precondition(fraction > 0 && fraction < 1, "an activity of \(fraction), not between 0 and 1")
    // Newton's method needs a start close by: follow the maximum from f = ½ in small steps of the
    // logarithm of the odds.
    let odds = log(fraction) - log1p(-fraction)
    let steps = Int((abs(odds) / 0.3).rounded(.up))
    var point = Margins(ones: 2.14, zeros: 2.14)
    for step in 0..<max(steps, 1) {
      let f = 1 / (1 + exp(-odds * Double(step) / Double(max(steps, 1))))
      point.climb(fraction: f, centred: centred)
    }
    point.climb(fraction: fraction, centred: centred)
    return point
  }

  /// Newton's method for the maximum of ln α = 2 ln X − ln q.
  private mutating func climb(fraction f: Double, centred: Bool) {
    for _ in 0..<20 {
      let value = terms(fraction: f, centred: centred)
      let (a, b) = (ones, zeros)
      let (phiA, phiB) = (Gaussian.density(a), Gaussian.density(b))
      let s = 1 / (a + b)
      let curve = 2 * value.overlap * s * s * s

      let xa = s * phiA - value.overlap * s * s + f * a * phiA
      let xb = s * phiB - value.overlap * s * s + (1 - f) * b * phiB
      let xaa = phiA * (f * (1 - a * a) - a * s - 2 * s * s) + curve
      let xbb = phiB * ((1 - f) * (1 - b * b) - b * s - 2 * s * s) + curve
      let xab = curve - (phiA + phiB) * s * s

      // q is linear in the activity.
      let slope = centred ? 1 - 2 * f : 1
      let qa = slope * f * phiA / value.power
      let qb = -slope * (1 - f) * phiB / value.power

      let (x, twice) = (value.signal, 2 / value.signal)
      let (ga, gb) = (twice * xa - qa, twice * xb - qb)
      let haa = twice * (xaa - xa * xa / x) + a * qa + qa * qa
      let hbb = twice * (xbb - xb * xb / x) + b * qb + qb * qb
      let hab = twice * (xab - xa * xb / x) + qa * qb
      let determinant = haa * hbb - hab * hab
      let da = (hab * gb - hbb * ga) / determinant
      let db = (hab * ga - haa * gb) / determinant
      ones += da
      zeros += db
      if abs(da) + abs(db) < 1e-14 { break }
    }
  }
}

/// Willshaw's network: couplings 0 or 1, and 1 once both neurons were on together in any pattern.
///
///     let filled = Willshaw.filledSynapses(patterns: 5000, activity: 0.01)   // 0.393
///     let best = Willshaw.patterns(filledSynapses: 0.5, activity: 0.01)      // 6931
public enum Willshaw {
  /// The share of synapses that are 1, p₁ = 1 − (1 − f²)^P.
  ///
  /// - Source: Willshaw, Buneman and Longuet-Higgins 1969.
  public static func filledSynapses(patterns: Double, activity fraction: Double) -> Double {
    precondition(patterns >= 0, "\(patterns) patterns")
    precondition(fraction > 0 && fraction < 1, "an activity of \(fraction), not between 0 and 1")
    return -expm1(patterns * log1p(-fraction * fraction))
  }

  /// The number of patterns that fill a share of the synapses, about ln 2/f² for one half.
  public static func patterns(
    filledSynapses share: Double = 0.5, activity fraction: Double
  ) -> Double {
    precondition(share >= 0 && share < 1, "a share of \(share), not 0 to 1")
    precondition(fraction > 0 && fraction < 1, "an activity of \(fraction), not between 0 and 1")
    return log1p(-share) / log1p(-fraction * fraction)
  }

  /// Bits stored a synapse when a share p₁ of them is 1, ln p₁ ln(1 − p₁)/ln 2.
  ///
  /// For large networks that associate pairs, with patterns as sparse as recall without errors allows
  /// (a spurious one passes all fN synapses with p₁^(fN) = 1/N). The largest value is ln 2 = 0.693,
  /// at one half.
  ///
  /// - Source: Willshaw, Buneman and Longuet-Higgins 1969.
  public static func information(filledSynapses share: Double = 0.5) -> Double {
    precondition(share >= 0 && share <= 1, "a share of \(share), not 0 to 1")
    guard share > 0, share < 1 else { return 0 }
    return log(share) * log1p(-share) / log(2)
  }
}
