internal import HopfieldKernels
public import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// Hebb's rule of which half of the synapses, drawn at random, are cut.
  ///
  /// See `diluted(_:keeping:seed:)`.
  public static let diluted = diluted(.hebbian, keeping: 0.5)

  /// Another rule's couplings of which only a share is kept, each pair of neurons by a draw of its own.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .diluted(.hebbian, keeping: 0.3))
  ///
  ///     w'ᵢⱼ = w'ⱼᵢ = wᵢⱼ / c with probability c, else 0
  ///
  /// so that fields are those of the rule on average; its thresholds stay as they are. Memory suffers
  /// gently: the noise of Hebb's fields is that of P / c patterns, and the couplings that are left each
  /// hold more than those of the full network did. Not incremental, for what was cut is gone.
  ///
  /// - Parameters:
  ///   - rule: what makes the couplings.
  ///   - share: c, above 0 and at most 1; 1 keeps them all.
  ///   - seed: where the draws start. They don't depend on the patterns, nor on the rule.
  /// - Complexity: the rule's, and O(N²) draws, beside all N² couplings (Hebb: O(N² P) on bits).
  /// - Source: Sompolinsky 1986, "Neural networks with nonlinear synapses and a static noise"; Canning and
  ///   Gardner 1988, "Partially connected models of neural networks".
  public static func diluted(
    _ rule: LearningRule, keeping share: Double, seed: UInt64 = 1
  ) -> LearningRule {
    requireShare(share)
    return LearningRule(
      name: "diluted", source: "Sompolinsky 1986", isLocal: rule.isLocal,
      // The noise of the kept couplings is that of P / c patterns.
      bitError: { rule.name == "hebbian" ? Capacity.oneStepError(load: $0.load / share) : nil },
      learn: { patterns, lesson in
        try requireMatrix(of: patterns.size)
        var learned = try rule.learn(patterns, Lesson(threads: lesson.threads))
        let whole = HopfieldNetwork(storing: patterns, learned: learned, rule: rule)
        var diagonal: [Float] = []
        if learned.selfCoupling {
          diagonal = (0..<patterns.size).map { Float(whole.row($0)[$0]) }
        }
        var rows = try lesson.matrix(of: patterns.size) { i, row in
          for (j, coupling) in whole.row(i).enumerated() {
            // One draw a pair: that of the triangle below the diagonal.
            let (high, low) = (max(i, j), min(i, j))
            let isKept = isKept(high * (high - 1) / 2 + low, share, seed)
            row[j] = i != j && isKept ? Float(coupling / share) : 0
          }
        }
        for (i, own) in diagonal.enumerated() { rows[i * patterns.size + i] = own }
        learned.couplings = .dense(rows)
        return learned
      })
  }

  /// Couplings by a rule of which each is kept or cut by itself, whatever becomes of its reverse: those
  /// of an asymmetric network.
  ///
  ///     let rows = try LearningRule.asymmetricallyDiluted(patterns, by: .hebbian, keeping: 0.1)
  ///
  ///     w'ᵢⱼ = wᵢⱼ / c with probability c, else 0, for each i and each j
  ///
  /// There is no energy. Where a neuron keeps C = c N ≪ ln N inputs, no two of its ancestors are the same
  /// and the dynamics is solved: memory ends without a jump at P = 2C/π (Derrida, Gardner and Zippelius).
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
  ///   - rule: what makes the couplings; its thresholds are not part of the answer.
  ///   - share: c, above 0 and at most 1.
  ///   - seed: where the draws start.
  ///   - threads: at most this many; nil for all processors.
  /// - Returns: N x N couplings, row by row: row i is what neuron i hears. The diagonal is 0.
  /// - Throws: What the rule throws, and `LearningError.tooLarge`.
  /// - Complexity: O(N²) draws, beside all N² couplings.
  /// - Source: Derrida, Gardner and Zippelius 1987, "An exactly solvable asymmetric neural network model".
  public static func asymmetricallyDiluted(
    _ patterns: PatternSet, by rule: LearningRule = .hebbian, keeping share: Double,
    seed: UInt64 = 1, threads: Int? = nil
  ) throws -> [Float] {
    requireShare(share)
    let lesson = Lesson(threads: threads ?? Parallel.processors)
    try requireMatrix(of: patterns.size)
    let whole = try HopfieldNetwork(
      storing: patterns, learned: rule.learn(patterns, lesson), rule: rule)
    return try lesson.matrix(of: patterns.size) { i, row in
      for (j, coupling) in whole.row(i).enumerated() {
        row[j] = isKept(i * patterns.size + j, share, seed) ? Float(coupling / share) : 0
      }
    }
  }

  /// Whether the draw of this number keeps its coupling: any draw is reached at once, by any thread.
  private static func isKept(_ draw: Int, _ share: Double, _ seed: UInt64) -> Bool {
    var generator = SeededGenerator(seed: seed, stream: draw)
    return generator.unit() < share
  }

  private static func requireShare(_ share: Double) {
    precondition(share > 0 && share <= 1, "a share of \(share), not above 0 and up to 1")
  }
}
