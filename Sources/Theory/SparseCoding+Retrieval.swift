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

  /// The retrieval state at a load, with the threshold that is best at the capacity; nil above it.
  ///
  ///     let state = SparseCoding.retrieval(load: 0.3, activity: 0.1)!
  ///     print(state.overlap, state.threshold)                            // 0.963 0.507
  ///
  /// With noise of standard deviation σ, ones have the fields (1 − f)m = θ + aσ and zeros −fm = θ − bσ,
  /// and with X and q as in `capacity`,
  ///
  ///     m = Φ(a) − Φ(−b),  αq = X²,  X = σ − f φ(a) − (1 − f) φ(b).
  ///
  /// Given θ, σ determines m and with it α, which rises from 0 to the capacity.
  ///
  /// - Parameters:
  ///   - load: α, above 0.
  ///   - fraction: f, the share of ones in a pattern, between 0 and 1.
  ///   - centred: whether f is taken from the units before the field is summed.
  /// - Source: compare Tsodyks and Feigel'man 1988.
  public static func retrieval(
    load: Double, activity fraction: Double, centred: Bool = false
  ) -> Retrieval? {
    precondition(load > 0, "a load of \(load), not above 0")
    let best = Margins.atCapacity(fraction: fraction, centred: centred)
    let end = best.terms(fraction: fraction, centred: centred)
    guard load <= end.load else { return nil }
    let distance = best.ones + best.zeros
    let threshold = end.overlap * (best.zeros / distance - fraction)
    func terms(noise: Double) -> Margins.Terms {
      // The largest m: the map rises with m.
      var overlap = 1.0
      var terms = end
      for _ in 0..<10_000 {
        let margins = Margins(
          ones: ((1 - fraction) * overlap - threshold) / noise,
          zeros: (threshold + fraction * overlap) / noise)
        terms = margins.terms(fraction: fraction, centred: centred)
        if abs(terms.overlap - overlap) < 1e-15 { break }
        overlap = terms.overlap
      }
      return terms
    }
    // At the end, rounding may leave the load on either side.
    let most = end.overlap / distance
    var found = end
    if terms(noise: most).load > load {
      found = terms(noise: Roots.root(in: most * 1e-6...most) { terms(noise: $0).load - load })
    }
    return Retrieval(
      load: load, threshold: threshold, overlap: found.overlap, activity: found.activity)
  }
}
