import HopfieldClassical
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct HebbianTests {
  @Test(arguments: Golden.smallNetworks(rule: "hebb").filter { $0.size <= 8 })
  func enumeration(of small: SmallNetwork) throws {
    try checkEnumeration(of: .hebbian, small, tolerance: 1e-12)
  }

  /// A pattern more is the network of all of them, and takes nothing but the pattern.
  @Test func patternsAreAddedAndForgotten() throws {
    let patterns = Golden.patterns(seed: 7, count: 4, size: 33)
    var network = try HopfieldNetwork(storing: PatternSet(patterns[..<3]), by: .hebbian)
    #expect(try network.learn(patterns[3]) == 3)
    let whole = HopfieldNetwork(storing: PatternSet(patterns))
    #expect(network.couplings() == whole.couplings())
    network.forget(3)
    #expect(
      network.couplings() == HopfieldNetwork(storing: PatternSet(patterns[..<3])).couplings())
  }

  /// HKP's table 2.1 and AGS: what the theory of the rule says, by numbers of the literature.
  @Test func promises() throws {
    let patterns = PatternSet(Golden.patterns(seed: 8, count: 138, size: 1000))
    #expect(abs(LearningRule.hebbian.capacity(patterns)! - 137.9) < 0.1)
    #expect(abs(LearningRule.hebbian.bitError(patterns)! - 0.0036) < 0.0001)
    #expect(LearningRule.hebbian.isLocal && LearningRule.hebbian.isIncremental)
  }
}
