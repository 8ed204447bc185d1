import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Unknown and clamped sites, against brute force.
@Suite struct CueRecallTests {
  /// Random networks and cues with their twins: odd sizes, with and without thresholds.
  private func forEachCue(
    clamping: Bool,
    _ body: (_ network: HopfieldNetwork, _ twin: ReferenceNetwork, _ cue: Cue) throws -> Void
  ) rethrows {
    var generator = SeededGenerator(seed: 17)
    for (size, count) in [(1, 1), (5, 2), (9, 4), (33, 3), (70, 6), (65, 40)] {
      for kind in 0..<4 {
        let patterns = PatternSet.random(count: count, size: size, using: &generator)
        let thresholds =
          kind % 2 == 0 ? nil : (0..<size).map { _ in Double(generator.next() % 5) / 2 - 1 }
        let network = HopfieldNetwork(
          storing: patterns, thresholds: thresholds, selfCoupling: kind >= 2)
        let twin = ReferenceNetwork(
          storing: patterns.indices.map { patterns[$0] }, size: size, thresholds: thresholds,
          selfCoupling: kind >= 2)
        for _ in 0..<10 {
          let cue = Cue(
            .random(size: size, using: &generator),
            known: .random(size: size, bias: Double(kind) / 2 - 0.8, using: &generator),
            clampingKnown: clamping)
          try body(network, twin, cue)
        }
      }
    }
  }

  @Test("Unknown sites start at the sign of the field of the known ones, or at their own value")
  func completion() {
    forEachCue(clamping: false) { network, twin, cue in
      let expected = twin.completed(cue)
      #expect(network.completed(cue) == expected)
      let recall = network.recall(from: cue, maxSteps: 0)
      #expect(recall.state == expected)
      #expect(recall.energyTrace == [network.energy(of: expected)])
    }
  }

  @Test("Known sites that are not clamped move like any other")
  func free() {
    forEachCue(clamping: false) { network, twin, cue in
      let recall = network.recall(from: cue)
      let expected = twin.relax(twin.completed(cue))
      #expect(recall.state == expected.state)
      #expect(recall.changes == expected.flips)
    }
  }

  @Test("Clamped sites never move, under no dynamics, and the rest comes to rest")
  func clamped() {
    var generator = SeededGenerator(seed: 6)
    let dynamics: [Dynamics] = [
      .asynchronous(), .asynchronous(order: .permuted), .asynchronous(order: .random),
      .asynchronous(order: .steepest), .synchronous, .glauber(temperature: 2),
      .glauber(temperature: 2, order: .random), .parallelGlauber(temperature: 2),
      .annealed(sweeps: 5),
    ]
    forEachCue(clamping: true) { network, twin, cue in
      for dynamics in dynamics {
        let recall = network.recall(from: cue, by: dynamics, maxSteps: 30, using: &generator)
        #expect(cue.knownSites.allSatisfy { recall.state[$0] == cue.pattern[$0] })
        #expect(abs(recall.energy - twin.energy(of: recall.state)) < 1e-9)
        if recall.outcome == .fixedPoint {
          #expect(twin.step(recall.state, frozen: cue.knownSites) == recall.state)
        }
      }
    }
  }

  @Test("Clamped recalls are the matrix's, in sweeps, parallel steps and steepest flips")
  func clampedBruteForce() {
    forEachCue(clamping: true) { network, twin, cue in
      let frozen = cue.knownSites
      let start = twin.completed(cue)
      let swept = network.recall(from: cue)
      let expected = twin.relax(start, frozen: frozen)
      #expect(swept.state == expected.state)
      #expect(swept.changes == expected.flips)
      #expect(swept.energyTrace.deviation(from: expected.energies) < 1e-9)

      let parallel = network.recall(from: cue, by: .synchronous, maxSteps: 1)
      #expect(parallel.state == twin.step(start, frozen: frozen))

      var steep = start
      while let site = twin.steepestSite(at: steep, frozen: frozen) { steep[site] = -steep[site] }
      #expect(
        network.recall(from: cue, by: .asynchronous(order: .steepest)).state == steep)
    }
  }

  @Test("A cue that knows nothing, at zero field, is its own pattern; a full clamp stays")
  func extremes() {
    var generator = SeededGenerator(seed: 8)
    let patterns = PatternSet.random(count: 3, size: 100, using: &generator)
    let network = HopfieldNetwork(storing: patterns)
    let state = Pattern.random(size: 100, using: &generator)
    let blank = Cue(state, known: { _ in false })
    #expect(network.completed(blank) == state)
    let held = network.recall(from: Cue(state, known: { _ in true }, clampingKnown: true))
    #expect(held.state == state && held.changes == [0] && held.outcome == .fixedPoint)
  }

  @Test("From half of a stored pattern the rest is filled in")
  func filling() {
    var generator = SeededGenerator(seed: 9)
    let patterns = PatternSet.random(count: 12, size: 400, using: &generator)
    let network = HopfieldNetwork(storing: patterns)
    for clamping in [false, true] {
      let blank = patterns[3].masking(200..<400)
      let recall = network.recall(
        from: Cue(blank, known: { $0 < 200 }, clampingKnown: clamping))
      #expect(recall.state == patterns[3])
      #expect(recall.identity.isExact && recall.identity.match?.pattern == 3)
    }
  }
}
