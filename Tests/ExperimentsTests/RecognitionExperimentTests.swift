import HopfieldExperiments
import HopfieldPatterns
import Testing

@Suite struct RecognitionExperimentTests {
  @Test func judgementsAreThoseOfPlainEnergies() {
    let (size, count, probes) = (30, 60, 10)
    let row = RecognitionExperiment(size: size, loads: [2], trials: 200, probes: probes, seed: 3)
      .measure()[0]
    let plain = plainTrials(60) { random in
      let patterns = random.patterns(count, size: size).map { $0.spins.map(Int.init) }
      func looksNew(_ state: [Int]) -> Bool {
        // −(1/2N) Σ_μ (M² − N), with M = ξ^μ·s, against −(N − 1)/4.
        var sum = 0
        for pattern in patterns {
          var overlap = 0
          for i in 0..<size { overlap += pattern[i] * state[i] }
          sum += overlap * overlap - size
        }
        return -2 * sum >= -size * (size - 1)
      }
      let missed = (0..<probes).count { looksNew(patterns[$0]) }
      let falselyKnown = (0..<probes).count { _ in
        !looksNew(Pattern.random(size: size, using: &random).spins.map(Int.init))
      }
      return [
        Double(missed) / Double(probes), Double(falselyKnown) / Double(probes),
        Double(missed + falselyKnown) / Double(2 * probes),
      ]
    }
    #expect(Estimate(row.errors, error: row.standardError).deviation(from: plain[2]) < 4)
    // The experiment's own errors of the halves: each is less certain than the whole.
    #expect(Estimate(row.missed, error: plain[0].error).deviation(from: plain[0]) < 4)
    #expect(Estimate(row.falselyKnown, error: plain[1].error).deviation(from: plain[1]) < 4)
    #expect(abs((row.missed + row.falselyKnown) / 2 - row.errors) < 1e-12)
  }

  /// Bogacz and Brown's law, at a size where the normal one is near.
  @Test func errorsAreTheTheorys() {
    for row in RecognitionExperiment(size: 150, loads: [4, 12], trials: 20, probes: 50, seed: 3)
      .measure()
    {
      let errors = Estimate(row.errors, error: row.standardError)
      // Of finite N, a few per cent of the rate.
      #expect(errors.deviation(from: Estimate(row.predicted, error: 0.05 * row.predicted)) < 4)
    }
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> RecognitionExperiment {
      RecognitionExperiment(size: 30, loads: [1, 2, 5], trials: 4, probes: 10, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["theory", "measured"])
  }
}
