import HopfieldClassical
import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct SpuriousExperimentTests {
  private static let kinds = ["stored", "reversed", "mixture", "other"]

  /// What a state is, by the definitions of the kinds and three patterns.
  private func kind(of state: Pattern, _ patterns: [Pattern]) -> String {
    let overlaps = patterns.map { $0.overlap(with: state) }
    let largest = overlaps.max { abs($0) < abs($1) }!
    if abs(largest) >= 0.9 { return largest > 0 ? "stored" : "reversed" }
    let agreeing = (0..<state.size).count { i in
      let sum = zip(patterns, overlaps).reduce(0) { $0 + ($1.1 < 0 ? -1 : 1) * $1.0[i] }
      return (sum > 0) == (state[i] > 0)
    }
    return Double(agreeing) >= 0.95 * Double(state.size) ? "mixture" : "other"
  }

  @Test func sharesAreThoseOfPlainSweeps() {
    let size = 25
    let rows = SpuriousExperiment(size: size, loads: [0.12], trials: 500, seed: 3).measure()
    #expect(rows.map(\.kind) == Self.kinds)
    #expect(rows.allSatisfy { $0.patterns == 3 })
    let plain = plainTrials(250) { random in
      let patterns = random.patterns(3, size: size)
      let start = Pattern.random(size: size, using: &random)
      let end = ReferenceNetwork(storing: patterns, size: size).relax(start)
      let kind = kind(of: end.state, patterns)
      return Self.kinds.map { $0 == kind ? 1 : 0 } + [end.energies.last! / Double(size)]
    }
    for (row, plain) in zip(rows, plain) {
      #expect(Estimate(row.share, error: row.standardError).deviation(from: plain) < 4, "\(row)")
    }
    #expect(abs(rows.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    let energy = rows.reduce(0) { $0 + $1.share * ($1.energy ?? 0) }
    #expect(Estimate(energy, error: plain[4].error).deviation(from: plain[4]) < 4)
    // E(s) = E(−s): as many end at the reverse.
    let reverse = Estimate(rows[1].share, error: rows[1].standardError)
    let stored = Estimate(rows[0].share, error: rows[0].standardError)
    #expect(stored.deviation(from: reverse) < 4)
  }

  /// One pattern and an odd number of neurons: every start goes to it or to its reverse.
  @Test func onePatternHasNoOtherAttractors() {
    let rows = SpuriousExperiment(size: 41, loads: [0.02], trials: 100, seed: 3).measure()
    #expect(rows[0].share + rows[1].share == 1)
    // −N/2 (1 − 1/N).
    #expect(abs(rows[0].energy! + 0.5 * 40 / 41) < 1e-12)
    #expect(rows[0].overlap == 1)
    #expect(rows[2].energy == nil && rows[3].energy == nil)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> SpuriousExperiment {
      SpuriousExperiment(size: 50, loads: [0.05, 0.1, 0.2], trials: 10, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["stored", "mixtures of 3 end"])
  }
}
