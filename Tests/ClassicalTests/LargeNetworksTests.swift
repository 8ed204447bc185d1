import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Networks of 100 to 2000 spins, bit for bit against recalls by another program.
@Suite struct LargeNetworksTests {
  static let networks = LargeNetwork.all

  @Test("Patterns are those of the seed", arguments: networks)
  func patterns(of large: LargeNetwork) {
    let patterns = large.patterns
    #expect(patterns.first!.hex == large.firstPattern)
    #expect(patterns.last!.hex == large.lastPattern)
    #expect(patterns[0].dot(patterns[1]) == large.overlap)
  }

  @Test("Energies of stored patterns and their unstable bits are exact", arguments: networks)
  func stored(in large: LargeNetwork) {
    let patterns = large.patterns
    let network = HopfieldNetwork(storing: PatternSet(patterns))
    for (pattern, energy) in zip(patterns, large.patternEnergies) {
      #expect(network.energy(of: pattern) == Double(energy) / Double(large.size))
    }
    let unstable = patterns.map { pattern in
      let fields = network.localFields(at: pattern)
      return fields.indices.count { fields[$0] * Double(pattern[$0]) < 0 }
    }
    #expect(unstable.starts(with: large.unstableBits))
    #expect(unstable.reduce(0, +) == large.totalUnstableBits)
    #expect(patterns.map(network.isFixedPoint) == unstable.map { $0 == 0 })
    #expect(network.unstableBits() == unstable)
  }

  @Test("Sweeps give the same states, flips and energies", arguments: networks)
  func sweeps(of large: LargeNetwork) {
    let patterns = large.patterns
    let network = HopfieldNetwork(storing: PatternSet(patterns))
    for expected in large.cues {
      let cue = cue(expected, of: patterns)
      #expect(cue.hex == expected.cue)
      let recall = network.recall(from: cue)
      #expect(recall.outcome == .fixedPoint)
      #expect(recall.changes == expected.flipsPerSweep)
      #expect(recall.state.hex == expected.final)
      let energies = [expected.cueEnergy] + expected.energies
      #expect(recall.energyTrace == energies.map { Double($0) / Double(large.size) })
      #expect(recall.state.dot(patterns[expected.pattern]) == expected.finalOverlap)

      let first = network.recall(from: cue, maxSteps: 1)
      #expect(first.state.hex == expected.afterFirstSweep)
      if expected.flipsPerSweep[0] > 0 { #expect(first.outcome == .stepLimit) }
    }
  }

  @Test("Parallel steps give the same transient, period and final state", arguments: networks)
  func parallel(in large: LargeNetwork) {
    let patterns = large.patterns
    let network = HopfieldNetwork(storing: PatternSet(patterns))
    for expected in large.cues {
      let parallel = expected.parallel
      let recall = network.recall(from: Cue(cue(expected, of: patterns)), by: .synchronous)
      if parallel.period == 1 {
        #expect(recall.outcome == .fixedPoint)
        #expect(recall.steps == parallel.transient + 1)
        #expect(recall.state.hex == parallel.final)
      } else {
        #expect(
          recall.outcome == .cycle(period: parallel.period, transient: parallel.transient))
        let other = network.recall(from: Cue(recall.state), by: .synchronous, maxSteps: 1).state
        #expect(Set([recall.state.hex, other.hex]) == Set([parallel.final, parallel.otherPhase!]))
      }
    }
  }

  private func cue(_ recalled: LargeNetwork.Recalled, of patterns: [Pattern]) -> Pattern {
    let size = patterns[0].size
    let sites = Golden.distinct(seed: recalled.seed, size: size, count: recalled.flips)
    if let flipped = recalled.flipped { #expect(sites.sorted() == flipped.sorted()) }
    var generator = SeededGenerator(seed: recalled.seed)
    let cue = patterns[recalled.pattern].flipping(count: recalled.flips, using: &generator)
    #expect(cue == patterns[recalled.pattern].flipping(sites: sites))
    return cue
  }
}
