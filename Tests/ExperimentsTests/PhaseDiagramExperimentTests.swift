import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct PhaseDiagramExperimentTests {
  /// One pattern is a magnet without noise: m = tanh(m/T).
  @Test func onePatternIsACurieWeissMagnet() {
    let rows = PhaseDiagramExperiment(
      size: 1000, loads: [0.001], temperatures: [0.5, 0.7, 1.2], sweeps: 40, trials: 5, seed: 2
    ).measure()
    // The solutions of the equation.
    for (row, overlap) in zip(rows, [0.957504, 0.828635, 0]) {
      #expect(row.patterns == 1)
      // Of finite N, at high temperature, m fluctuates by about 1/√N.
      #expect(abs(row.overlap - overlap) < 5 * row.standardError + 0.004, "\(row)")
    }
    #expect(rows[2].predicted == 0)
    // The theory's noise of a load of 0.001 is there, but small.
    for (row, overlap) in zip(rows, [0.957504, 0.828635]) {
      #expect(abs(row.predicted - overlap) < 0.01)
    }
  }

  @Test(arguments: [0, 0.6])
  func overlapsAreThoseOfAPlainHeatBath(temperature: Double) {
    let sweeps = 6
    let row = PhaseDiagramExperiment(
      size: 30, loads: [0.1], temperatures: [temperature], sweeps: sweeps, trials: 300, seed: 6
    ).measure()[0]
    let plain = plainTrials(150) { random in
      let patterns = random.patterns(3, size: 30)
      let network = ReferenceNetwork(storing: patterns, size: 30)
      if temperature == 0 {
        return patterns[0].overlap(with: network.relax(patterns[0]).state)
      }
      var spins = patterns[0].spins.map(Double.init)
      var sum = 0.0
      for sweep in 0..<sweeps {
        for i in spins.indices {
          var field = 0.0
          for j in spins.indices { field += network.weights[i][j] * spins[j] }
          spins[i] = random.share() < logistic(2 * field / 30 / temperature) ? 1 : -1
        }
        if sweep >= sweeps / 2 { sum += patterns[0].overlap(with: Pattern(spins)) }
      }
      return sum / Double(sweeps - sweeps / 2)
    }
    #expect(Estimate(row.overlap, error: row.standardError).deviation(from: plain) < 4)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> PhaseDiagramExperiment {
      PhaseDiagramExperiment(
        size: 40, loads: [0.05, 0.1], temperatures: [0, 0.4], sweeps: 4, trials: 3, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2),
      showing: ["retrieval ends", "lowest free energy", "spin glass", "overlap"])
  }
}
