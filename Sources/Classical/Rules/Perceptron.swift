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
        // Floats hold whole numbers up to 2^24: enough for all but the largest problems.
        if let couplings = try SymmetricPerceptron<Float>(patterns, margin: margin, lesson)
          .couplings(sweeps: sweeps, largest: 0x1p24)
        {
          return Learned(.dense(couplings))
        }
        let couplings = try SymmetricPerceptron<Double>(patterns, margin: margin, lesson)
          .couplings(sweeps: sweeps, largest: 0x1p53)
        guard let couplings else { preconditionFailure("fields past 2^53") }
        return Learned(.dense(couplings))
      })
  }
}

/// The rule in motion: how often each bit was strengthened is all there is to know.
///
/// With xᵢ^μ that number and uᵢ^μ = xᵢ^μ ξᵢ^μ, 2 N w = Σ_μ (ξ^μ (u^μ)ᵀ + u^μ (ξ^μ)ᵀ) off the diagonal.
private struct SymmetricPerceptron<Scalar: MatrixScalar> {
  private var pairs: PairedVectors<Scalar>
  /// 2 N w_ii as the pairs have it, which the rule leaves out.
  private var diagonal: [Scalar]
  /// 2 N κ, a whole number.
  private let margin: Scalar
  private let lesson: Lesson

  init(_ patterns: PatternSet, margin: Double, _ lesson: Lesson) {
    pairs = PairedVectors(patterns, threads: lesson.threads)
    diagonal = [Scalar](repeating: 0, count: patterns.size)
    // Fields are whole numbers: they are below a margin exactly where they are below the next one.
    let least = 2 * Double(patterns.size) * margin
    let whole = least.rounded()
    self.margin = Scalar(abs(least - whole) < 1e-9 * least ? whole : least.rounded(.up))
    self.lesson = lesson
  }

  /// The couplings when all bits have the margin, or nil where a number may pass `largest` and be
  /// rounded.
  func couplings(sweeps: Int, largest: Scalar) throws -> [Float]? {
    var perceptron = self
    // A lesson changes a field by 2 N at most, and the sums of the products on the way too.
    let room = largest - 4 * Scalar(pairs.size) * Scalar(pairs.count + 100)
    var unstable = 0
    for _ in 0..<sweeps {
      guard perceptron.largestNumber < room else { return nil }
      unstable = perceptron.sweep()
      if unstable == 0 {
        let couplings = perceptron.pairs.couplings(scale: 1 / Double(2 * pairs.size))
        lesson.progress(1)
        return couplings
      }
    }
    throw LearningError.notConverged(sweeps: sweeps, unstable: unstable)
  }

  private var largestNumber: Scalar {
    max(pairs.largestField, margin, diagonal.max() ?? 0)
  }

  /// Shows every pattern once; returns the number of bits that lacked the margin.
  private mutating func sweep() -> Int {
    let size = pairs.size, count = pairs.count
    var unstable = 0
    for pattern in 0..<count {
      let field = pairs.field(of: pattern)
      var change = [Scalar](repeating: 0, count: size)
      var lacking = 0
      for i in 0..<size {
        let spin = pairs.spins.elements[pattern * size + i]
        guard spin * field[i] - diagonal[i] < margin else { continue }
        lacking += 1
        change[i] = spin
        diagonal[i] += 2
      }
      guard lacking > 0 else { continue }
      unstable += lacking
      pairs.add(change, to: pattern, readers: 0..<count)
    }
    return unstable
  }
}
