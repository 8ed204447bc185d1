internal import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// Hebb's rule: w = (1/N) Σ_μ ξ^μ (ξ^μ)ᵀ, w_ii = 0.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .hebbian)
  ///
  /// Local, incremental, and nothing to compute: the network works on the patterns themselves. Holds
  /// 0.138 N random patterns with 1.6 % of wrong bits (Amit, Gutfreund and Sompolinsky 1985).
  ///
  /// - Complexity: O(N P) bits.
  /// - Source: Hebb 1949; Cooper 1973; Hopfield 1982, eq. 2.
  public static let hebbian = LearningRule(
    name: "hebbian", source: "Hopfield 1982", isLocal: true,
    capacity: { HopfieldNetwork.capacity(size: $0.size) },
    bitError: { Capacity.oneStepError(load: $0.load) },
    add: { _, _, _ in },
    learn: { _, _ in Learned(.hebbian) })
}
