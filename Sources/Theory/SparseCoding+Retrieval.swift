#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Sparse patterns below the capacity.
extension SparseCoding {
  /// A retrieval state at T = 0.
  public struct Retrieval: Equatable, Sendable {
    /// Patterns a neuron.
    public let load: Double
    /// θ: Vᵢ = 1 where Σⱼ Jᵢⱼ Vⱼ, or Σⱼ Jᵢⱼ (Vⱼ − f), is above it.
    public let threshold: Double
    /// m, the share of right ones less the share of wrong ones.
    public let overlap: Double
    /// The share of neurons that are on.
    public let activity: Double
  }

  /// The retrieval state at a load, with the threshold that makes its overlap the largest; nil above the
  /// capacity.
  ///
  ///     let state = SparseCoding.retrieval(load: 0.3, activity: 0.1)!
  ///     print(state.overlap, state.threshold)                            // 0.993 0.432
  ///
  /// With a, b, X and q as in `capacity`, and noise of standard deviation σ, ones have the fields
  /// (1 − f)m = t + aσ and zeros −fm = t − bσ, and
  ///
  ///     m = Φ(a) − Φ(−b) = (a + b)σ,  αq = X²,  C = 1 − X/σ.
  ///
  /// A neuron that is on helps itself through all others by Γ = αC/(1 − C). So it turns not at its
  /// threshold but at t = θ − Γ/2, or θ − Γ(½ − f) where units are centred.
  ///
  /// For each m the largest α is looked for among all a and b; it falls from the capacity as m rises.
  ///
  /// - Parameters:
  ///   - load: α, above 0.
  ///   - fraction: f, the share of ones in a pattern, between 0 and 1.
  ///   - centred: whether f is taken from the units before the field is summed.
  /// - Complexity: some thousand evaluations of the normal law.
  /// - Source: compare Tsodyks and Feigel'man 1988.
  public static func retrieval(
    load: Double, activity fraction: Double, centred: Bool = false
  ) -> Retrieval? {
    precondition(load > 0, "a load of \(load), not above 0")
    var margins = Margins.atCapacity(fraction: fraction, centred: centred)
    let end = margins.terms(fraction: fraction, centred: centred)
    guard load <= end.load else { return nil }
    /// The margins of the largest load, given ln(1 − m), the ones and zeros that are lost together.
    func best(_ loss: Double) -> Margins {
      func margins(_ odds: Double) -> Margins {
        // The ones' part of the loss, and the zeros'.
        Margins(
          ones: -Gaussian.quantile(exp(loss) / (1 + exp(-odds))),
          zeros: -Gaussian.quantile(exp(loss) / (1 + exp(odds))))
      }
      let odds = Roots.maximum(in: -20...20) { odds in
        let terms = margins(odds).terms(fraction: fraction, centred: centred)
        return terms.signal > 0 ? terms.load : -terms.load
      }
      return margins(odds.x)
    }
    func excess(_ loss: Double) -> Double {
      best(loss).terms(fraction: fraction, centred: centred).load - load
    }
    // Down to margins of about 34: loads of a thousandth of the capacity and less.
    let losses = -600...log(1 - end.overlap)
    if excess(losses.lowerBound) >= 0 {
      margins = best(losses.lowerBound)
    } else if excess(losses.upperBound) > 0 {
      margins = best(Roots.root(in: losses, of: excess))
    }
    let found = margins.terms(fraction: fraction, centred: centred)
    let (m, distance) = (found.overlap, margins.ones + margins.zeros)
    let response = 1 - found.signal * distance / m
    let help = load * response / (1 - response)
    return Retrieval(
      load: load,
      threshold: m * (margins.zeros / distance - fraction) + help
        * (centred ? 0.5 - fraction : 0.5),
      overlap: m, activity: found.activity)
  }
}
