internal import HopfieldKernels
internal import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// The covariance rule, for biased and sparse patterns, with the coding level that they have.
  ///
  /// As `covariance(codingLevel:threshold:)` with neither given. All patterns are looked at to learn
  /// their coding level, so that it is not incremental.
  public static let covariance = covariance(codingLevel: nil)

  /// The covariance rule, for biased and sparse patterns: what spins do beside their mean counts.
  ///
  ///     let sparse = PatternSet.biased(count: 300, size: 1_000, bias: -0.8, using: &rng)
  ///     let network = try HopfieldNetwork(
  ///       storing: sparse, by: .covariance(codingLevel: 0.1, threshold: 1.3))
  ///
  /// With the coding level f, the share of +1 in the patterns, and a = 2f − 1, the mean spin,
  ///
  ///     wᵢⱼ = (1 / N(1 − a²)) Σ_μ (ξᵢ^μ − a)(ξⱼ^μ − a),   wᵢᵢ = 0
  ///     hᵢ = Σⱼ wᵢⱼ (sⱼ − a) − θ
  ///
  /// so that the network's own thresholds are θᵢ = θ + a Σⱼ wᵢⱼ. In units 0 and 1 these are the
  /// couplings (1 / N f(1 − f)) Σ (ηᵢ − f)(ηⱼ − f), and hᵢ is twice the field Σ J (V − f) − θ/2.
  ///
  /// At a stored pattern hᵢ + θ is ξᵢ − a on average, since (ξⱼ − a)² is 1 − a²: 1 − a where the
  /// neuron is up, −1 − a where it is down. The usual θ = −a lies midway between the two. Sparse
  /// patterns at high load do better with a larger one: silent neurons are many, and each of them
  /// that wakes wrongly counts against the few that are up. At f = ½ all this is Hebb's rule.
  ///
  /// Holds 0.138 N random patterns at f = ½ and 0.484 N at f = 0.1, with the best threshold; far
  /// below, about N / (2f |ln f|), which is reached very slowly. Local; incremental where the
  /// coding level is given.
  ///
  /// - Parameters:
  ///   - codingLevel: f, between 0 and 1; nil for the share of +1 in the patterns.
  ///   - threshold: θ, in units of the local field; nil for −a.
  /// - Throws: On learning, `LearningError.uniform` where all spins of all patterns are the same.
  /// - Complexity: O(N² P) on bits, N² floats. Another pattern O(N²).
  /// - Source: Tsodyks and Feigelman 1988, "The enhanced storage capacity in neural networks with low
  ///   activity level"; Amit, Gutfreund and Sompolinsky 1987 for the bias.
  public static func covariance(
    codingLevel: Double?, threshold: Double? = nil
  ) -> LearningRule {
    if let codingLevel {
      precondition(
        codingLevel > 0 && codingLevel < 1, "a coding level of \(codingLevel), not within 0 to 1")
    }
    let fixed = codingLevel.map { Covariance(mean: 2 * $0 - 1, threshold: threshold) }
    return LearningRule(
      name: "covariance", source: "Tsodyks and Feigelman 1988", isLocal: true,
      capacity: { patterns in
        let level = codingLevel ?? (1 + ((try? meanSpin(of: patterns)) ?? 0)) / 2
        let limit = SparseCoding.capacity(activity: min(level, 1 - level), centred: true)
        return limit.load * Double(patterns.size)
      },
      // At a stored pattern fields lie 1 from the midway threshold; their variance is α (1 − a²).
      bitError: { patterns in
        guard codingLevel == nil, threshold == nil, let mean = try? meanSpin(of: patterns) else {
          return nil
        }
        return Capacity.oneStepError(load: patterns.load * (1 - mean * mean))
      },
      add: fixed.map { rule in { @Sendable in rule.add($2, to: &$0) } },
      learn: { patterns, lesson in
        let rule =
          try fixed ?? Covariance(mean: meanSpin(of: patterns), threshold: threshold)
        return try rule.learn(patterns, lesson)
      })
  }

  /// The mean of all spins; 0 where there is none.
  private static func meanSpin(of patterns: PatternSet) throws -> Double {
    var up = 0
    patterns.forEach { up += $1.upCount }
    let spins = patterns.size * patterns.count
    if spins > 0, up == 0 || up == spins {
      throw LearningError.uniform(spin: up == 0 ? -1 : 1)
    }
    return spins == 0 ? 0 : Double(2 * up - spins) / Double(spins)
  }
}

/// The rule at one mean spin.
private struct Covariance: Sendable {
  /// a.
  let mean: Double
  /// θ.
  let threshold: Double

  init(mean: Double, threshold: Double?) {
    self.mean = mean
    self.threshold = threshold ?? 0 - mean
  }

  func learn(_ patterns: PatternSet, _ lesson: Lesson) throws -> Learned {
    let (size, tiles) = (patterns.size, patterns.tiles)
    guard mean != 0 else { return Learned(.hebbian, thresholds: thresholds([], size)) }
    // Σ (ξᵢ − a)(ξⱼ − a) = Σ ξᵢ ξⱼ − a (Σ ξᵢ + Σ ξⱼ) + P a², sums of integers until here.
    let ones = (0..<tiles.slots).map { tiles.isActive($0) ? Int32(1) : 0 }
    let sums = (0..<size).map { tiles.field(of: $0, overlaps: ones) }
    let constant = Double(tiles.count) * mean * mean
    let scale = scale(size)
    let rows = try lesson.matrix(of: size) { i, row in
      let gram = tiles.gram(of: i, threads: 1)
      for j in 0..<size {
        let covariance = Double(gram[j]) - mean * Double(sums[i] + sums[j]) + constant
        row[j] = Float(covariance * scale)
      }
    }
    return Learned(.dense(rows), thresholds: thresholds(rows, size))
  }

  func add(_ pattern: Pattern, to learned: inout Learned) {
    guard mean != 0 else { return }
    let size = pattern.size
    let deviations = pattern.spins.map { Double($0) - mean }
    let scale = scale(size)
    learned.updateRows(of: size) { i, row in
      for j in 0..<size {
        row[j] = Float(Double(row[j]) + deviations[i] * deviations[j] * scale)
      }
    }
    if case .dense(let rows) = learned.couplings { learned.thresholds = thresholds(rows, size) }
  }

  private func scale(_ size: Int) -> Double { 1 / (Double(size) * (1 - mean * mean)) }

  /// θᵢ = θ + a Σⱼ wᵢⱼ, of the couplings as they were rounded.
  private func thresholds(_ rows: [Float], _ size: Int) -> [Double]? {
    if mean == 0 && threshold == 0 { return nil }
    return (0..<size).map { i in
      guard mean != 0 else { return threshold }
      var sum = 0.0
      for j in i * size..<(i + 1) * size { sum += Double(rows[j]) }
      return threshold + mean * sum
    }
  }
}
