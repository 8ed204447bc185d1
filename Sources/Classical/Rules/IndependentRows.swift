internal import HopfieldKernels
internal import HopfieldLinearAlgebra
public import HopfieldPatterns

extension LearningRule {
  /// Couplings of the largest stability, each neuron's learned for itself: Gardner's optimum, by the
  /// minimal overlap algorithm.
  ///
  ///     let rows = try LearningRule.independentRows(of: patterns)
  ///     print(rows.stabilities.min()!)
  ///
  /// Neuron i looks for the vector Jᵢ, without Jᵢᵢ, that holds all its bits at the largest distance,
  ///
  ///     κᵢ = min_μ ξᵢ^μ Σⱼ Jᵢⱼ ξⱼ^μ / |Jᵢ|
  ///
  /// by adding ξᵢ^μ ξ^μ for the pattern μ that is held least, again and again. Rows know nothing of each other, so
  /// Jᵢⱼ ≠ Jⱼᵢ: there is no energy, and these couplings are no `LearningRule`. Making them symmetric
  /// afterwards would destroy the margins; see `perceptron(margin:sweeps:)` for symmetric ones.
  ///
  /// After M steps |Jᵢ| / M is above the best κ possible, for each step adds at least that along
  /// the best direction: the gap between the two says how good the couplings are.
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
  ///   - precision: each κᵢ is at least 1 - precision of the largest possible.
  ///   - sweeps: P steps each; at most so many for a neuron.
  ///   - threads: at most this many; nil for all processors. What comes out does not depend on it.
  ///   - progress: called with the share of the neurons that are done, one call at a time.
  /// - Returns: N rows of N couplings, of length 1 each, so that fields at the patterns are
  ///   stabilities; and κᵢ for each neuron.
  /// - Throws: `LearningError.notConverged` with the number of neurons without those couplings, which is
  ///   the rule above P = 2 N, and `LearningError.tooLarge`.
  /// - Complexity: O(P) a step, of which a neuron needs some P / precision, and O(N² P).
  /// - Source: Gardner 1988; Krauth and Mézard 1987.
  public static func independentRows(
    of patterns: PatternSet, precision: Double = 0.05, sweeps: Int = 1000, threads: Int? = nil,
    progress: @escaping (Double) -> Void = { _ in }
  ) throws -> (couplings: [Float], stabilities: [Double]) {
    precondition(precision > 0 && precision < 1, "a precision of \(precision), not 0 to 1")
    try requireMatrix(of: patterns.size)
    let (size, count) = (patterns.size, patterns.count)
    let threads = threads ?? Parallel.processors
    guard count > 0 else {
      return (
        [Float](repeating: 0, count: size * size), [Double](repeating: .infinity, count: size)
      )
    }
    let overlaps = patterns.tiles.gram(ofFirst: count, threads: threads)
    let spins = Matrix<Double>(rowsOf: patterns)
    let rows = Slots<Row?>(count: size) { progress(Double($0) / Double(size)) }
    Parallel.forEach(size, threads: threads) { i in
      rows[i] = Row(
        spins: (0..<count).map { Int32(spins[$0, i]) }, overlaps: overlaps, size: size,
        precision: precision, steps: sweeps * count)
    }
    let learned = rows.all.compactMap { $0 }
    guard learned.count == size else {
      throw LearningError.notConverged(sweeps: sweeps, unstable: size - learned.count)
    }
    let weights = Matrix(rows: size, columns: count, elements: learned.flatMap(\.weights))
    var couplings = Matrix.product(weights.all, spins.all, threads: threads)
    for i in 0..<size { couplings[i, i] = 0 }
    return (couplings.elements.map { Float($0) }, learned.map(\.stability))
  }
}

/// What one neuron has learned.
private struct Row {
  /// Jᵢ = Σ_μ weights_μ ξ^μ, without its own site.
  let weights: [Double]
  let stability: Double

  /// Steps of minimal overlap until the gap closes, all in integers but for the test of the gap.
  ///
  /// - Parameters:
  ///   - spins: ξᵢ^μ.
  ///   - overlaps: ξ^μ · ξ^ν.
  init?(spins: [Int32], overlaps: [Int32], size: Int, precision: Double, steps: Int) {
    let count = spins.count
    var lessons = [Int](repeating: 0, count: count)
    // ξᵢ^μ Jᵢ · ξ^μ, without the site itself.
    var held = [Int](repeating: 0, count: count)
    var squaredLength = 0
    for step in 0...steps {
      var least = 0
      for mu in 1..<max(count, 1) where held[mu] < held[least] { least = mu }
      let length = Double(squaredLength).squareRoot()
      let bound = length / Double(step)
      if step > 0, Double(held[least]) >= (1 - precision) * bound * length, held[least] > 0 {
        weights = zip(lessons, spins).map { Double($0) * Double($1) / length }
        stability = Double(held[least]) / length
        return
      }
      squaredLength += 2 * held[least] + size - 1
      lessons[least] += 1
      let sign = Int(spins[least])
      let row = least * count
      for mu in 0..<count {
        held[mu] += sign * Int(spins[mu]) * Int(overlaps[row + mu]) - 1
      }
    }
    return nil
  }
}
