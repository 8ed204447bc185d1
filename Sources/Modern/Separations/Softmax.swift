internal import HopfieldKernels

/// Softmax: p_i = exp(z_i) / Σ exp(z_j), Ω*(z) = ln Σ exp(z_j), H Shannon's entropy.
struct Softmax: SeparationMap {
  func weights(of scores: [Double], largest: Double) -> [Double] {
    normalized(scores.map { exponential($0 - largest) }, extra: 0)
  }

  func conjugate(of scores: [Double], largest: Double, weights: [Double]) -> Double {
    largest + logarithm(scores.reduce(0) { $0 + exponential($1 - largest) })
  }

  func entropy(of weights: [Double]) -> Double { shannon(weights) }

  /// p ∘ (g − p·g).
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double] {
    let mean = dot(weights, gradient)
    return zip(weights, gradient).map { $0 * ($1 - mean) }
  }

  func conjugateAtZero(count: Double) -> Double { logarithm(count) }
}

/// Softmax with one more memory at the origin, of score 0 ("softmax-one", Miller 2023).
///
/// p_i = exp(z_i) / (1 + Σ exp(z_j)), Ω*(z) = ln(1 + Σ exp(z_j)).
///
/// Weights sum to less than 1; the rest is the null memory's, and counts in the entropy.
struct SoftmaxOne: SeparationMap {
  func weights(of scores: [Double], largest: Double) -> [Double] {
    let top = max(largest, 0)
    return normalized(scores.map { exponential($0 - top) }, extra: exponential(-top))
  }

  func conjugate(of scores: [Double], largest: Double, weights: [Double]) -> Double {
    let top = max(largest, 0)
    return top + logarithm(scores.reduce(exponential(-top)) { $0 + exponential($1 - top) })
  }

  func entropy(of weights: [Double]) -> Double {
    shannon(weights + [max(0, 1 - weights.reduce(0, +))])
  }

  /// p ∘ (g − p·g): the null memory's gradient is 0.
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double] {
    Softmax().pullback(of: gradient, at: weights)
  }

  func conjugateAtZero(count: Double) -> Double { logarithm(count + 1) }
}

/// Softmax over the k largest scores.
///
/// Ω* is the largest log-sum-exp of any k of them, a maximum of convex functions. A tie at the k-th place goes to the lowest index.
struct TopK: SeparationMap {
  let count: Int

  init(count: Int) {
    precondition(count > 0, "the \(count) largest scores, not at least 1")
    self.count = count
  }

  func weights(of scores: [Double], largest: Double) -> [Double] {
    var kept = [Double](repeating: -.infinity, count: scores.count)
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    for i in order.prefix(count) { kept[i] = scores[i] }
    return Softmax().weights(of: kept, largest: largest)
  }

  func entropy(of weights: [Double]) -> Double { shannon(weights) }

  /// Softmax's, over the scores that count.
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double] {
    Softmax().pullback(of: gradient, at: weights)
  }

  func conjugateAtZero(count all: Double) -> Double { logarithm(min(all, Double(count))) }
}

/// −Σ p ln p.
private func shannon(_ weights: [Double]) -> Double {
  -weights.reduce(0) { $1 > 0 ? $0 + $1 * logarithm($1) : $0 }
}

/// Values over their sum and `extra`.
private func normalized(_ values: [Double], extra: Double) -> [Double] {
  let sum = values.reduce(extra, +)
  return values.map { $0 / sum }
}
