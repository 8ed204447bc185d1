internal import HopfieldKernels

/// Normmax: H(p) = 1 − ‖p‖_γ, γ > 1.
///
/// From Blondel, Martins and Niculae 2020, and Santos et al. 2024.
/// p = w / Σ w with w_i = [z_i − τ]₊^{1/(γ − 1)} and Σ w^γ = 1; then Ω*(z) = τ + 1. For γ = 2 the
/// threshold is exact.
struct Normmax: SeparationMap {
  let gamma: Double

  init(gamma: Double) {
    precondition(gamma > 1 && gamma.isFinite, "normmax with gamma \(gamma), not above 1")
    self.gamma = gamma
  }

  func weights(of scores: [Double], largest: Double) -> [Double] {
    let threshold = threshold(of: scores, largest: largest)
    let unscaled = scores.map { score in
      let t = max(0, score - largest - threshold)
      return gamma == 2 ? t : t > 0 ? power(t, 1 / (gamma - 1)) : 0
    }
    let sum = unscaled.reduce(0, +)
    return unscaled.map { $0 / sum }
  }

  /// τ less the largest score, in [−1, 0).
  private func threshold(of scores: [Double], largest: Double) -> Double {
    if gamma == 2 { return QuadraticThreshold.find(scores, largest: largest, scale: 1) }
    let depths: [Double] = scores.lazy.map { largest - $0 }.filter { $0 < 1 }
    let exponent = gamma / (gamma - 1)
    return -increasingRoot { u in
      depths.reduce(-1) { $1 < u ? $0 + power(u - $1, exponent) : $0 }
    }
  }

  func conjugate(of scores: [Double], largest: Double, weights: [Double]) -> Double {
    largest + threshold(of: scores, largest: largest) + 1
  }

  func entropy(of weights: [Double]) -> Double { 1 - norm(weights) }

  private func norm(_ weights: [Double]) -> Double {
    guard let largest = weights.max(), largest > 0 else { return 0 }
    let sum = weights.reduce(0) { $1 > 0 ? $0 + power($1 / largest, gamma) : $0 }
    return largest * power(sum, 1 / gamma)
  }

  /// J = diag(a) − a pᵀ − p aᵀ + (Σ a) p pᵀ, a_i = w_i^{2−γ} / ((γ − 1) Σ w) on the support.
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double] {
    // w = p / ‖p‖, for ‖w‖ = 1.
    let norm = norm(weights)
    let slopes = weights.map { p in
      p > 0 ? min(power(p / norm, 2 - gamma), 1e250) * norm / (gamma - 1) : 0
    }
    let mean = dot(weights, gradient)
    let relative = zip(slopes, gradient).map { $0 * ($1 - mean) }
    let sum = relative.reduce(0, +)
    return zip(relative, weights).map { $0 - $1 * sum }
  }

  func conjugateAtZero(count: Double) -> Double { 1 - power(count, 1 / gamma - 1) }

  var margin: Double? { 1 }
  var exponent: Double? { gamma / (gamma - 1) }
}
