import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Kanter's network, against brute force, against Hopfield's, and under its symmetries.
@Suite struct PottsNetworkTests {
  /// N, q and P of a network small enough to enumerate.
  struct Instance: CustomTestStringConvertible, Sendable {
    let size: Int
    let colourCount: Int
    let count: Int
    var testDescription: String { "N = \(size), q = \(colourCount), P = \(count)" }

    static let all = [
      Instance(size: 5, colourCount: 3, count: 1), Instance(size: 5, colourCount: 3, count: 4),
      Instance(size: 6, colourCount: 3, count: 2), Instance(size: 4, colourCount: 4, count: 17),
      Instance(size: 6, colourCount: 2, count: 3), Instance(size: 3, colourCount: 5, count: 0),
    ]

    func build() -> (network: PottsNetwork, twin: ReferencePotts) {
      var generator = SeededGenerator(seed: UInt64(100 * size + count))
      let patterns = (0..<count).map { _ in
        PottsPattern.random(size: size, colourCount: colourCount, using: &generator)
      }
      var network = PottsNetwork(size: size, colourCount: colourCount)
      for pattern in patterns { network.store(pattern) }
      return (network, ReferencePotts(patterns, size: size, colourCount: colourCount))
    }

    /// All q^N states.
    var states: [PottsPattern] {
      var states: [[UInt8]] = [[]]
      for _ in 0..<size {
        states = states.flatMap { state in (0..<colourCount).map { state + [UInt8($0)] } }
      }
      return states.map { PottsPattern($0, colourCount: colourCount) }
    }
  }

  @Test("Energies, overlaps, fixed points and sweeps are brute force's", arguments: Instance.all)
  func enumeration(of instance: Instance) {
    let (network, twin) = instance.build()
    for state in instance.states {
      // N E is an integer or half: division by N is the only rounding on either side.
      #expect(network.energy(of: state) == twin.scaledEnergy(state) / Double(instance.size))
      let overlaps = network.overlaps(with: state)
      for index in network.indices {
        #expect(overlaps[index] == network[index].overlap(with: state))
      }
      #expect(network.isFixedPoint(state) == (twin.sweep(state) == state))

      var expected = state
      var changes: [Int] = []
      repeat {
        let next = twin.sweep(expected)
        changes.append(instance.size - next.agreements(with: expected))
        expected = next
      } while changes.last! > 0
      let recall = network.recall(from: state)
      #expect(recall.state == expected)
      #expect(recall.changes == changes)
      #expect(recall.outcome == .fixedPoint)

      let parallel = network.recall(from: state, by: .synchronous, maxSteps: 1)
      #expect(parallel.state == twin.step(state))
    }
  }

  @Test("Energies never rise, and running ones are those of the states", arguments: Instance.all)
  func descent(of instance: Instance) {
    checkAssociativeMemory(instance.build().network, from: instance.states)
  }

  @Test("Parallel updates end at rest or in a cycle of two", arguments: Instance.all)
  func cycles(of instance: Instance) {
    let (network, twin) = instance.build()
    for state in instance.states {
      let recall = network.recall(from: state, by: .synchronous)
      let next = twin.step(recall.state)
      switch recall.outcome {
      case .fixedPoint: #expect(next == recall.state)
      case .cycle(let period, let transient):
        #expect(period == 2 && transient == recall.steps - 2)
        #expect(next != recall.state && twin.step(next) == recall.state)
      case .stepLimit: Issue.record("no cycle of two")
      }
    }
  }

  /// +1 is colour 0, -1 is colour 1.
  private func potts(_ pattern: Pattern) -> PottsPattern {
    PottsPattern(pattern.spins.map { $0 > 0 ? 0 : 1 }, colourCount: 2)
  }

  @Test("With two colours it is Hopfield's network: energies, sweeps, steps and heat baths")
  func twoColours() {
    var generator = SeededGenerator(seed: 41)
    let patterns = PatternSet.random(count: 24, size: 130, using: &generator)
    let hopfield = HopfieldNetwork(storing: patterns)
    let network = PottsNetwork(storing: patterns.indices.map { potts(patterns[$0]) })
    let dynamics: [Dynamics] = [
      .asynchronous(), .asynchronous(order: .permuted), .asynchronous(order: .random),
      .synchronous, .glauber(temperature: 0.5), .parallelGlauber(temperature: 0.5),
      .annealed(sweeps: 5, order: .permuted),
    ]
    for dynamics in dynamics {
      for k in 0..<4 {
        let cue = patterns[k].flipping(fraction: 0.3, using: &generator)
        #expect(network.overlaps(with: potts(cue)) == patterns.overlaps(with: cue))
        var (one, other) = (generator, generator)
        let recall = hopfield.recall(from: Cue(cue), by: dynamics, maxSteps: 30, using: &one)
        // A heat bath draws its numbers before the sweep there, one by one here.
        let same = network.recall(from: potts(cue), by: dynamics, maxSteps: 30, using: &other)
        #expect(same.state == potts(recall.state))
        #expect(same.changes == recall.changes)
        #expect(same.energyTrace == recall.energyTrace)
        #expect(same.outcome == recall.outcome)
        #expect(same.identity.match == recall.identity.match)
        #expect(one == other)
      }
    }
    #expect(network.identity(of: potts(-patterns[5])).kind == .reversed)
  }

  @Test("Renaming the colours of a site, and renumbering sites, change no energy and no rest")
  func symmetries() {
    var generator = SeededGenerator(seed: 42)
    let (size, q) = (5, 3)
    let instance = Instance(size: size, colourCount: q, count: 3)
    let patterns = (0..<3).map { _ in
      PottsPattern.random(size: size, colourCount: q, using: &generator)
    }
    let network = PottsNetwork(storing: patterns)
    let names: [[UInt8]] = [[1, 2, 0], [2, 1, 0], [0, 1, 2], [0, 2, 1], [2, 0, 1]]
    let order = [3, 0, 4, 1, 2]
    func renamed(_ pattern: PottsPattern) -> PottsPattern {
      PottsPattern((0..<size).map { names[$0][pattern[$0]] }, colourCount: q)
    }
    func renumbered(_ pattern: PottsPattern) -> PottsPattern {
      PottsPattern(order.map { pattern.colours[$0] }, colourCount: q)
    }
    for change in [renamed, renumbered] {
      let other = PottsNetwork(storing: patterns.map(change))
      for state in instance.states {
        #expect(other.energy(of: change(state)) == network.energy(of: state))
        #expect(other.isFixedPoint(change(state)) == network.isFixedPoint(state))
      }
    }
  }

  @Test("A heat bath comes to exp(-E / T)")
  func boltzmann() {
    var generator = SeededGenerator(seed: 43)
    let instance = Instance(size: 3, colourCount: 3, count: 2)
    let (network, _) = instance.build()
    let states = instance.states
    let temperature = 2.0
    let law = ReferencePotts.boltzmann(states.map(network.energy), temperature: temperature)
    for order in [VisitOrder.sequential, .random] {
      var running = network.start(
        from: states[0], by: .glauber(temperature: temperature, order: order))
      var counts = [Int](repeating: 0, count: states.count)
      let places = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, $0) })
      for _ in 0..<1500 {
        for _ in 0..<4 { _ = running.step(using: &generator) }
        counts[places[running.state]!] += 1
      }
      #expect(ChiSquare(counts: counts, law: law).p > 1e-3)
    }
  }

  @Test("Patterns come back from noise at half of Kanter's load, for three colours and for ten")
  func recall() {
    var generator = SeededGenerator(seed: 44)
    for (q, size, count) in [(3, 600, 120), (10, 200, 500)] {
      let patterns = (0..<count).map { _ in
        PottsPattern.random(size: size, colourCount: q, using: &generator)
      }
      let network = PottsNetwork(storing: patterns)
      let cue = patterns[7].recolouring(count: size / 5, using: &generator)
      #expect(size - cue.agreements(with: patterns[7]) == size / 5)
      let recall = network.recall(from: cue)
      #expect(recall.outcome == .fixedPoint)
      #expect(recall.identity.kind == .stored && recall.identity.match?.pattern == 7)
      #expect(recall.state.overlap(with: patterns[7]) > 0.97)
      #expect(network.overlaps(with: recall.state)[7] == recall.state.overlap(with: patterns[7]))
    }
  }

  @Test("Forgotten patterns leave no trace, and their slot is taken again")
  func forgetting() {
    var generator = SeededGenerator(seed: 45)
    let patterns = (0..<20).map { _ in
      PottsPattern.random(size: 66, colourCount: 4, using: &generator)
    }
    var network = PottsNetwork(storing: patterns)
    network.forget(5)
    network.forget(18)
    #expect(network.indices == Array(0..<20).filter { $0 != 5 && $0 != 18 })
    let others = PottsNetwork(storing: network.indices.map { patterns[$0] })
    let starts = (0..<5).map { _ in
      PottsPattern.random(size: 66, colourCount: 4, using: &generator)
    }
    for start in starts {
      #expect(network.energy(of: start) == others.energy(of: start))
      #expect(network.recall(from: start).state == others.recall(from: start).state)
    }
    #expect(network.store(patterns[5]) == 5)
    #expect(network.store(patterns[18]) == 18)
    #expect(network.indices.allSatisfy { network[$0] == patterns[$0] })
    checkAssociativeMemory(network, from: starts)
  }
}
