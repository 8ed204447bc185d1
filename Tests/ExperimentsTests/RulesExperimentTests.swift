import HopfieldClassical
import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct RulesExperimentTests {
  /// Hebb's: one step against the binomial law, recall against plain sweeps.
  @Test func hebbsRuleIsTheBinomialLawAndPlainSweeps() {
    let (size, count, trials) = (40, 6, 300)
    let row = RulesExperiment(
      size: size, loads: [0.15], initial: 0.6, trials: trials, seed: 3, rules: [.hebbian]
    ).measure()[0]
    #expect(row.patterns == count)
    let stable = 1 - Binomial.unstableBit(size: size, count: count)
    // Bits of a pattern share their overlaps with the others: twice the deviation of independent ones.
    let deviation = 2 * Binomial.deviation(stable, of: size * trials)
    #expect(abs(row.stableBits - stable) < 4 * deviation)
    let plain = plainTrials(150) { random in
      let patterns = random.patterns(count, size: size)
      let cue = patterns[0].flipping(count: 8, using: &random)
      let end = ReferenceNetwork(storing: patterns, size: size).relax(cue).state
      let overlap = patterns[0].overlap(with: end)
      return [overlap, overlap >= 0.9 ? 1 : 0]
    }
    #expect(Estimate(row.overlap, error: row.standardError).deviation(from: plain[0]) < 4)
    #expect(Estimate(row.retrieved, error: plain[1].error).deviation(from: plain[1]) < 4)
  }

  /// Rules that promise fixed points keep them, at a load where Hebb's does not.
  @Test(arguments: ["projection", "projection-diagonal", "perceptron", "minimum-probability-flow"])
  func patternsAreFixedPointsOfRulesThatPromiseIt(_ name: String) {
    let row = RulesExperiment(
      size: 50, loads: [0.4], trials: 3, seed: 3, rules: [.named(name)!]
    ).measure()[0]
    #expect(row.learned == 1)
    #expect(row.stableBits == 1)
    let hebbian = RulesExperiment(size: 50, loads: [0.4], trials: 3, seed: 3, rules: [.hebbian])
      .measure()[0]
    #expect(hebbian.stableBits < 1)
  }

  /// More patterns than neurons are not independent: nothing is learned, and nothing recalled.
  @Test func whatCannotBeLearnedIsNotRecalled() {
    let row = RulesExperiment(size: 20, loads: [1.5], trials: 3, seed: 1, rules: [.projection])
      .measure()[0]
    #expect(row.learned == 0)
    #expect(row.stableBits == 0 && row.overlap == 0 && row.retrieved == 0)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> RulesExperiment {
      RulesExperiment(
        size: 30, loads: [0.1, 0.2], trials: 4, seed: seed, rules: [.hebbian, .projection])
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["hebbian", "projection"])
  }
}
