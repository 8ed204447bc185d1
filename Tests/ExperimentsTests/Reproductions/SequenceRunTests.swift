import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct SequenceRunTests {
  /// Explicit sums over couplings, on the patterns that the run draws.
  @Test func overlapsAreThoseOfTheMatrix() {
    let (size, count) = (60, 12)
    var random = SeededGenerator(seed: 5)
    let run = SequenceRun(size: size, load: 0.2, steps: 6, random: &random)
    random = SeededGenerator(seed: 5)
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    let rows = (0..<count).map { patterns[$0].spins.map(Int.init) }
    var state = rows[0]
    for (step, overlap) in run.overlaps.enumerated() {
      let fields = (0..<size).map { i in
        (0..<size).reduce(0) { sum, j in
          sum + (0..<count).reduce(0) { $0 + rows[($1 + 1) % count][i] * rows[$1][j] } * state[j]
        }
      }
      for i in 0..<size where fields[i] != 0 { state[i] = fields[i] > 0 ? 1 : -1 }
      let dot = zip(state, rows[(step + 1) % count]).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(overlap == Double(dot) / Double(size))
    }
    #expect(run.isLost == (run.overlaps.last! < 0.5))
    #expect(run.isLost || run.overlaps.count == 6)
  }
}
