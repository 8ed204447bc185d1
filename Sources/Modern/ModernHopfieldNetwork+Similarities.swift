internal import HopfieldKernels

/// Similarities and steps in double: what recall, energies and theory are made of.
extension ModernHopfieldNetwork {
  /// z_i for every row.
  func similarities(with state: [Double], threads: Int) -> [Double] {
    let measuring = measuring
    let compared = similarity == .cosine ? direction(of: state) ?? state : state
    let measures = memoriesAsCompared.measures(
      measuring.measure, with: compared, known: known, threads: threads)
    return measuring.factor == 1 ? measures : measures.map { measuring.factor * $0 }
  }

  /// The score of softmax-one's null memory, at the origin.
  func nullSimilarity(of state: [Double]) -> Double {
    switch similarity {
    case .dot, .cosine: return 0
    case .negativeSquaredDistance: return -squaredNorm(state) / 2
    case .negativeManhattanDistance:
      var sum = 0.0
      for k in state.indices where known?[k] ?? true { sum += state[k].magnitude }
      return -sum
    }
  }

  /// Scores β z as the separation takes them: relative to the null memory where there is one.
  ///
  /// β may be so large that only differences stay finite: the largest is subtracted first.
  func scores(_ similarities: [Double], null: Double) -> (scores: [Double], offset: Double) {
    let offset = separation == .softmaxOne ? null : similarities.max() ?? 0
    let beta = beta
    return (similarities.map { max(-1e300, min(1e300, beta * ($0 - offset))) }, offset)
  }

  /// p and f(z) = [Ω*(βz) − Ω*(0)]/β; at β = 0 its limit Σ p z.
  func weigh(_ similarities: [Double], null: Double) -> (weights: [Double], potential: Double) {
    guard !similarities.isEmpty else { return ([], 0) }
    let (scores, offset) = scores(similarities, null: null)
    let weights = separation.weights(of: scores)
    let beta = beta
    guard beta > 0 else {
      var sum = 0.0
      for (p, z) in zip(weights, similarities) { sum += p * z }
      return (weights, separation == .softmaxOne ? sum + (1 - weights.reduce(0, +)) * null : sum)
    }
    let largest = scores.max()!
    let conjugate = separation.map.conjugate(of: scores, largest: largest, weights: weights)
    let atZero = separation.conjugateAtZero(count: count)
    return (weights, offset + (conjugate - atZero) / beta)
  }

  /// The energy of a state whose potential is f.
  func energy(of state: [Double], potential: Double) -> Double {
    guard count > 0 else { return 0 }
    guard similarity == .dot else { return -potential }
    return (squaredNorm(state) + largestSquaredNorm) / 2 - potential
  }

  /// What the update makes of `state` under `weights`.
  func step(from state: [Double], weights: [Double], threads: Int) -> [Double] {
    guard count > 0 else { return state }
    let sum = memoriesAsCompared.combined(weights, threads: threads)
    return similarity == .cosine ? direction(of: sum) ?? state : sum
  }

  /// x·x over the known coordinates.
  func squaredNorm(_ vector: [Double]) -> Double {
    var sum = 0.0
    for k in vector.indices where known?[k] ?? true { sum += vector[k] * vector[k] }
    return sum
  }

  /// The vector over its length, or nil where that is 0.
  func direction(of vector: [Double]) -> [Double]? {
    let largest = vector.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { return nil }
    // Scaled first, so that squares neither overflow nor vanish.
    let scaled = vector.map { $0 / largest }
    let length = dot(scaled, scaled).squareRoot()
    return scaled.map { $0 / length }
  }
}

extension VectorRows {
  /// x·x of every row, over the known coordinates.
  func squaredNorms(known: [Bool]?) -> [Double] {
    let origin = [Double](repeating: 0, count: dimension)
    return measures(.squaredDistance, with: origin, known: known, threads: Parallel.processors)
  }

  /// Every row over its length, of the same precision; rows of length 0 stay.
  func normalized(_ squaredNorms: [Double]) -> VectorRows {
    var result = self
    for row in 0..<count where squaredNorms[row] > 0 {
      let length = squaredNorms[row].squareRoot()
      result.set(row, to: self[row].map { $0 / length })
    }
    return result
  }
}
