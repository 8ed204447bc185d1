import Foundation
import HopfieldModern
import TestSupport
import Testing

@Suite struct SeparationTests {
  @Test(
    "Weights are nonnegative, sum to 1 and keep the order of the scores", arguments: allSeparations)
  func simplex(of separation: Separation) {
    var random = Vectors(seed: 1)
    for scale in [0.0, 0.01, 1, 30, 1e6] {
      for count in [1, 2, 3, 17, 400] {
        let scores = random.vector(count).map { scale * $0 }
        let weights = separation.weights(of: scores)
        #expect(weights.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-12 })
        let sum = weights.reduce(0, +)
        if separation == .softmaxOne {
          #expect(sum < 1 + 1e-12)
        } else {
          #expect(abs(sum - 1) < 1e-12, "\(separation) \(scale) \(count): \(sum)")
        }
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        for (a, b) in zip(order, order.dropFirst()) { #expect(weights[a] >= weights[b] - 1e-14) }
      }
    }
  }

  @Test("Sparsemax is the projection to the simplex, by brute force over supports")
  func projection() {
    var random = Vectors(seed: 2)
    for trial in 0..<200 {
      let scores = random.vector(1 + trial % 9).map { 2 * $0 }
      var best = (distance: Double.infinity, point: [Double]())
      for support in 1..<(1 << scores.count) {
        let inside = scores.indices.filter { support >> $0 & 1 == 1 }
        let shift = (inside.reduce(0) { $0 + scores[$1] } - 1) / Double(inside.count)
        var point = [Double](repeating: 0, count: scores.count)
        for i in inside { point[i] = scores[i] - shift }
        guard point.allSatisfy({ $0 >= 0 }) else { continue }
        let distance = norm(point - scores)
        if distance < best.distance { best = (distance, point) }
      }
      #expect(Separation.sparsemax.weights(of: scores).deviation(from: best.point) < 1e-12)
    }
  }

  @Test("Entmax and normmax equal bisection of the threshold in double")
  func bisection() {
    var random = Vectors(seed: 3)
    for trial in 0..<100 {
      let scores = random.vector(2 + trial % 60).map { Double(1 + trial % 5) * $0 }
      for alpha in [1.1, 1.25, 1.5, 1.9, 2, 2.5] {
        let expected = bisect(scores.map { (alpha - 1) * $0 }, power: 1 / (alpha - 1)) { $0 }
        let error = Separation.entmax(alpha: alpha).weights(of: scores).deviation(from: expected)
        #expect(error < 1e-9, "alpha \(alpha): \(error)")
      }
      for gamma in [1.5, 2, 3] {
        // Σ w^γ = 1, then over the sum.
        let expected = bisect(scores, power: 1 / (gamma - 1)) { pow($0, gamma) }
        let sum = expected.reduce(0, +)
        let error = Separation.normmax(gamma: gamma).weights(of: scores)
          .deviation(from: expected.map { $0 / sum })
        #expect(error < 1e-7, "gamma \(gamma): \(error)")
      }
    }
  }

  private func bisect(
    _ scores: [Double], power: Double, mass: (Double) -> Double
  ) -> [Double] {
    let weights = { (t: Double) in scores.map { $0 > t ? pow($0 - t, power) : 0 } }
    var (low, high) = (scores.max()! - 1, scores.max()!)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if weights(middle).reduce(0, { $0 + mass($1) }) > 1 { low = middle } else { high = middle }
    }
    return weights(low)
  }

  @Test(
    "Entmax is softmax at alpha 1, sparsemax at 2, continuous between, and stable for large alpha")
  func limits() {
    let scores = [1.0, 0.9, 0.2, -3]
    let softmax = Separation.softmax.weights(of: scores)
    #expect(Separation.entmax(alpha: 1).weights(of: scores) == softmax)
    #expect(Separation.entmax(alpha: 1.000001).weights(of: scores).deviation(from: softmax) < 1e-5)
    let sparsemax = Separation.sparsemax.weights(of: scores)
    #expect(Separation.entmax(alpha: 2).weights(of: scores) == sparsemax)
    #expect(
      Separation.entmax(alpha: 2.000001).weights(of: scores).deviation(from: sparsemax) < 1e-5)

    // Two scores whose smaller weight no threshold in floating point could represent: the weights
    // p and q solve p^(α-1) - q^(α-1) = (α-1) (z_1 - z_2), p + q = 1.
    for alpha in [10.0, 100, 1000] {
      let p = 0.993
      let gap = (pow(p, alpha - 1) - pow(1 - p, alpha - 1)) / (alpha - 1)
      let weights = Separation.entmax(alpha: alpha).weights(of: [gap, 0])
      #expect(abs(weights[0] - p) < 1e-9, "alpha \(alpha)")
      let single: [Float] = Separation.entmax(alpha: alpha).weights(of: [0.25, 0.25, 0.25, -9])
      let third: Float = 1 / 3
      #expect(single == [third, third, third, 0])
    }
  }

  @Test(
    "Fenchel and Young: Ω*(z) = p·z + H(p), and no other weights reach it",
    arguments: allSeparations)
  func conjugates(of separation: Separation) {
    var random = Vectors(seed: 4)
    for trial in 0..<60 {
      let scores = random.vector(2 + trial % 12).map { Double(1 + trial % 4) * $0 }
      let weights = separation.weights(of: scores)
      let conjugate = separation.conjugate(of: scores)
      let value = product(weights, scores) + separation.entropy(of: weights)
      let error = abs(conjugate - value) / max(1, abs(value))
      #expect(error < 1e-12, "\(separation)")
      // Weights of other scores are weights too.
      for _ in 0..<5 {
        let others = separation.weights(of: random.vector(scores.count).map { 3 * $0 })
        let other = product(others, scores) + separation.entropy(of: others)
        #expect(other <= conjugate + 1e-12)
      }
      let shifted = separation.conjugate(of: scores.map { $0 + 5 })
      if separation != .softmaxOne { #expect(abs(shifted - conjugate - 5) < 1e-12) }
    }
  }

  @Test("The conjugate's gradient is the weights, by finite differences", arguments: allSeparations)
  func gradients(of separation: Separation) {
    var random = Vectors(seed: 5)
    for trial in 0..<30 {
      let scores = random.vector(3 + trial % 9).map { 2 * $0 }
      let weights = separation.weights(of: scores)
      for i in scores.indices {
        let h = 1e-5
        let slope = difference(scores, i, h) { separation.conjugate(of: $0) }
        let error = abs(slope - weights[i])
        #expect(error < 1e-4, "\(separation)")
      }
    }
  }

  @Test("Pullbacks pass finite differences in double", arguments: allSeparations)
  func pullbacks(of separation: Separation) {
    var random = Vectors(seed: 6)
    var checked = 0
    for trial in 0..<60 {
      let scores = random.vector(3 + trial % 9).map { (1 + 0.1 * Double(trial % 20)) * $0 }
      let gradient = random.vector(scores.count)
      let h = 1e-6
      // A kink in reach says nothing about the derivative: the support must not change nearby.
      let support = { (z: [Double]) in separation.weights(of: z).map { $0 > 1e-3 } }
      let near = scores.indices.flatMap { i in
        [1e-3, -1e-3].map { step in
          var moved = scores
          moved[i] += step
          return moved
        }
      }
      let weights = separation.weights(of: scores)
      guard near.allSatisfy({ support($0) == support(scores) }),
        weights.allSatisfy({ $0 == 0 || $0 > 2e-3 })
      else { continue }
      checked += 1
      let pulled = separation.pullback(of: gradient, at: scores)
      for i in scores.indices {
        let slope = difference(scores, i, h) { product(separation.weights(of: $0), gradient) }
        let error = abs(slope - pulled[i]) / max(1, abs(slope))
        #expect(error < 1e-6, "\(separation): \(slope), \(pulled[i])")
      }
    }
    #expect(checked >= 5, "\(separation): only \(checked) cases without a kink")
  }

  private func difference(
    _ point: [Double], _ i: Int, _ h: Double, _ f: ([Double]) -> Double
  ) -> Double {
    var (up, down) = (point, point)
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)
  }

  @Test("Extreme scores give no NaN: ties, hidden memories, huge gaps", arguments: allSeparations)
  func extremes(of separation: Separation) {
    let cases: [[Double]] = [
      [], [0], [-1e300, 1e300], [1e300, 1e300, 1e300], [0, -.infinity, 0],
      [-.infinity, -.infinity],
      [1e-300, -1e-300, 0], [Double](repeating: 3, count: 100),
    ]
    for scores in cases {
      let weights = separation.weights(of: scores)
      #expect(weights.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(!separation.conjugate(of: scores).isNaN)
      let pulled = separation.pullback(of: scores.map { _ in 1 }, at: scores)
      #expect(pulled.allSatisfy { !$0.isNaN })
      for (weight, score) in zip(weights, scores) where score == -.infinity { #expect(weight == 0) }
    }
    let equal = separation.weights(of: [Double](repeating: 3, count: 4))
    if case .topK = separation {} else { #expect(Set(equal.map { Float($0) }).count == 1) }
  }
}
