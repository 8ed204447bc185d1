import HopfieldClassical
import HopfieldPatterns
import TestSupport
import Testing

/// The conformance suite, on classical networks of every kind.
@Suite struct LawsTests {
  struct Kind: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let size: Int
    let count: Int
    var thresholds: [Double]?
    var selfCoupling = false
    /// Sums of real thresholds round.
    var tolerance = 0.0
  }

  static let kinds: [Kind] = [
    Kind(testDescription: "low load", size: 100, count: 6),
    Kind(testDescription: "odd size", size: 33, count: 4),
    Kind(testDescription: "one pattern", size: 65, count: 1),
    Kind(testDescription: "no pattern", size: 20, count: 0),
    Kind(testDescription: "one neuron", size: 1, count: 3),
    Kind(testDescription: "two neurons", size: 2, count: 2),
    Kind(testDescription: "more patterns than neurons", size: 31, count: 80),
    Kind(testDescription: "self-coupling", size: 64, count: 10, selfCoupling: true),
    Kind(
      testDescription: "thresholds in multiples of 1/N", size: 50, count: 7,
      thresholds: (0..<50).map { Double($0 % 5 - 2) / 50 }, tolerance: 1e-12),
    Kind(
      testDescription: "real thresholds", size: 47, count: 5,
      thresholds: (0..<47).map { 0.3 - 0.0137 * Double($0) }, tolerance: 1e-12),
    Kind(
      testDescription: "real thresholds and self-coupling", size: 47, count: 5,
      thresholds: (0..<47).map { 0.3 - 0.0137 * Double($0) }, selfCoupling: true, tolerance: 1e-12),
  ]

  @Test("Energies fall, fixed points stay, symmetries hold", arguments: kinds)
  func laws(of kind: Kind) {
    let patterns = Golden.patterns(seed: 81, count: kind.count, size: kind.size)
    let random = Golden.patterns(seed: 82, count: 6, size: kind.size)
    checkAssociativeMemory(
      storing: patterns, thresholds: kind.thresholds, from: random + patterns.prefix(3),
      isEven: kind.thresholds == nil, tolerance: kind.tolerance
    ) { patterns, thresholds in
      HopfieldNetwork(
        storing: PatternSet(rows: patterns.flatMap(\.spins), size: kind.size),
        thresholds: thresholds, selfCoupling: kind.selfCoupling)
    }
  }

  @Test("The laws hold after forgetting, with empty slots among the patterns")
  func forgetful() {
    let patterns = Golden.patterns(seed: 83, count: 9, size: 70)
    checkAssociativeMemory(
      storing: patterns, from: Golden.patterns(seed: 84, count: 6, size: 70), isEven: true
    ) { patterns, _ in
      var network = HopfieldNetwork(storing: PatternSet(patterns))
      network.forget(0)
      network.forget(5)
      return network
    }
  }

  @Test("The laws hold for the 0/1 form, which is not even")
  func binary() {
    let patterns = Golden.patterns(seed: 85, count: 4, size: 40)
    let network = HopfieldNetwork(
      storing: PatternSet(patterns), unitThresholds: .init(repeating: 0, count: 40))
    checkAssociativeMemory(network, from: Golden.patterns(seed: 86, count: 10, size: 40))
  }

  @Test("At low load stored patterns are minima, and so are their reverses")
  func minima() {
    let patterns = Golden.patterns(seed: 87, count: 5, size: 200)
    let network = HopfieldNetwork(storing: PatternSet(patterns))
    for pattern in patterns.flatMap({ [$0, -$0] }) {
      let energy = network.energy(of: pattern)
      #expect(network.isFixedPoint(pattern))
      #expect((0..<200).allSatisfy { network.energy(of: pattern.flipping(sites: [$0])) > energy })
    }
  }
}
