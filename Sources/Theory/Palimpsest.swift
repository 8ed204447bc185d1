#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Networks that keep learning, and forget: the last patterns are recalled, whatever came before.
///
///     let limit = Palimpsest.limit(strength: 4)             // the last 0.0489 N, with m = 0.9707
///     let best = Palimpsest.bestStrength                    // 4.108
///     let bounded = Palimpsest.limit(bound: 0.35)           // the last 0.0405 N
///
/// Ages u = (patterns learned since)/N. Replica symmetric, T = 0.
public enum Palimpsest {
  /// The oldest pattern that is recalled.
  public struct Limit: Equatable, Sendable {
    /// Its age in patterns a neuron; 0 where nothing is.
    public let load: Double
    /// Its overlap.
    public let overlap: Double
  }

  // MARK: - Growing increments (the marginalist scheme)

  /// The capacity where each pattern is learned with a weight that outgrows those before it.
  ///
  /// Couplings (1/N) Σ Λ(u) ξᵢξⱼ with Λ(u) = ε exp(−ε²u/2), so that ∫ Λ² du = 1.
  ///
  /// - Parameter strength: ε; the last pattern has the weight ε in units of the couplings' length.
  /// - Source: Mézard, Nadal and Toulouse 1986.
  public static func limit(strength: Double) -> Limit {
    precondition(strength > 0, "a strength of \(strength), not above 0")
    guard let weakest = marginalist(strength).weakest, weakest.signal <= strength else {
      return Limit(load: 0, overlap: 0)
    }
    return Limit(
      load: 2 / (strength * strength) * log(strength / weakest.signal), overlap: weakest.overlap)
  }

  /// The overlap with which a pattern of a given age is recalled; 0 where it is not.
  ///
  /// - Parameters:
  ///   - age: u.
  ///   - strength: ε.
  public static func overlap(age: Double, strength: Double) -> Double {
    precondition(age >= 0, "an age of \(age), not 0 or more")
    precondition(strength > 0, "a strength of \(strength), not above 0")
    return marginalist(strength)
      .overlap(signal: strength * exp(-strength * strength * age / 2))
  }

  /// The strength ε with the largest capacity, 4.108, where it is 0.04896.
  public static let bestStrength = Roots.root(in: 3...6) { strength in
    // Along the limit d ln(signal)/d ln ε is half the balance: set the derivative of the load to 0.
    let weakest = marginalist(strength).weakest!
    return 2 * log(strength / weakest.signal) - 1 + weakest.balance / 2
  }

  /// The strength ε below which nothing is recalled, 2.465.
  public static let smallestStrength = Roots.root(in: 2...3) { strength in
    log(strength / marginalist(strength).weakest!.signal)
  }

  /// R = ∫ Λ²/(1 − CΛ)² du = (2/y²)[ln(1 − y) + y/(1 − y)], y = Cε.
  private static func marginalist(_ strength: Double) -> FadingMemories {
    FadingMemories(largestResponse: (1 - 1e-12) / strength) { response in
      let y = response * strength
      if y < 0.3 {
        var (value, slope, power) = (0.0, 0.0, 1.0)
        for k in 1...40 {
          let term = Double(k) / Double(k + 1) * power
          value += term
          slope += Double(k - 1) * term
          power *= y
        }
        return (2 * value, slope / value)
      }
      let rest = 1 - y
      let sum = log1p(-y) + y / rest
      return (2 / (y * y) * sum, y * y / (rest * rest * sum) - 2)
    }
  }

  // MARK: - Bounded couplings

  /// The capacity where couplings are kept within ±A/√N, increments ξᵢξⱼ/N being clipped.
  ///
  /// A coupling then walks at random between two walls. What a pattern of age u left in it is
  ///
  ///     g(u) = Σ_{n odd} 8/(πn)² exp(−n²π²u/(8A²)),
  ///
  /// and the walk's variance A²/3 exceeds ∫ g² du by noise with no structure, taken as normal: this is
  /// an approximation. The best bound is A = 0.355, the capacity 0.0405 there.
  ///
  /// - Parameter bound: A.
  /// - Source: compare Parisi 1986; Nadal, Toulouse, Changeux and Dehaene 1986.
  public static func limit(bound: Double) -> Limit {
    precondition(bound > 0, "a bound of \(bound), not above 0")
    guard let weakest = clipped(bound).weakest, weakest.signal <= 1 else {
      return Limit(load: 0, overlap: 0)
    }
    let rootOfTime = Roots.root(in: 0...6) { BoundedWalk.memory(rootOfTime: $0) - weakest.signal }
    return Limit(load: bound * bound * rootOfTime * rootOfTime, overlap: weakest.overlap)
  }

  /// The overlap with which a pattern of a given age is recalled; 0 where it is not.
  ///
  /// - Parameters:
  ///   - age: u.
  ///   - bound: A.
  public static func overlap(age: Double, bound: Double) -> Double {
    precondition(age >= 0, "an age of \(age), not 0 or more")
    precondition(bound > 0, "a bound of \(bound), not above 0")
    return clipped(bound)
      .overlap(signal: BoundedWalk.memory(rootOfTime: age.squareRoot() / bound))
  }

  /// The bound A with the largest capacity, 0.355.
  public static let bestBound = Roots.maximum(in: 0.25...0.5) { limit(bound: $0).load }.x

  /// R = A²/3 − ∫ g² du + ∫ g²/(1 − Cg)² du.
  private static func clipped(_ bound: Double) -> FadingMemories {
    FadingMemories(largestResponse: 1 - 1e-9) { response in
      var (structured, slope) = (0.0, 0.0)
      for (memory, weight) in BoundedWalk.nodes {
        let gain = 1 / (1 - response * memory)
        // g²/(1 − Cg)² − g², with nothing lost at small C.
        structured += weight * memory * memory * memory * response * gain * (1 + gain)
        slope += 2 * weight * memory * memory * memory * gain * gain * gain
      }
      let value = 1.0 / 3 + structured
      return (bound * bound * value, response * slope / value)
    }
  }
}

/// A walk of unit variance a unit of time between walls at ±1: how much of a push remains.
private enum BoundedWalk {
  /// g at time t², g(0) = 1.
  ///
  /// Up to t² = 0.05 the walls have been felt from one side only: g = 1 − t√(2/π), to exp(−2/t²).
  static func memory(rootOfTime t: Double) -> Double {
    guard t * t > 0.05 else { return 1 - t * (2 / Double.pi).squareRoot() }
    return stride(from: 1, through: 31, by: 2).reduce(0) { sum, n in
      let rate = Double.pi * Double(n)
      return sum + 8 / (rate * rate) * exp(-rate * rate * t * t / 8)
    }
  }

  /// g and the weight of dt² at the nodes of a quadrature over all time; g³ has vanished at its end.
  static let nodes: [(memory: Double, weight: Double)] = {
    var nodes: [(memory: Double, weight: Double)] = []
    let ends = [0, 0.1, 0.3, 0.6, 1, 1.5, 2.5, 4]
    for (start, end) in zip(ends, ends.dropFirst()) {
      GaussLegendre.forEachNode(from: start, to: end) { t, weight in
        nodes.append((memory(rootOfTime: t), 2 * t * weight))
      }
    }
    return nodes
  }()
}

/// Recall among memories of unequal weights: the saddle point at T = 0.
///
/// A pattern of weight Λ has the overlap m = erf(v) with v = Λm/√(2R). R is the variance of the noise,
/// which grows with the response C = √(2/(πR)) exp(−v²). So C fixes R, v and Λ one after the other.
private struct FadingMemories {
  /// Just below the C where R diverges.
  let largestResponse: Double
  /// R and d ln R/d ln C, from C.
  let noise: (_ response: Double) -> (value: Double, slope: Double)

  struct Point {
    /// Λ.
    let signal: Double
    /// m.
    let overlap: Double
    /// (1/v − m'/m)/v, which is d ln R/d ln C over 1 + ½ d ln R/d ln C where the signal is smallest.
    let balance: Double
    /// Above 0 where the signal grows with C.
    let slope: Double
  }

  /// ln C + ½ ln(πR/2) = −v².
  private func logWidth(_ response: Double) -> Double {
    log(response) + 0.5 * log(.pi / 2 * noise(response).value)
  }

  private func point(_ response: Double) -> Point {
    let (variance, steepness) = noise(response)
    let v = max(-logWidth(response), 1e-12).squareRoot()
    let overlap = erf(v)
    let ratio = 2 / Double.pi.squareRoot() * exp(-v * v) / overlap
    let balance = v < 1e-3 ? 2.0 / 3 : (1 / v - ratio) / v
    return Point(
      signal: v * (2 * variance).squareRoot() / overlap, overlap: overlap, balance: balance,
      slope: steepness - (1 + steepness / 2) * balance)
  }

  /// The response of the pattern of the smallest weight that is recalled; nil where there is none.
  private var weakestResponse: Double? {
    // v = 0 bounds C, if R has not diverged before.
    let least = 1e-12 * largestResponse
    let bound =
      logWidth(largestResponse) > 0
      ? Roots.root(in: least...largestResponse, of: logWidth) : largestResponse
    guard point(bound).slope > 0 else { return nil }
    return Roots.root(in: least...bound) { point($0).slope }
  }

  /// The pattern of the smallest weight that is recalled.
  var weakest: Point? { weakestResponse.map(point) }

  /// The overlap of a pattern of weight `signal`; 0 where it is not recalled.
  func overlap(signal: Double) -> Double {
    guard let limit = weakestResponse, signal >= point(limit).signal else { return 0 }
    // At C = e^−600, v = 24: m is 1 to rounding long before.
    guard signal < point(exp(-600)).signal else { return 1 }
    let logResponse = Roots.root(in: -600...log(limit)) {
      log(point(exp($0)).signal / signal)
    }
    return point(exp(logResponse)).overlap
  }
}
