import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// What holds for every rule of the package, at its usual settings.
@Suite struct AllRulesTests {
  @Test("Energies fall, fixed points stay", arguments: LearningRule.all.map(\.name))
  func laws(of name: String) throws {
    let rule = try #require(LearningRule.named(name))
    for (seed, count, size) in [(102, 3, 40), (103, 5, 65)] {
      let patterns = Golden.patterns(seed: UInt64(seed), count: count, size: size)
      let starts = Golden.patterns(seed: 104, count: 5, size: size) + patterns
      let network = try HopfieldNetwork(storing: PatternSet(patterns), by: rule)
      // Sums of doubles, whose terms are below one.
      checkAssociativeMemory(network, from: starts, tolerance: 1e-9)
      // At low load every rule stores: nothing but rounding and bad luck is against it.
      #expect(network.unstableBits().reduce(0, +) <= size * count / 50)
    }
  }

  @Test("No pattern makes no coupling", arguments: LearningRule.all.map(\.name))
  func empty(_ name: String) throws {
    let rule = try #require(LearningRule.named(name))
    let network = try HopfieldNetwork(storing: PatternSet(size: 12), by: rule)
    #expect(network.couplings().allSatisfy { $0 == 0 })
    #expect(network.recall(from: Pattern(repeating: 1, size: 12)).outcome == .fixedPoint)
  }

  @Test("Names are found, and each is one rule's")
  func names() {
    #expect(Set(LearningRule.all.map(\.name)).count == LearningRule.all.count)
    #expect(LearningRule.named("bayesian") == nil)
  }
}
