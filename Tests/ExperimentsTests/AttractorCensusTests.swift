import HopfieldClassical
import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct AttractorCensusTests {
  /// Instances whose sweeps go from site 0 upwards.
  static let ascending = Golden.smallNetworks(rule: "hebb").filter {
    $0.order == Array(0..<$0.size) && $0.size <= 10
  }

  @Test(arguments: ascending)
  func attractorsAreThoseOfEnumeration(small: SmallNetwork) {
    let network = HopfieldNetwork(
      storing: PatternSet(small.patterns), thresholds: small.thresholds)
    let census = AttractorCensus(of: network, threads: 2)
    // Energies of different sums may tie but for rounding: compared state by state.
    #expect(census.attractors.map(\.state.index).sorted() == small.solution.fixedPoints.sorted())
    for attractor in census.attractors {
      #expect(attractor.basin == small.solution.basinSizes["\(attractor.state.index)"])
      #expect(abs(attractor.energy - small.solution.energies[attractor.state.index]) < 1e-12)
    }
    #expect(census.attractors.reduce(0) { $0 + $1.basin } == 1 << small.size)
  }

  @Test func thereAreInstances() { #expect(Self.ascending.count >= 3) }

  /// Without thresholds E(s) = E(-s): attractors come in pairs, and basins are mirrored but for ties,
  /// which keep the state and so are mirrored too.
  @Test func attractorsComeInPairs() {
    var random = SeededGenerator(seed: 4)
    let network = HopfieldNetwork(storing: .random(count: 3, size: 13, using: &random))
    let census = AttractorCensus(of: network)
    for attractor in census.attractors {
      let mirror = census.attractors.first { $0.state == -attractor.state }
      #expect(mirror?.basin == attractor.basin)
      #expect(mirror?.energy == attractor.energy)
      #expect(network.isFixedPoint(attractor.state))
    }
    #expect(census.attractors.map(\.energy) == census.attractors.map(\.energy).sorted())
  }
}
