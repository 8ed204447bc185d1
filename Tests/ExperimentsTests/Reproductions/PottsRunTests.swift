import HopfieldClassical
import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct PottsRunTests {
  /// Sweeps by explicit sums, on the patterns that the run draws.
  @Test(arguments: [2, 3])
  func descentsAreThoseOfExplicitFields(colours: Int) {
    let size = 30
    for load in [0.1, 0.5] {
      var random = SeededGenerator(seed: 10)
      let overlap = PottsRun.overlap(size: size, colours: colours, load: load, random: &random)
      random = SeededGenerator(seed: 10)
      let patterns = (0..<Int(load * Double(size))).map { _ in
        PottsPattern.random(size: size, colourCount: colours, using: &random)
      }
      func u(_ a: Int, _ b: Int) -> Int { a == b ? colours - 1 : -1 }
      var state = patterns[0]
      var moved = true
      while moved {
        moved = false
        for i in 0..<size {
          let fields = (0..<colours).map { colour in
            patterns.reduce(0) { sum, pattern in
              let others = (0..<size).reduce(0) { $0 + ($1 == i ? 0 : u(pattern[$1], state[$1])) }
              return sum + u(pattern[i], colour) * others
            }
          }
          let best = fields.max()!
          guard fields[state[i]] < best else { continue }
          state[i] = fields.firstIndex(of: best)!
          moved = true
        }
      }
      #expect(overlap == patterns[0].overlap(with: state))
    }
  }
}
