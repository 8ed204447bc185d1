internal import HopfieldKernels

/// Entmax: p_i = [(α − 1) z_i − τ]₊^{1/(α − 1)} with Σ p = 1, between softmax (α → 1) and argmax.
///
/// H is Tsallis' (1 − Σ p^α) / (α (α − 1)). For α = 3/2 the threshold is found exactly
/// (``QuadraticThreshold``). For other α, not the threshold is searched but the smallest weight of the
/// support: for large α a threshold in floating point cannot tell weights apart that differ much
/// (p = t^{1/(α−1)} turns t = 10⁻¹⁶ into 0.7 at α = 100), the weight itself can.
struct Entmax: SeparationMap {
  let alpha: Double

  init(alpha: Double) {
    precondition(alpha >= 1 && alpha.isFinite, "entmax with alpha \(alpha), not at least 1")
    self.alpha = alpha
  }

  func weights(of scores: [Double], largest: Double) -> [Double] {
    if alpha == 1.5 {
      let threshold = QuadraticThreshold.find(scores, largest: largest, scale: 0.5)
      return scores.map {
        let t = max(0, ($0 - largest) / 2 - threshold)
        return t * t
      }
    }
    return general(scores, largest: largest)
  }

  /// Weights for any α, by the smallest weight of the support.
  ///
  /// With bᵢ = (α − 1)(z_max − zᵢ) in ascending order and u the largest score less τ, the support is
  /// {b < u}. It has m members if g(b_{m−1}) < 1 ≤ g(b_m), g(u) = Σ [u − bᵢ]₊^{1/(α−1)}; then y, the
  /// weight of its last member, solves Σ (y^{α−1} + b_{m−1} − bᵢ)^{1/(α−1)} = 1.
  private func general(_ scores: [Double], largest: Double) -> [Double] {
    let (scale, exponent) = (alpha - 1, 1 / (alpha - 1))
    let order = scores.indices.filter { scale * (largest - scores[$0]) < 1 }
      .sorted { scores[$0] > scores[$1] }
    let depths = order.map { scale * (largest - scores[$0]) }
    let mass = { (u: Double) in
      depths.reduce(0.0) { $1 < u ? $0 + power(u - $1, exponent) : $0 }
    }
    var (members, more) = (1, depths.count + 1)  // mass(depths[members - 1]) < 1 always
    while more - members > 1 {
      let middle = (members + more) / 2
      if mass(depths[middle - 1]) < 1 { members = middle } else { more = middle }
    }
    let last = depths[members - 1]
    let above = depths.prefix(members).map { last - $0 }
    let weights = { (y: Double) in
      let t = power(y, scale)
      return above.map { $0 == 0 ? y : power(t + $0, exponent) }
    }
    let y = increasingRoot { weights($0).reduce(0, +) - 1 }
    var result = [Double](repeating: 0, count: scores.count)
    let found = weights(y)
    let sum = found.reduce(0, +)
    for (i, weight) in zip(order, found) { result[i] = weight / sum }
    return result
  }

  func entropy(of weights: [Double]) -> Double {
    (1 - weights.reduce(0) { $1 > 0 ? $0 + power($1, alpha) : $0 }) / (alpha * (alpha - 1))
  }

  /// s ∘ (g − s·g / Σ s) with s = p^{2−α} on the support.
  ///
  /// Gradients are taken relative to that of the largest s, which may outweigh all others.
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double] {
    let slopes = weights.map { $0 > 0 ? min(power($0, 2 - alpha), 1e250) : 0 }
    guard let top = slopes.indices.max(by: { slopes[$0] < slopes[$1] }), slopes[top] > 0 else {
      return [Double](repeating: 0, count: weights.count)
    }
    let shares = slopes.map { $0 / slopes[top] }
    let relative = gradient.map { $0 - gradient[top] }
    let mean = dot(shares, relative) / shares.reduce(0, +)
    var result = zip(slopes, relative).map { $0 * ($1 - mean) }
    result[top] = 0
    result[top] = -result.reduce(0, +)
    return result
  }

  func conjugateAtZero(count: Double) -> Double {
    (1 - power(count, 1 - alpha)) / (alpha * (alpha - 1))
  }

  var margin: Double? { 1 / (alpha - 1) }
  var exponent: Double? { 1 / (alpha - 1) }
}

/// The threshold τ of Σ [scale · z_i − τ]₊² = 1: 1.5-entmax has scale ½, 2-normmax 1.
enum QuadraticThreshold {
  /// τ less scale · `largest`, in [−1, 0).
  ///
  /// Newton's iteration from the left stays left of the root of a convex falling function, so the
  /// support shrinks to the right one; there the equation is quadratic and solved in closed form.
  static func find(_ scores: [Double], largest: Double, scale: Double) -> Double {
    var left: [Double] = scores.lazy.map { scale * ($0 - largest) }.filter { $0 > -1 }
    var threshold = -1.0
    while true {
      let count = Double(left.count)
      let mean = left.reduce(0, +) / count
      let spread = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let closed = mean - (max(0, 1 - spread) / count).squareRoot()
      // The closed form counts scores below the threshold as if they were above: it is right
      // where there are none, and so is the support.
      if spread <= 1, left.allSatisfy({ $0 > closed }) { return closed }
      var (first, second) = (0.0, 0.0)
      for t in left { (first, second) = (first + (t - threshold), second + power2(t - threshold)) }
      let next = threshold + (second - 1) / (2 * first)
      guard next > threshold else { return threshold }
      threshold = next
      left = left.filter { $0 > threshold }
    }
  }

  private static func power2(_ x: Double) -> Double { x * x }
}

/// The root in [0, 1] of an increasing function with f(0) < 0 ≤ f(1), to the last bit or nearly.
///
/// By halving, sped up by the secant's guess.
func increasingRoot(_ f: (Double) -> Double) -> Double {
  var (low, high) = (0.0, 1.0)
  var (below, above) = (f(low), f(high))
  guard above > 0 else { return high }
  guard below < 0 else { return low }
  for step in 0..<200 {
    var middle = (low + high) / 2
    if step % 3 != 2 {  // two secants, one halving
      let secant = low - below * (high - low) / (above - below)
      if secant > low && secant < high { middle = secant }
    }
    guard middle > low && middle < high else { break }
    let value = f(middle)
    if value == 0 { return middle }
    if value < 0 { (low, below) = (middle, value) } else { (high, above) = (middle, value) }
    if high - low <= 4 * high.ulp { break }
  }
  return -below < above ? low : high
}
