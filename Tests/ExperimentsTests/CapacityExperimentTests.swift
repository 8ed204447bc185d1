import HopfieldClassical
import HopfieldExperiments
import TestSupport
import Testing

@Suite struct CapacityExperimentTests {
  private struct FiniteSize: Decodable {
    let rows: [[String: Double]]
  }

  /// Against a Monte Carlo by other code, within joint errors: 4 of them, for there are 32 rows.
  @Test func overlapsAreThoseOfAnIndependentSimulation() {
    let golden = Golden.load(FiniteSize.self, from: "finite_size")
    for row in golden.rows {
      let trials = row["N"]! <= 500 ? 100 : 40
      let experiment = CapacityExperiment(
        size: Int(row["N"]!), loads: [row["alpha"]!], trials: trials, seed: 11)
      let ours = experiment.rows(of: 0, threads: nil) { _ in }[0]
      #expect(ours.patterns == Int(row["p"]!))
      let overlap = Estimate(ours.overlap, error: ours.standardError)
      #expect(
        overlap.deviation(from: Estimate(row["mean_m"]!, error: row["sem_m"]!)) < 4, "\(row)")
      let retrieved = Estimate(
        successes: Int((ours.retrieved * Double(trials)).rounded()), of: trials)
      let samples = row["samples"]!
      let theirs = Estimate(
        successes: Int((row["frac_m_above_0p9"]! * samples).rounded()), of: Int(samples))
      #expect(retrieved.deviation(from: theirs) < 4, "\(row)")
    }
  }

  @Test func theSameNumbersOnAnyNumberOfThreads() {
    let experiment = CapacityExperiment(size: 200, loads: [0.1, 0.16], trials: 9, seed: 3)
    #expect(experiment.measure(threads: 1) == experiment.measure(threads: 2))
  }

  @Test func interruptedRunsGoOn() {
    let experiment = CapacityExperiment(size: 100, loads: [0.05, 0.1, 0.2], trials: 4, seed: 3)
    let whole = experiment.measure()
    var stops = 0
    let resumed = experiment.measure(
      resuming: Array(whole.prefix(2)), onRows: { _ in stops += 1 })
    #expect(resumed == whole)
    #expect(stops == 1)
    // Rows of another seed are not ours.
    let other = CapacityExperiment(size: 100, loads: [0.05, 0.1, 0.2], trials: 4, seed: 4)
    #expect(other.measure(resuming: whole) == other.measure())
  }

  /// What is harder is rarer: near, exact, all.
  @Test func definitionsAreOrdered() {
    let shares = CapacityExperiment.Stored.allCases.map { stored in
      CapacityExperiment(size: 200, loads: [0.1], trials: 40, seed: 5, stored: stored)
        .rows(of: 0, threads: nil) { _ in }[0].retrieved
    }
    #expect(shares[0] > shares[1])
    #expect(shares[1] > shares[2])
  }
}
