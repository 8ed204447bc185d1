import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct DenseExperimentTests {
  /// Degree 2 is Hebb's network, whose wrong bits are binomial: the limit's formula is not needed.
  @Test(arguments: [1.25, 2])
  func degreeTwoIsTheBinomialLaw(relativeLoad: Double) {
    let row = DenseExperiment(
      size: 60, degrees: [2], relativeLoads: [relativeLoad], trials: 150, probes: 4, seed: 2
    ).measure()[0]
    let exact = Binomial.unstableBit(size: 60, count: row.patterns)
    let errors = Estimate(row.errors, error: row.standardError)
    #expect(errors.deviation(from: Estimate(exact, error: 0)) < 4, "\(row) \(exact)")
    // And the formula for large N is near.
    #expect(abs(row.predicted / exact - 1) < 0.5)
  }

  /// Degree 3, the energies of both values of each spin written out.
  @Test func degreeThreeIsBruteForce() {
    let size = 16
    let row = DenseExperiment(
      size: size, degrees: [3], relativeLoads: [2], trials: 200, probes: 3, seed: 2
    ).measure()[0]
    // 2 x 0.0502 x 16^2.
    #expect(row.patterns == 26)
    let plain = plainTrials(80) { random in
      let patterns = random.patterns(row.patterns, size: size).map { $0.spins.map(Double.init) }
      var wrong = 0
      for k in 0..<3 {
        let state = patterns[k]
        for i in 0..<size {
          var gain = 0.0
          for pattern in patterns {
            var rest = -pattern[i] * state[i]
            for j in 0..<size { rest += pattern[j] * state[j] }
            let (kept, flipped) = (rest + pattern[i] * state[i], rest - pattern[i] * state[i])
            gain += flipped * flipped * flipped - kept * kept * kept
          }
          if gain > 0 { wrong += 1 }
        }
      }
      return Double(wrong) / Double(3 * size)
    }
    #expect(Estimate(row.errors, error: row.standardError).deviation(from: plain) < 4)
  }

  /// Half a per cent of wrong bits at a relative load of 1, of any degree: Krotov and Hopfield's numbers.
  @Test func relativeLoadsAreInUnitsOfTheirTable() {
    for (degree, factor) in [(2, 0.1507), (3, 0.0502), (4, 0.0100)] {
      var power = 1.0
      for _ in 1..<degree { power *= 100 }
      let patterns = DenseExperiment.patterns(degree: degree, size: 100, relativeLoad: 1)
      #expect(abs(Double(patterns) / power - factor) < 0.00005 + 0.5 / power)
    }
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> DenseExperiment {
      DenseExperiment(
        size: 20, degrees: [2, 3], relativeLoads: [1, 2], trials: 4, probes: 2, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["Krotov and Hopfield 2016"])
  }
}
