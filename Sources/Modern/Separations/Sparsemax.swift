/// Sparsemax: p_i = [z_i − τ]₊ with Σ p = 1, the projection of z to the simplex.
///
/// H is Gini's ½ (1 − Σ p²). Michelot's iteration finds τ: it starts below the answer and drops what
/// falls out until nothing does, exactly and in a few passes.
struct Sparsemax: SeparationMap {
  func weights(of scores: [Double], largest: Double) -> [Double] {
    let threshold = Self.threshold(of: scores, largest: largest)
    return scores.map { max(0, $0 - largest - threshold) }
  }

  /// τ less the largest score, in [−1, 0).
  static func threshold(of scores: [Double], largest: Double) -> Double {
    // Only scores within 1 of the largest can count.
    var left: [Double] = scores.lazy.map { $0 - largest }.filter { $0 > -1 }
    var threshold = -1.0
    while true {
      threshold = (left.reduce(0, +) - 1) / Double(left.count)
      let kept = left.filter { $0 > threshold }
      if kept.count == left.count { return threshold }
      left = kept
    }
  }

  func entropy(of weights: [Double]) -> Double { (1 - dot(weights, weights)) / 2 }

  /// On the support: g − its mean; 0 elsewhere.
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double] {
    var (sum, count) = (0.0, 0.0)
    for (weight, g) in zip(weights, gradient) where weight > 0 {
      (sum, count) = (sum + g, count + 1)
    }
    return zip(weights, gradient).map { $0 > 0 ? $1 - sum / count : 0 }
  }

  func conjugateAtZero(count: Double) -> Double { (1 - 1 / count) / 2 }

  var margin: Double? { 1 }
  var exponent: Double? { 1 }
}
