import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct TransitionExperimentTests {
  @Test func rowsAreTheSameOnAnyNumberOfThreads() {
    let experiment = TransitionExperiment(
      sizes: [128], motions: [.sequential, .parallel], loadsPerSize: 2, samples: 3, starts: 4,
      seed: 5)
    #expect(experiment.measure(threads: 1) == experiment.measure(threads: 2))
  }

  @Test func loadsAreThoseOfWholePatternsAndRise() {
    let rows = TransitionExperiment(
      sizes: [150], loadsPerSize: 5, samples: 1, starts: 1, seed: 5
    ).measure()
    for row in rows { #expect(row.load == Double(row.patterns) / 150) }
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.load < $1.load })
    // From 1.5 widths below to 1 above the place where half are retrieved.
    #expect(abs(rows[0].load - (0.1379 + (0.8 - 1.5 * 0.55) / 150.0.squareRoot())) < 0.004)
  }

  /// Against descents that are run by hand from the same random numbers.
  @Test func retrievedIsTheShareThatStaysAbove() {
    let experiment = TransitionExperiment(
      sizes: [128], loadsPerSize: 2, samples: 2, starts: 6, seed: 8)
    for (index, row) in experiment.measure().enumerated() {
      var seeds = SeededGenerator(seed: 8, stream: index)
      let seed = seeds.next()
      var kept = 0
      for sample in 0..<2 {
        var random = SeededGenerator(seed: seed, stream: sample)
        let patterns = PatternSet.random(count: row.patterns, size: 128, using: &random)
        let network = HopfieldNetwork(storing: patterns)
        for k in 0..<6 {
          var state = patterns[k]
          var overlap = 1.0
          while overlap >= 0.7 {
            let next = network.recall(from: Cue(state), maxSteps: 1).state
            overlap = patterns[k].overlap(with: next)
            if next == state { break }
            state = next
          }
          if overlap >= 0.7 { kept += 1 }
        }
      }
      // A mean of shares of a few starts, each of them rounded.
      #expect(abs(row.retrieved - Double(kept) / 12) <= 2 * .ulpOfOne)
    }
  }

  @Test func warmRunsEndAfterTheirSweeps() {
    let rows = TransitionExperiment(
      sizes: [128], temperature: 0.1, sweeps: 3, loadsPerSize: 2, samples: 2, starts: 2, seed: 5
    ).measure()
    for row in rows {
      #expect(row.temperature == 0.1)
      #expect(row.sweeps <= 3)
    }
  }
}
