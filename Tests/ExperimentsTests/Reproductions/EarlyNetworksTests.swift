import HopfieldClassical
import HopfieldPatterns
import HopfieldTheory
import Testing

@testable import HopfieldExperiments

/// What the reproductions of Hopfield 1982, McEliece 1987 and AGS 1985 measure, against loops over spins.
@Suite struct EarlyNetworksTests {
  /// Wrong bits of every pattern by the definition, of units 0/1 and of spins.
  private func wrongBits(_ patterns: [[Int]], units: Bool) -> [Int] {
    let size = patterns[0].count
    return patterns.map { pattern in
      (0..<size).count { i in
        let field = (0..<size).reduce(0) { field, j in
          let coupling = j == i ? 0 : patterns.reduce(0) { $0 + $1[i] * $1[j] }
          return field + coupling * (units ? (pattern[j] + 1) / 2 : pattern[j])
        }
        return field * pattern[i] < 0
      }
    }
  }

  @Test func stableMemoriesAreThoseOfTheDefinition() {
    for seed in 0..<20 {
      var random = SeededGenerator(seed: UInt64(seed))
      var same = random
      let found = StableMemories(count: 4, size: 11, random: &random)
      let patterns = PatternSet.random(count: 4, size: 11, using: &same)
      let spins = patterns.indices.map { patterns[$0].spins.map(Int.init) }
      #expect(found.wrongUnits == wrongBits(spins, units: true))
      #expect(found.wrongSpins == wrongBits(spins, units: false))
      var again = SeededGenerator(seed: UInt64(seed))
      let exact = ExactPatterns(count: 4, size: 11, random: &again)
      #expect(exact.wrongBits == found.wrongSpins)
      let shares = ExactPatterns.Shares(of: [exact, exact])
      #expect(shares.fixed.value == Double(exact.wrongBits.count { $0 == 0 }) / 4)
      #expect(shares.allFixed.value == (exact.wrongBits == [0, 0, 0, 0] ? 1 : 0))
    }
  }

  /// Over all 2^(4·3) sets of patterns.
  @Test func expectedWrongBitsAreTheMeanOverAllPatterns() {
    let (count, size) = (3, 4)
    var sum = 0
    for bits in 0..<1 << (count * size) {
      let patterns = (0..<count).map { mu in
        (0..<size).map { 2 * (bits >> (mu * size + $0) & 1) - 1 }
      }
      sum += wrongBits(patterns, units: true).reduce(0, +)
    }
    let mean = Double(sum) / Double(count << (count * size))
    #expect(abs(StableMemories.wrongBits(count: count, size: size) - mean) < 1e-13)
  }

  /// N = 100, n = 10: fields of ½N = 50 with a variance of ½ · 9 · 100 = 450.
  @Test func thePapersEstimate() {
    let error = Gaussian.distribution(-50 / 450.0.squareRoot())
    var all = 1.0
    for _ in 0..<100 { all *= 1 - error }
    let estimate = StableMemories.independentEstimate(count: 10, size: 100)
    // exp(−Np) for (1 − p)^N.
    #expect(abs(estimate - all) < 0.003)
  }

  @Test func oneMemoryIsRetrievedWhole() {
    var random = SeededGenerator(seed: 2)
    let run = RetrievalRun(size: 100, load: 0.01, starts: 5, random: &random)
    #expect(run.overlap == 1)
    // −½ (N² − N)/N for N neurons.
    #expect(abs(run.energy + 0.495) < 1e-12)
  }

  @Test func overlapsWithoutAWrongSpinAreNotWithoutError() {
    let estimate = Estimate(ofOverlaps: [1, 1, 1], size: 100)
    #expect(estimate.value == 1)
    #expect(estimate.error > 0.005 && estimate.error < 0.02)
    let spread = Estimate(ofOverlaps: [0.9, 0.5, 0.7], size: 100)
    #expect(abs(spread.error - Estimate(of: [0.9, 0.5, 0.7]).error) < 1e-15)
  }
}
