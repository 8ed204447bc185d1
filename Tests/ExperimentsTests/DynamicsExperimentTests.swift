import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct DynamicsExperimentTests {
  @Test func overlapsAreThoseOfPlainSteps() {
    let rows = DynamicsExperiment(
      size: 40, load: 0.1, overlaps: [0.4], steps: 3, trials: 300, seed: 3
    ).measure()
    let plain = plainTrials(200) { random in
      let patterns = random.patterns(4, size: 40)
      let network = ReferenceNetwork(storing: patterns, size: 40)
      var state = patterns[0].flipping(count: 12, using: &random)
      return (0...3).map { step in
        if step > 0 { state = network.step(state) }
        return patterns[0].overlap(with: state)
      }
    }
    for (row, plain) in zip(rows, plain).dropFirst() {
      #expect(Estimate(row.overlap, error: row.standardError).deviation(from: plain) < 4)
    }
    #expect(abs(rows[0].overlap - 0.4) < 1e-12)
    #expect(rows.map(\.step) == [0, 1, 2, 3])
  }

  /// Two steps of Amari and Maginu are exact for large N.
  @Test func theFirstStepsAreTheTheorys() {
    let rows = DynamicsExperiment(
      size: 3000, load: 0.1, overlaps: [0.3, 0.6], steps: 2, trials: 6, seed: 4
    ).measure()
    for row in rows where row.step > 0 {
      let measured = Estimate(row.overlap, error: row.standardError)
      #expect(measured.deviation(from: Estimate(row.predicted, error: 0.002)) < 4, "\(row)")
    }
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> DynamicsExperiment {
      DynamicsExperiment(
        size: 50, load: 0.1, overlaps: [0.2, 0.5, 0.9], steps: 3, trials: 5, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["Amari and Maginu 1988"])
  }
}
