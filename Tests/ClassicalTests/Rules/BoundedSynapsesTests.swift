import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@testable import HopfieldClassical

@Suite struct BoundedSynapsesTests {
  @Test("Couplings, energies and fixed points are those of brute force", arguments: [1, 2, 5])
  func bruteForce(bound: Int) throws {
    let (size, count) = (9, 40)
    let patterns = Golden.patterns(seed: 94, count: count, size: size)
    // K = ⌊A √9⌋.
    let rule = LearningRule.boundedSynapses(bound: (Double(bound) + 0.5) / 3)
    let reference = ReferenceNetwork(
      couplings: referenceCouplings(size) { i, j in
        Double(patterns.reduce(0) { max(-bound, min(bound, $0 + $1[i] * $1[j])) }) / 9
      })
    try checkRule(rule, storing: PatternSet(patterns), reference: reference, tolerance: 0x1p-24)
  }

  @Test("Patterns added one by one make the couplings of all together, to the last bit")
  func incremental() throws {
    #expect(LearningRule.boundedSynapses.isIncremental)
    // Sizes whose 1/N is no float, and walls that are met.
    for (size, bound) in [(50, 0.355), (37, 0.7), (3, 0.1)] {
      let patterns = Golden.patterns(seed: 95, count: 70, size: size)
      let rule = LearningRule.boundedSynapses(bound: bound)
      let whole = try HopfieldNetwork(storing: PatternSet(patterns), by: rule)
      #expect(try learnedOneByOne(rule, patterns).couplings() == whole.couplings())
    }
  }

  @Test("Without a bound it is Hebb's rule", arguments: [6, .infinity])
  func hebbian(bound: Double) throws {
    var generator = SeededGenerator(seed: 96)
    // 6 √100 = 60 steps for 60 patterns.
    let patterns = PatternSet.random(count: 60, size: 100, using: &generator)
    let network = try HopfieldNetwork(storing: patterns, by: .boundedSynapses(bound: bound))
    #expect(
      network.couplings(as: Float.self)
        == HopfieldNetwork(storing: patterns).couplings(as: Float.self))
  }

  @Test("In the long run a synapse is at each of its 2K + 1 levels as often as at any other")
  func levels() throws {
    let size = 100
    var generator = SeededGenerator(seed: 97)
    let patterns = PatternSet.random(count: 300, size: size, using: &generator)
    let network = try HopfieldNetwork(storing: patterns, by: .boundedSynapses(bound: 0.355))
    let couplings = network.couplings()
    // K = 3: a walk forgets its start within about K² steps.
    var counts = [Int](repeating: 0, count: 7)
    for i in 0..<size {
      for j in 0..<i { counts[Int((couplings[i * size + j] * 100).rounded()) + 3] += 1 }
    }
    let chi = ChiSquare(counts: counts, law: .init(repeating: 1.0 / 7, count: 7))
    #expect(chi.p > 0.001, "chi-square \(chi.statistic), \(counts)")
  }

  @Test("The newest patterns are known and the oldest are not; Hebb's rule knows none by then")
  func palimpsest() throws {
    let size = 400
    var generator = SeededGenerator(seed: 98)
    let patterns = PatternSet.random(count: size, size: size, using: &generator)
    let network = try HopfieldNetwork(storing: patterns, by: .boundedSynapses)
    let overlaps = Array(remanentOverlaps(of: network).reversed())
    #expect(overlaps[..<8].allSatisfy { $0 > 0.9 })
    #expect(overlaps[80...].allSatisfy { $0 < 0.7 })
    // Theory: 0.0405 N for N → ∞; K = 7 of 7.1 here.
    let known = Double(overlaps.filter { $0 > 0.7 }.count) / Double(size)
    #expect(abs(known - 0.0405) < 0.015, "\(known)")
    #expect(remanentOverlaps(of: HopfieldNetwork(storing: patterns)).allSatisfy { $0 < 0.7 })
  }
}
