/// How scores become weights: a map from z to the simplex, the gradient of a convex function Ω*.
///
///     let weights = Separation.entmax(alpha: 1.5).weights(of: [2.0, 1.0, -3.0])
///     let sharp = ModernHopfieldNetwork(storing: memories, beta: 8, separation: .sparsemax)
///
/// With H a concave entropy of weights p (nonnegative; their sum is 1 unless said otherwise),
///
///     p(z) = argmax_p [p·z + H(p)],   Ω*(z) = max_p [p·z + H(p)],   ∇Ω* = p
///
/// Because Ω* is convex, `recall` descends the energy −[Ω*(βz) − Ω*(0)]/β + … for each of them, where
/// the similarity allows it (see ``Similarity`` for the table).
///
/// | case | H(p) | weights of exactly zero |
/// |---|---|---|
/// | `softmax` | Shannon, −Σ p ln p | none |
/// | `softmaxOne` | Shannon with a null memory of score 0, whose weight is 1 − Σ p | none |
/// | `topK(k)` | Shannon, at most k weights | all but k |
/// | `sparsemax` | Gini, ½ (1 − Σ p²) | scores 1 or more below the largest, or sooner |
/// | `entmax(alpha:)` | Tsallis, (1 − Σ p^α) / (α (α − 1)) | … 1/(α − 1) or more below |
/// | `normmax(gamma:)` | 1 − ‖p‖_γ | … 1 or more below |
///
/// `entmax(alpha: 1)` is softmax and `entmax(alpha: 2)` is sparsemax. Arithmetic is double.
///
/// - Complexity: O(n) a pass, a few passes; `topK` and entmax other than 1, 1.5 and 2 sort the n
///   scores, and the latter takes some 50 powers a score of its support.
/// - Source: Ramsauer et al. 2021 (softmax); Martins and Astudillo 2016 (sparsemax); Peters,
///   Niculae and Martins 2019 (entmax, its algorithm for 1.5); Blondel, Martins and Niculae 2020
///   (Fenchel-Young losses, normmax); Santos et al. 2024 (all of them as Hopfield energies).
public enum Separation: Hashable, Sendable {
  /// exp(z_i) / Σ exp(z_j).
  case softmax
  /// exp(z_i) / (1 + Σ exp(z_j)): one more memory, at the origin, that takes what nobody claims.
  case softmaxOne
  /// Softmax over the `k` largest scores; the lowest index among equals.
  case topK(Int)
  /// The Euclidean projection of the scores to the simplex.
  case sparsemax
  /// [(α − 1) z_i − τ]₊^{1/(α − 1)}, α ≥ 1.
  case entmax(alpha: Double)
  /// w / Σ w, w_i = [z_i − τ]₊^{1/(γ − 1)}, ‖w‖_γ = 1, γ > 1.
  case normmax(gamma: Double)

  /// The weights p(z); empty for no scores.
  ///
  /// Scores may be −∞ (such a memory never counts, unless all are), never NaN or +∞.
  public func weights(of scores: [Double]) -> [Double] {
    check(scores)
    guard let largest = scores.max() else { return [] }
    guard largest > -.infinity else { return [Double](repeating: 0, count: scores.count) }
    return map.weights(of: scores, largest: largest)
  }

  /// The weights of scores in single precision, computed in double.
  public func weights(of scores: [Float]) -> [Float] {
    weights(of: scores.map(Double.init)).map(Float.init)
  }

  /// Ω*(z) = max_p [p·z + H(p)]; for softmax, ln Σ exp z.
  ///
  /// −∞ for no scores (0 for `softmaxOne`).
  public func conjugate(of scores: [Double]) -> Double {
    let weights = weights(of: scores)
    guard let largest = scores.max(), largest > -.infinity else {
      return self == .softmaxOne ? 0 : -.infinity
    }
    return map.conjugate(of: scores, largest: largest, weights: weights)
  }

  /// H(p), the entropy of weights: Ω*(z) = p(z)·z + H(p(z)).
  public func entropy(of weights: [Double]) -> Double { map.entropy(of: weights) }

  /// What a gradient with respect to the weights is with respect to the scores: J g, J = ∂p/∂z.
  ///
  ///     let weights = separation.weights(of: scores)
  ///     let scoreGradient = separation.pullback(of: weightGradient, at: scores)
  ///
  /// J is symmetric. Where p has a kink (a score at the edge of the support, a tie at the k-th place)
  /// it is the derivative with the support as it is.
  public func pullback(of gradient: [Double], at scores: [Double]) -> [Double] {
    precondition(
      gradient.count == scores.count, "a gradient of \(gradient.count) for \(scores.count) scores")
    return map.pullback(of: gradient, at: weights(of: scores))
  }

  /// The pullback in single precision, computed in double.
  public func pullback(of gradient: [Float], at scores: [Float]) -> [Float] {
    pullback(of: gradient.map(Double.init), at: scores.map(Double.init)).map(Float.init)
  }

  /// Scores that lie this far below the largest have weight zero; nil where no distance is enough.
  public var margin: Double? { map.margin }

  /// Ω*(0) for `count` equal scores.
  func conjugateAtZero(count: Int) -> Double { map.conjugateAtZero(count: Double(count)) }

  /// Where the mathematics of each case stands.
  var map: any SeparationMap {
    switch self {
    case .softmax: Softmax()
    case .softmaxOne: SoftmaxOne()
    case .topK(let count): TopK(count: count)
    case .sparsemax: Sparsemax()
    case .entmax(1): Softmax()
    case .entmax(2): Sparsemax()
    case .entmax(let alpha): Entmax(alpha: alpha)
    case .normmax(let gamma): Normmax(gamma: gamma)
    }
  }

  private func check(_ scores: [Double]) {
    precondition(
      scores.allSatisfy { $0 < .infinity }, "a score is NaN or +infinity: weights are undefined")
  }
}

/// One separation: value, conjugate and pullback, side by side in one file each.
protocol SeparationMap: Sendable {
  /// p(z); `largest` is the largest score, and finite.
  func weights(of scores: [Double], largest: Double) -> [Double]
  /// Ω*(z), given p(z).
  func conjugate(of scores: [Double], largest: Double, weights: [Double]) -> Double
  /// H(p).
  func entropy(of weights: [Double]) -> Double
  /// J g, given p.
  func pullback(of gradient: [Double], at weights: [Double]) -> [Double]
  /// Ω*(0) for `count` scores.
  func conjugateAtZero(count: Double) -> Double
  /// See ``Separation/margin``.
  var margin: Double? { get }
  /// The e of Σ [(z − τ) / margin]₊^e = 1, where there is a margin: what finds τ.
  var exponent: Double? { get }
}

extension SeparationMap {
  func conjugate(of scores: [Double], largest: Double, weights: [Double]) -> Double {
    // Relative to the largest score, so that nothing cancels: Σ p = 1.
    var sum = 0.0
    for (score, weight) in zip(scores, weights) where weight > 0 {
      sum += weight * (score - largest)
    }
    return largest + sum + entropy(of: weights)
  }

  var margin: Double? { nil }
  var exponent: Double? { nil }
}

/// a·b.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
