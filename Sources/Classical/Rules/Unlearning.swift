internal import HopfieldKernels
internal import HopfieldPatterns

extension LearningRule {
  /// Unlearning at the paper's strength, 0.01, with 80 dreams a pattern.
  ///
  /// See `unlearning(dreams:strength:seed:)`.
  public static let unlearning = unlearning(dreams: nil)

  /// Hebb's rule, then dreams: what the network falls into from nowhere is weakened.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .unlearning(dreams: 1_000))
  ///
  /// A dream starts from a random state, descends to a fixed point s, spin after spin at T = 0, and
  /// unlearns it:
  ///
  ///     wᵢⱼ ← wᵢⱼ − (ε/N) sᵢ sⱼ,   i ≠ j
  ///
  /// Most of what it meets are mixtures and other spurious states, since they are many; memories that
  /// attract too much are met more often than others and lose as well. So spurious states fall, and basins
  /// become wider and more alike. Local, for the network needs nothing but its own states; not
  /// incremental.
  ///
  /// The dose that counts is ε D / P: patterns put P into the trace of w before its diagonal is dropped,
  /// and a dream takes ε out. With a dose of 0.8 all of 0.5 N random patterns were fixed points at
  /// N = 200 and 400, and up to 0.4 N of them came back from a tenth of wrong bits (measured here); soon
  /// after 1 everything is unlearned, soonest at low load.
  ///
  /// - Parameters:
  ///   - dreams: D; nil for a dose of 0.8, D = 0.8 P / ε.
  ///   - strength: ε, 0 or more.
  ///   - seed: dream d starts from the random state of stream d.
  /// - Complexity: O(N² P) on bits for Hebb's couplings, N² floats; a dream is one recall and one pass over
  ///   the matrix, O(N²).
  /// - Source: Hopfield, Feinstein and Palmer 1983, "'Unlearning' has a stabilizing effect in collective
  ///   memories", with ε = 0.01.
  public static func unlearning(
    dreams: Int?, strength: Double = 0.01, seed: UInt64 = 1
  ) -> LearningRule {
    precondition(dreams ?? 0 >= 0, "\(dreams ?? 0) dreams")
    precondition(strength >= 0 && strength.isFinite, "a strength of \(strength), not 0 or more")
    return LearningRule(
      name: "unlearning", source: "Hopfield, Feinstein and Palmer 1983", isLocal: true,
      learn: { patterns, lesson in
        let (size, tiles) = (patterns.size, patterns.tiles)
        let hebbian = try Lesson(threads: lesson.threads).matrix(of: size) { i, row in
          let gram = tiles.gram(of: i, threads: 1)
          for j in 0..<size { row[j] = Float(Double(gram[j]) / Double(size)) }
        }
        var matrix = CouplingMatrix(symmetric: hebbian, neurons: size, diagonal: false)
        let count = dreams ?? usualDreams(patterns: patterns.count, strength: strength)
        for dream in 0..<count {
          var generator = SeededGenerator(seed: seed, stream: dream)
          let start = Pattern.random(size: size, using: &generator)
          let state = matrix.fixedPoint(from: start, threads: lesson.threads)
          matrix.add(Float(-strength / Double(size)), outer: state, threads: lesson.threads)
          lesson.progress(Double(dream + 1) / Double(count))
        }
        return Learned(.dense(matrix.elements))
      })
  }

  /// 0.8 P / ε.
  private static func usualDreams(patterns: Int, strength: Double) -> Int {
    strength > 0 ? Int((0.8 * Double(patterns) / strength).rounded()) : 0
  }
}

extension CouplingMatrix {
  /// Where sweeps at T = 0 end, as spins -1 and 1.
  fileprivate func fixedPoint(from start: Pattern, threads: Int) -> [Double] {
    let rule = Rule(thresholds: nil, frozen: nil)
    var spins = start.spins.map(Double.init)
    var fields = fields(of: spins, threads: threads)
    while visit(nil, rule: rule, noise: nil, spins: &spins, fields: &fields) > 0 {}
    return spins
  }
}
