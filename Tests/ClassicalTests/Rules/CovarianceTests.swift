import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@testable import HopfieldClassical

@Suite struct CovarianceTests {
  private func biased(count: Int, size: Int, bias: Double, seed: UInt64 = 88) -> PatternSet {
    var generator = SeededGenerator(seed: seed)
    return .biased(count: count, size: size, bias: bias, using: &generator)
  }

  /// The rule in double, term by term, at mean spin `mean`.
  private func reference(
    _ patterns: PatternSet, mean: Double, threshold: Double
  ) -> ReferenceNetwork {
    let rows = patterns.indices.map { patterns[$0].spins.map { Double($0) - mean } }
    let scale = 1 / (Double(patterns.size) * (1 - mean * mean))
    let couplings = referenceCouplings(patterns.size) { i, j in
      scale * rows.reduce(0) { $0 + $1[i] * $1[j] }
    }
    return ReferenceNetwork(
      couplings: couplings,
      thresholds: couplings.map { threshold + mean * $0.reduce(0, +) })
  }

  @Test("Couplings, thresholds, energies and fixed points are those of brute force")
  func bruteForce() throws {
    for (seed, bias) in [(1, -0.6), (2, 0.3), (3, -0.2)] {
      let patterns = biased(count: 6, size: 9, bias: bias, seed: UInt64(seed))
      let up = patterns.indices.reduce(0) { $0 + patterns[$1].upCount }
      let mean = 2 * Double(up) / 54 - 1
      try checkRule(
        .covariance, storing: patterns,
        reference: reference(patterns, mean: mean, threshold: -mean), tolerance: 1e-6)
      try checkRule(
        .covariance(codingLevel: 0.2, threshold: 0.7), storing: patterns,
        reference: reference(patterns, mean: -0.6, threshold: 0.7), tolerance: 1e-6)
    }
  }

  @Test("In units 0 and 1 it is Tsodyks and Feigelman's rule, with twice their fields")
  func binaryUnits() throws {
    let level = 0.3
    let patterns = biased(count: 5, size: 12, bias: -0.4)
    let network = try HopfieldNetwork(
      storing: patterns, by: .covariance(codingLevel: level, threshold: 0.5))
    let units = patterns.indices.map { patterns[$0].spins.map { Double($0 + 1) / 2 - level } }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20 {
      let state = Pattern.random(size: 12, using: &generator)
      for (i, field) in network.localFields(at: state).enumerated() {
        var sum = 0.0
        for row in units {
          for j in 0..<12 where j != i { sum += row[i] * row[j] * (state[j] > 0 ? 1 : 0) }
          for j in 0..<12 where j != i { sum -= row[i] * row[j] * level }
        }
        let expected = 2 * (sum / (12 * level * (1 - level)) - 0.5 / 2)
        #expect(abs(field - expected) < 1e-5)
      }
    }
  }

  @Test("At coding level 1/2 it is Hebb's rule, to the last bit")
  func hebbian() throws {
    var patterns = biased(count: 4, size: 50, bias: -0.5)
    let unbalanced = patterns
    patterns.append(unbalanced.indices.map { -unbalanced[$0] })
    for (set, rule) in [
      (patterns, LearningRule.covariance), (unbalanced, .covariance(codingLevel: 0.5)),
    ] {
      let network = try HopfieldNetwork(storing: set, by: rule)
      #expect(network.couplings() == HopfieldNetwork(storing: set).couplings())
      #expect(network.thresholds == nil)
      #expect(network.engineName == "patterns")
    }
    let raised = try HopfieldNetwork(
      storing: patterns, by: .covariance(codingLevel: 0.5, threshold: 0.1))
    #expect(raised.thresholds == .init(repeating: 0.1, count: 50))
  }

  @Test("Patterns added one by one make the couplings of all together", arguments: [0.2, 0.5])
  func incremental(level: Double) throws {
    let rule = LearningRule.covariance(codingLevel: level)
    #expect(rule.isIncremental && !LearningRule.covariance.isIncremental)
    let patterns = biased(count: 15, size: 40, bias: -0.6)
    let whole = try HopfieldNetwork(storing: patterns, by: rule)
    let grown = try learnedOneByOne(rule, patterns.indices.map { patterns[$0] })
    // Fifteen roundings of couplings below one.
    #expect(grown.couplings().deviation(from: whole.couplings()) < 15 * 0x1p-24)
    #expect(
      (grown.thresholds ?? []).deviation(from: whole.thresholds ?? []) < 40 * 15 * 0x1p-24)
  }

  @Test("Patterns that do not vary are an error, no pattern is none")
  func uniform() throws {
    for spin in [-1, 1] {
      let patterns = PatternSet([Pattern(repeating: spin, size: 10)])
      #expect(throws: LearningError.uniform(spin: spin)) {
        try HopfieldNetwork(storing: patterns, by: .covariance)
      }
    }
    let empty = try HopfieldNetwork(storing: PatternSet(size: 10), by: .covariance)
    #expect(empty.couplings().allSatisfy { $0 == 0 })
  }

  @Test("The usual threshold lies midway between the fields of neurons that are up and down")
  func threshold() throws {
    let patterns = biased(count: 10, size: 400, bias: -0.8)
    let rule = LearningRule.covariance(codingLevel: 0.1)
    let network = try HopfieldNetwork(storing: patterns, by: rule)
    var sums = (up: 0.0, down: 0.0, ups: 0.0)
    patterns.forEach { _, pattern in
      for (i, field) in network.localFields(at: pattern).enumerated() {
        if pattern[i] > 0 { (sums.up, sums.ups) = (sums.up + field, sums.ups + 1) }
        if pattern[i] < 0 { sums.down += field }
      }
    }
    // a = -0.8: means 1 - a + a and -1 - a + a, that is 1 and -1. Each field has a variance of about
    // P (1 - a²) / N = 0.009, and each pattern's share of ups that of a binomial: 15 % of 0.1.
    #expect(abs(sums.up / sums.ups - 1) < 0.1)
    #expect(abs(sums.down / (4000 - sums.ups) + 1) < 0.1)
  }

  @Test("Crosstalk has the variance (1 - a²) P / N: sparse patterns disturb each other less")
  func crosstalk() throws {
    let (size, count, mean) = (200, 60, -0.8)
    let patterns = biased(count: count, size: size, bias: mean)
    let network = try HopfieldNetwork(
      storing: patterns, by: .covariance(codingLevel: 0.1, threshold: 0))
    var sum = 0.0
    patterns.forEach { _, pattern in
      let squares = pattern.spins.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      for (i, field) in network.localFields(at: pattern).enumerated() {
        // The pattern's own part, with the other neurons as they are.
        let own = Double(pattern[i]) - mean
        let signal = own * (squares - own * own) / (Double(size) * 0.36)
        sum += (field - signal) * (field - signal)
      }
    }
    let expected = 0.36 * Double((count - 1) * (size - 1)) / Double(size * size)
    // 1770 pairs of patterns, each with an overlap that varies by its own size.
    #expect(abs(sum / Double(count * size) / expected - 1) < 4 * (2.0 / 1770).squareRoot() * 1.6)
  }

  @Test("Sparse patterns at f = 0.1 stand far above Hebb's load, and Hebb's rule loses them")
  func sparse() throws {
    // P = 0.4 N: three times Hebb's capacity. The margin is 1.
    let patterns = biased(count: 160, size: 400, bias: -0.8)
    let network = try HopfieldNetwork(storing: patterns, by: .covariance(codingLevel: 0.1))
    #expect(unstableShare(of: network) < 0.01)

    // P = 0.2 N, from a tenth of the active neurons silenced and as many woken.
    let fewer = biased(count: 80, size: 400, bias: -0.8, seed: 5)
    let sparse = try HopfieldNetwork(storing: fewer, by: .covariance(codingLevel: 0.1))
    let hebbian = HopfieldNetwork(storing: fewer)
    var generator = SeededGenerator(seed: 9)
    for index in 0..<10 {
      let pattern = fewer[index]
      let ups = (0..<400).filter { pattern[$0] > 0 }
      let downs = (0..<400).filter { pattern[$0] < 0 }
      let cue = pattern.flipping(fraction: 0.1, of: ups, using: &generator)
        .flipping(sites: [downs[3 * index], downs[7 * index + 1], downs[11 * index + 2]])
      #expect(sparse.recall(from: cue).state.overlap(with: pattern) > 0.98)
      // Hebb's couplings all but agree: everybody falls silent.
      #expect(hebbian.recall(from: cue).state.upCount == 0)
    }
  }
}
