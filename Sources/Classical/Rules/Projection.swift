internal import HopfieldKernels
internal import HopfieldLinearAlgebra
internal import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// The projection rule, or pseudo-inverse: every stored pattern is a fixed point, correlated or not.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .projection)
  ///
  /// With the correlations C_μν = ξ^μ · ξ^ν / N,
  ///
  ///     wᵢⱼ = (1/N) Σ_μν ξᵢ^μ (C⁻¹)_μν ξⱼ^ν,   wᵢᵢ = 0
  ///
  /// which projects states on what the patterns span. Holds up to N linearly independent patterns; with the
  /// diagonal zeroed, basins of attraction remain up to P = N. Not local. Incremental, by bordering
  /// C⁻¹.
  ///
  /// - Complexity: O(N P²) bits and additions, and O(P³); no matrix of N x N is made.
  /// - Source: Personnaz, Guyon and Dreyfus 1985; Kanter and Sompolinsky 1987, who zero the diagonal.
  public static let projection = projection(selfCoupling: false, ridge: 0)

  /// The projection rule with its diagonal, or with a ridge.
  ///
  ///     let smooth = try HopfieldNetwork(storing: similar, by: .projection(ridge: 0.1))
  ///
  /// - Parameters:
  ///   - selfCoupling: whether to keep w_ii, about P / N: the projector itself, as in the paper of
  ///     1985. Its basins are gone at P = N / 2. The name is then `projection-diagonal`.
  ///   - ridge: added to the diagonal of C. Patterns need not be independent then, and are no exact
  ///     fixed points.
  /// - Returns: a rule that throws `LearningError.dependent(index:)`, without a ridge, for the first
  ///   pattern that is a linear combination of those before it: one of N + 1 always is.
  public static func projection(selfCoupling: Bool = false, ridge: Double = 0) -> LearningRule {
    precondition(ridge >= 0 && ridge.isFinite, "a ridge of \(ridge), not 0 or more")
    return LearningRule(
      name: selfCoupling ? "projection-diagonal" : "projection",
      source: "Personnaz, Guyon and Dreyfus 1985", capacity: { Double($0.size) },
      // Every pattern is a fixed point, but for a ridge.
      bitError: { _ in ridge == 0 ? 0 : nil },
      add: { learned, patterns, pattern in
        guard case .lowRank(let factor) = learned.couplings else {
          preconditionFailure("couplings that the projection rule has not made")
        }
        learned.couplings = .lowRank(
          factor: try bordered(factor, patterns, pattern, ridge: ridge))
      },
      learn: { patterns, lesson in
        Learned(
          .lowRank(factor: try inverseCorrelations(of: patterns, ridge: ridge, lesson)),
          selfCoupling: selfCoupling)
      })
  }
}

/// (C + ridge)⁻¹, row by row.
private func inverseCorrelations(
  of patterns: PatternSet, ridge: Double, _ lesson: Lesson
) throws -> [Double] {
  let size = patterns.size
  // Of more than N patterns, one of the first N + 1 is dependent.
  let count = ridge > 0 ? patterns.count : min(patterns.count, size + 1)
  var correlations = Matrix(
    rows: count, columns: count,
    elements: patterns.tiles.correlations(ofFirst: count, threads: lesson.threads))
  lesson.progress(0.25)
  for k in 0..<count { correlations[k, k] += ridge }
  do {
    let inverse = try correlations.positiveDefiniteInverse(
      tolerance: ridge > 0 ? 0 : smallestDistance(count), threads: lesson.threads
    ) { Parallel.forEach($0, threads: lesson.threads, $1) }
    lesson.progress(1)
    return inverse.elements
  } catch {
    throw LearningError.dependent(index: patterns.indices[error.index])
  }
}

/// The squared distance of a pattern from the span of `count` others, relative to N, that rounding alone
/// can make: P roundings of numbers up to 1, and a margin of 16.
private func smallestDistance(_ count: Int) -> Double { 16 * Double(count) * .ulpOfOne }

/// C⁻¹ with one more pattern, from C⁻¹: with c its correlations, q = C⁻¹ c and the squared distance
/// s = 1 − c · q, the bordered inverse is C⁻¹ + b bᵀ / s with b = (−q, 1).
private func bordered(
  _ inverse: [Double], _ patterns: PatternSet, _ pattern: Pattern, ridge: Double
) throws -> [Double] {
  let count = patterns.count, size = Double(patterns.size)
  let overlaps = patterns.tiles.overlaps(with: pattern.words.span, threads: Parallel.processors)
  let correlations = patterns.indices.map { Double(overlaps[$0]) / size }
  var border = Matrix(rows: count, columns: count, elements: inverse).all
    .times(correlations, threads: 1).map { -$0 }
  let distance = zip(correlations, border).reduce(1 + ridge) { $0 + $1.0 * $1.1 }
  let slot = patterns.tiles.freeSlot
  guard distance > (ridge > 0 ? 0 : smallestDistance(count + 1)) else {
    throw LearningError.dependent(index: slot)
  }
  let place = patterns.indices.count { $0 < slot }
  border.insert(1, at: place)
  var grown = [Double]()
  grown.reserveCapacity((count + 1) * (count + 1))
  for m in 0...count {
    for n in 0...count {
      let isNew = m == place || n == place
      let before = isNew ? 0 : inverse[(m < place ? m : m - 1) * count + (n < place ? n : n - 1)]
      grown.append(before + border[m] * border[n] / distance)
    }
  }
  return grown
}
