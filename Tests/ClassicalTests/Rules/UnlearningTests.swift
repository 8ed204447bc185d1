import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@testable import HopfieldClassical

@Suite struct UnlearningTests {
  private func random(count: Int, size: Int, seed: UInt64 = 101) -> PatternSet {
    var generator = SeededGenerator(seed: seed)
    return .random(count: count, size: size, using: &generator)
  }

  @Test("Dreams are those of brute force, one after another")
  func bruteForce() throws {
    // N and 1/ε are powers of two: every sum is exact, and ties are ties.
    let (size, dreams, strength) = (8, 60, 1.0 / 64)
    let patterns = random(count: 4, size: size)
    var couplings = referenceCouplings(size) { i, j in
      Double(patterns.indices.reduce(0) { $0 + patterns[$1][i] * patterns[$1][j] }) / 8
    }
    for dream in 0..<dreams {
      var generator = SeededGenerator(seed: 3, stream: dream)
      let start = Pattern.random(size: size, using: &generator)
      let state = ReferenceNetwork(couplings: couplings).relax(start).state
      for i in 0..<size {
        for j in 0..<size where i != j {
          couplings[i][j] -= strength / 8 * Double(state[i] * state[j])
        }
      }
    }
    try checkRule(
      .unlearning(dreams: dreams, strength: strength, seed: 3), storing: patterns,
      reference: ReferenceNetwork(couplings: couplings), tolerance: 0)
  }

  @Test("Without dreams, or with dreams that leave no trace, it is Hebb's rule")
  func hebbian() throws {
    let patterns = random(count: 9, size: 60)
    let hebbian = HopfieldNetwork(storing: patterns).couplings(as: Float.self)
    for rule in [
      LearningRule.unlearning(dreams: 0), .unlearning(dreams: 3, strength: 0),
      .unlearning(dreams: nil, strength: 0),
    ] {
      let network = try HopfieldNetwork(storing: patterns, by: rule)
      #expect(network.couplings(as: Float.self) == hebbian)
    }
  }

  @Test("The seed decides about the dreams")
  func seeds() throws {
    let patterns = random(count: 9, size: 60)
    let networks = try [1, 1, 2].map { (seed: UInt64) in
      try HopfieldNetwork(storing: patterns, by: .unlearning(dreams: 20, seed: seed)).couplings()
    }
    #expect(networks[0] == networks[1])
    #expect(networks[0] != networks[2])
  }

  @Test("At P = 0.3 N Hebb's rule has lost its patterns, and after the usual dreams all are fixed")
  func capacity() throws {
    let patterns = random(count: 30, size: 100)
    let dreamt = try HopfieldNetwork(storing: patterns, by: .unlearning)
    #expect(HopfieldNetwork(storing: patterns).unstableBits().filter { $0 == 0 }.count <= 3)
    #expect(dreamt.unstableBits().allSatisfy { $0 == 0 })
    // Twice the patterns' trace, and nothing is left of them.
    let empty = try HopfieldNetwork(
      storing: patterns, by: .unlearning(dreams: 600, strength: 0.1))
    #expect(empty.unstableBits().allSatisfy { $0 > 0 })
  }

  @Test("Hopfield, Feinstein and Palmer 1983: more random starts reach memories")
  func access() throws {
    let (size, starts) = (100, 300)
    let patterns = random(count: 8, size: size)
    func reached(_ network: HopfieldNetwork) -> Int {
      var generator = SeededGenerator(seed: 4)
      return (0..<starts).filter { _ in
        let state = network.recall(from: Pattern.random(size: size, using: &generator)).state
        return patterns.overlaps(with: state).contains { abs($0) == 1 }
      }.count
    }
    let before = reached(HopfieldNetwork(storing: patterns))
    let after = reached(try HopfieldNetwork(storing: patterns, by: .unlearning))
    // Counts of 300: three standard deviations of a difference are at most 3 √150 = 37.
    #expect(after > before + 37, "\(before) \(after)")
  }
}
