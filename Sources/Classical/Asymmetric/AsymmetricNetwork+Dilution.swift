public import HopfieldPatterns

/// Dilution: every neuron listens to few others, and they need not listen to it.
extension AsymmetricNetwork {
  /// The network of Derrida, Gardner and Zippelius: Hebb's couplings on C connections a neuron, whose
  /// other ends are drawn for each neuron on its own, so that w_ij and w_ji are rarely both there.
  ///
  ///     let network = AsymmetricNetwork(storing: patterns, connections: 200, using: &rng)
  ///     let run = network.run(from: patterns[0], by: .synchronous, maxSteps: 10)
  ///
  /// wᵢⱼ = (1/C) Σ_μ ξᵢ^μ ξⱼ^μ where i listens to j, else 0. With α = P / C the overlap of parallel
  /// dynamics follows m ← ∫ Dz tanh((m + √α z) / T), at T = 0 m ← erf(m / √(2 α)): it vanishes
  /// continuously at α = 2 / π = 0.637. That is exact while no loop of connections closes,
  /// C ≪ ln N, which no network reaches: for C = 200 of 10⁵ it holds for a few steps.
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
  ///   - connections: C, at most N − 1.
  ///   - generator: C draws a neuron.
  /// - Complexity: O(N C P / 64) time, 8 N C bytes; a parallel step or a sweep is O(N C).
  /// - Source: Derrida, Gardner and Zippelius 1987.
  public init(
    storing patterns: PatternSet, connections: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(
      connections > 0 && connections < patterns.size,
      "\(connections) connections a neuron for \(patterns.size) neurons")
    self.init(
      storing: patterns, thresholds: nil,
      form: .diluted(
        DilutedCouplings(patterns, connections: connections, using: &generator)))
  }
}
