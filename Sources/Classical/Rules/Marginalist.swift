internal import HopfieldKernels
internal import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// The marginalist palimpsest at its best strength, 4.108.
  ///
  /// See `marginalist(strength:)`.
  public static let marginalist = marginalist(strength: Palimpsest.bestStrength)

  /// A palimpsest: each pattern is learned as strongly as if it were the first, and those before it
  /// fade.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .marginalist(strength: 5))
  ///
  /// With u = age / N, the age of the newest pattern being 0,
  ///
  ///     w = (1/N) Σ_μ Λ(u_μ) ξ^μ (ξ^μ)ᵀ,   Λ(u) = ε exp(−ε² u / 2),   w_ii = 0
  ///
  /// The newest pattern has the highest index. ∫Λ² du = 1: the noise that all patterns make is that
  /// of Hebb's rule at P = N, and does not grow any more, so that the network never breaks down. It
  /// knows the last 0.049 N patterns at ε = 4.108 and none below ε = 2.465; larger ε makes memory
  /// sharper and shorter. Local and incremental.
  ///
  /// - Parameter strength: ε, above 0.
  /// - Complexity: O(N² P), N² floats. Another pattern O(N²).
  /// - Source: Mézard, Nadal and Toulouse 1986, "Solvable models of working memories"; Nadal, Toulouse,
  ///   Changeux and Dehaene 1986.
  public static func marginalist(strength: Double) -> LearningRule {
    precondition(
      strength > 0 && strength.isFinite, "a strength of \(strength), not above 0")
    return LearningRule(
      name: "marginalist", source: "Mézard, Nadal and Toulouse 1986", isLocal: true,
      capacity: { Palimpsest.limit(strength: strength).load * Double($0.size) },
      add: { learned, _, pattern in
        let spins = pattern.spins.map(Double.init)
        let size = pattern.size
        let kept = fading(by: strength, age: 1, size: size)
        learned.updateRows(of: size) { i, row in
          let change = strength / Double(size) * spins[i]
          for j in 0..<size { row[j] = Float(kept * Double(row[j]) + change * spins[j]) }
        }
      },
      learn: { patterns, lesson in
        let (size, tiles) = (patterns.size, patterns.tiles)
        var weights = [Double](repeating: 0, count: tiles.slots)
        for (age, slot) in patterns.indices.reversed().enumerated() {
          weights[slot] = strength / Double(size) * fading(by: strength, age: age, size: size)
        }
        return try Learned(
          .dense(
            lesson.matrix(of: size) { i, row in
              let sums = tiles.weightedGram(of: i, weights: weights)
              for j in 0..<size { row[j] = Float(sums[j]) }
            }))
      })
  }

  /// Λ(u) / ε.
  private static func fading(by strength: Double, age: Int, size: Int) -> Double {
    exponential(-strength * strength * Double(age) / Double(2 * size))
  }
}
