internal import HopfieldLinearAlgebra
internal import HopfieldPatterns

extension LearningRule {
  /// The symmetric perceptron rule with a margin of 1: patterns are shown until every bit is held by
  /// its field.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .perceptron)
  ///
  /// See `perceptron(margin:sweeps:)`.
  public static let perceptron = perceptron(margin: 1)

  /// The symmetric perceptron rule.
  ///
  ///     let wide = try HopfieldNetwork(storing: patterns, by: .perceptron(margin: 2))
  ///
  /// The patterns ξ are shown in ascending order of their indices, again and again. With εᵢ = 1 where
  /// ξᵢ hᵢ lacks the margin κ, and 0 elsewhere,
  ///
  ///     Δwᵢⱼ = (εᵢ + εⱼ) ξᵢ ξⱼ / 2N,   wᵢᵢ = 0
  ///
  /// for all sites of one pattern at once: a bit that is not stable has its couplings strengthened both
  /// ways, so that w stays symmetric and there is an energy. From w = 0 the first pattern is stored
  /// by Hebb's rule. Where couplings with the margin exist, they are found (Rosenblatt's theorem, with
  /// a bit of a pattern for an example). Local; not incremental, for an old pattern may have to be
  /// shown again.
  ///
  /// All numbers are integers over 2 N, kept exactly: what is learned depends on no rounding, and on no
  /// number of threads.
  ///
  /// - Parameters:
  ///   - margin: κ > 0, the least ξᵢ hᵢ of every bit of every pattern. The step of a lesson is 1 / N, so that a
  ///     large margin makes for many lessons and couplings in proportion; what it gains in stability
  ///     relative to |wᵢ| has a limit.
  ///   - sweeps: how often all patterns are shown at most.
  /// - Returns: a rule that throws `LearningError.notConverged` where some bits still lack the margin
  ///   then. Symmetric couplings hold about 1.28 N random patterns at the most (Gardner, Gutfreund and
  ///   Yekutieli 1989), and the number of sweeps grows as that comes near.
  /// - Complexity: O(N P²) a sweep, in products of matrices, and O(N² P) at the end.
  /// - Source: Rosenblatt 1962; Gardner 1988 and Krauth and Mézard 1987 for the margin; Gardner,
  ///   Gutfreund and Yekutieli 1989 for symmetric couplings.
  public static func perceptron(margin: Double, sweeps: Int = 1000) -> LearningRule {
    precondition(margin > 0 && margin.isFinite, "a margin of \(margin), not above 0")
    precondition(sweeps > 0, "\(sweeps) sweeps")
    return LearningRule(
      name: "perceptron", source: "Gardner 1988", isLocal: true,
      // Learned is what every field holds.
      bitError: { _ in 0 },
      learn: { patterns, lesson in
        try requireMatrix(of: patterns.size)
        var perceptron = SymmetricPerceptron<Double>(patterns, margin: margin, lesson)
        var unstable = Int.max
        for _ in 0..<sweeps {
          unstable = perceptron.sweep()
          if unstable == 0 { break }
        }
        guard unstable == 0 else {
          throw LearningError.notConverged(sweeps: sweeps, unstable: unstable)
        }
        let couplings = perceptron.couplings
        lesson.progress(1)
        return Learned(.dense(couplings))
      })
  }
}

/// The rule in motion: how often each bit was strengthened is all there is to know.
///
/// With x_i^μ that number and u_i^μ = x_i^μ ξ_i^μ, 2 N w = Σ_μ (ξ^μ (u^μ)ᵀ + u^μ (ξ^μ)ᵀ) off the diagonal.
private struct SymmetricPerceptron<Scalar: MatrixScalar> {
  private var pairs: PairedVectors<Scalar>
  /// u^μ · ξ^ν, a row for each ν.
  private var products: Matrix<Scalar>
  /// 2 N w_ii as the pairs have it, which the rule leaves out.
  private var diagonal: [Scalar]
  /// 2 N κ.
  private let margin: Scalar
  private let threads: Int

  init(_ patterns: PatternSet, margin: Double, _ lesson: Lesson) {
    pairs = PairedVectors(patterns, threads: lesson.threads)
    products = Matrix(rows: patterns.count, columns: patterns.count)
    diagonal = [Scalar](repeating: 0, count: patterns.size)
    self.margin = 2 * Scalar(patterns.size) * Scalar(margin)
    threads = lesson.threads
  }

  var couplings: [Float] { pairs.couplings(scale: 1 / Scalar(2 * pairs.size)) }

  /// Shows every pattern once; returns the number of bits that lacked the margin.
  mutating func sweep() -> Int {
    let block = 32
    return stride(from: 0, to: pairs.count, by: block).reduce(0) { unstable, first in
      unstable + show(first..<min(first + block, pairs.count))
    }
  }

  /// Shows the patterns of a block: their fields are made together, and corrected by what those
  /// before them in the block have changed.
  private mutating func show(_ block: Range<Int>) -> Int {
    let size = pairs.size, count = pairs.count
    var fields = Matrix.product(
      pairs.overlaps[rows: block], pairs.partners.all, threads: threads)
    fields.add(products[rows: block], times: pairs.spins.all, threads: threads)

    var changed: [Int] = []
    var lessons = Matrix<Scalar>(rows: block.count, columns: size)
    var unstable = 0
    for new in block {
      let row = (new - block.lowerBound) * size
      if !changed.isEmpty {
        let known = lessons[rows: 0..<changed.count]
        let effects = known.times(pairs.spins[row: new], threads: 1)
        var repeated = [Scalar](repeating: 0, count: size)
        for (k, earlier) in changed.enumerated() {
          for i in 0..<size {
            repeated[i] += effects[k] * pairs.spins.elements[earlier * size + i]
          }
        }
        let direct = known.transposed.times(
          changed.map { pairs.overlaps[$0, new] }, threads: 1)
        for i in 0..<size { fields.elements[row + i] += direct[i] + repeated[i] }
      }
      var isStable = true
      for i in 0..<size {
        let spin = pairs.spins.elements[new * size + i]
        let held = spin * fields.elements[row + i] - diagonal[i]
        guard held < margin else { continue }
        isStable = false
        unstable += 1
        lessons.elements[changed.count * size + i] = spin
        pairs.partners.elements[new * size + i] += spin
        diagonal[i] += 2
      }
      if !isStable { changed.append(new) }
    }
    guard !changed.isEmpty else { return 0 }
    let effects = Matrix.product(
      pairs.spins.all, lessons[rows: 0..<changed.count].transposed, threads: threads)
    for other in 0..<count {
      for (k, new) in changed.enumerated() {
        products.elements[other * count + new] += effects.elements[other * changed.count + k]
      }
    }
    return unstable
  }
}
