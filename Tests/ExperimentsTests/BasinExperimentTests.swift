import HopfieldClassical
import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct BasinExperimentTests {
  @Test(arguments: [0.2, 0.5, 0.8])
  func endsAreThoseOfPlainSweeps(overlap: Double) {
    let row = BasinExperiment(size: 40, load: 0.1, overlaps: [overlap], trials: 300, seed: 5)
      .measure()[0]
    #expect(row.patterns == 4)
    let plain = plainTrials(150) { random in
      let patterns = random.patterns(4, size: 40)
      let cue = patterns[0].flipping(count: Int((20 * (1 - overlap)).rounded()), using: &random)
      let recall = ReferenceNetwork(storing: patterns, size: 40).relax(cue)
      let end = patterns[0].overlap(with: recall.state)
      return [end, end >= 0.9 ? 1 : 0, Double(recall.flips.count)]
    }
    #expect(Estimate(row.final, error: row.standardError).deviation(from: plain[0]) < 4)
    #expect(Estimate(row.retrieved, error: row.retrievedError).deviation(from: plain[1]) < 4)
    // As many sweeps, the last of which changes nothing.
    #expect(Estimate(row.sweeps, error: plain[2].error).deviation(from: plain[2]) < 4)
  }

  /// The projection rule keeps every pattern, and at a low load brings all near ones back.
  @Test func projectionKeepsPatterns() {
    let rows = BasinExperiment(
      size: 100, load: 0.1, overlaps: [0.8, 1], trials: 5, seed: 2, memory: .classical(.projection)
    ).measure()
    for row in rows { #expect(row.retrieved == 1 && row.final == 1) }
    #expect(rows[1].sweeps == 1)
  }

  @Test func theRadiusIsWhereHalfComeBack() throws {
    let experiment = BasinExperiment(
      size: 30, load: 0.1, overlaps: [0.2, 0.4], trials: 2, seed: 1)
    var rows = experiment.measure()
    (rows[0].retrieved, rows[1].retrieved) = (0.25, 0.75)
    let findings = experiment.findings(from: rows)
    #expect(findings.map(\.name) == ["criticalOverlap", "radius"])
    #expect(abs(findings[0].value - 0.3) < 1e-12)
    #expect(abs(findings[1].value - 0.35) < 1e-12)
    rows[1].retrieved = 0.3
    #expect(experiment.findings(from: rows).isEmpty)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> BasinExperiment {
      BasinExperiment(size: 60, load: 0.1, overlaps: [0.2, 0.5, 0.9], trials: 5, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2),
      showing: ["share retrieved", "final overlap"])
  }
}
