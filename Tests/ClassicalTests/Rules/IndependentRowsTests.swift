import HopfieldClassical
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct IndependentRowsTests {
  /// The least of xi_i (J_i, xi) over the patterns, and the length, of each row.
  private func measured(
    _ couplings: [Float], _ patterns: PatternSet
  ) -> [(stability: Double, length: Double)] {
    let size = patterns.size
    let rows = patterns.indices.map { patterns[$0].spins.map(Double.init) }
    return (0..<size).map { i in
      let row = couplings[i * size..<(i + 1) * size].map(Double.init)
      let held = rows.map { xi in xi[i] * zip(row, xi).reduce(0) { $0 + $1.0 * $1.1 } }
      return (held.min()!, row.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
  }

  @Test("Rows have length 1, no own coupling, and the stabilities that are told")
  func rows() throws {
    var rng = SeededGenerator(seed: 1988)
    let patterns = PatternSet.random(count: 20, size: 41, using: &rng)
    let learned = try LearningRule.independentRows(of: patterns, threads: 1)
    for (i, row) in measured(learned.couplings, patterns).enumerated() {
      #expect(learned.couplings[i * 42] == 0)
      #expect(abs(row.length - 1) < 1e-5)
      #expect(abs(row.stability - learned.stabilities[i]) < 1e-5)
    }
    let other = try LearningRule.independentRows(of: patterns, threads: 2)
    #expect(other.couplings == learned.couplings)
  }

  @Test("No other rule holds patterns better, to the precision")
  func optimal() throws {
    var rng = SeededGenerator(seed: 1987)
    let patterns = PatternSet.random(count: 15, size: 41, using: &rng)
    let best = try LearningRule.independentRows(of: patterns, precision: 0.02).stabilities
    for rule in [LearningRule.hebbian, .projection, .storkey, .perceptron(margin: 5)] {
      let network = try HopfieldNetwork(storing: patterns, by: rule)
      for (i, row) in measured(network.couplings(as: Float.self), patterns).enumerated() {
        #expect(row.stability / row.length <= best[i] / 0.98 + 1e-5, "\(rule.name)")
      }
    }
  }

  @Test("Orthogonal patterns have stability sqrt((N - P) / P)")
  func orthogonal() throws {
    // The first rows of Sylvester's matrix of 16: Gram matrix N - 1 and -1 without the site itself.
    let rows = (0..<4).map { mu in
      Pattern((0..<16).map { ($0 & (mu + 1)).nonzeroBitCount % 2 == 0 ? 1 : -1 })
    }
    let learned = try LearningRule.independentRows(of: PatternSet(rows), precision: 1e-6)
    #expect(learned.stabilities.allSatisfy { abs($0 - 3.0.squareRoot()) < 1e-5 })
  }

  @Test("The mean stability at load 1/2 is near Gardner's 1.0343")
  func gardner() throws {
    var rng = SeededGenerator(seed: 1989)
    let patterns = PatternSet.random(count: 40, size: 81, using: &rng)
    let stabilities = try LearningRule.independentRows(of: patterns, precision: 0.1).stabilities
    let mean = stabilities.reduce(0, +) / 81
    // Within the precision below, and above by what small networks have more.
    #expect(mean > 0.9 * 1.0343 && mean < 1.2 * 1.0343)
  }

  @Test("Above P = 2 N most neurons find nothing, and the error counts them")
  func notConverged() {
    var rng = SeededGenerator(seed: 1990)
    let patterns = PatternSet.random(count: 80, size: 15, using: &rng)
    #expect {
      _ = try LearningRule.independentRows(of: patterns, sweeps: 5)
    } throws: {
      $0 as? LearningError == .notConverged(sweeps: 5, unstable: 15)
    }
  }
}
