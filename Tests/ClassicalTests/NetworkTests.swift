import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Thresholds, self-coupling, and networks at the edge of what a network is.
@Suite struct NetworkTests {
  @Test("Thresholds in multiples of 1/N make exact ties, however they were computed")
  func exactThresholds() {
    var generator = SeededGenerator(seed: 1)
    for size in [3, 7, 10, 49, 100, 333] {
      let patterns = PatternSet.random(count: 4, size: size, using: &generator)
      let state = Pattern.random(size: size, using: &generator)
      let free = HopfieldNetwork(storing: patterns)
      // Fields of the state as thresholds: no spin feels anything, and all stay.
      let fields = free.localFields(at: state)
      let steps = fields.map { ($0 * Double(size)).rounded() }
      let roundabout = steps.map { step in
        (0..<10).reduce(0.0) { sum, _ in sum + step / Double(size) / 10 }
      }
      for thresholds in [fields, roundabout] {
        let tied = HopfieldNetwork(storing: patterns, thresholds: thresholds)
        #expect(tied.localFields(at: state).allSatisfy { $0 == 0 }, "N = \(size)")
        #expect(tied.isFixedPoint(state))
        #expect(tied.recall(from: state).changes == [0])
        let energy = tied.energy(of: state) * Double(size)
        #expect(abs(energy - energy.rounded()) < 1e-9)
      }
    }
  }

  @Test("An external field is a threshold with the other sign: strong ones decide alone")
  func externalField() {
    var generator = SeededGenerator(seed: 2)
    let patterns = PatternSet.random(count: 5, size: 90, using: &generator)
    let wanted = Pattern.random(size: 90, using: &generator)
    let network = HopfieldNetwork(
      storing: patterns, thresholds: wanted.spins.map { -6 * Double($0) })
    let recall = network.recall(from: -wanted)
    #expect(recall.state == wanted)
    #expect(network.thresholds! == wanted.spins.map { -6 * Double($0) })
    #expect(HopfieldNetwork(storing: patterns).thresholds == nil)
  }

  @Test("Self-coupling adds -P/2 to every energy and P/N to every spin's own field")
  func selfCoupling() {
    var generator = SeededGenerator(seed: 3)
    let patterns = PatternSet.random(count: 6, size: 64, using: &generator)
    let without = HopfieldNetwork(storing: patterns)
    let with = HopfieldNetwork(storing: patterns, selfCoupling: true)
    #expect(with.selfCoupling && !without.selfCoupling)
    for _ in 0..<20 {
      let state = Pattern.random(size: 64, using: &generator)
      #expect(with.energy(of: state) == without.energy(of: state) - 3)
      let own = state.spins.map { Double($0) * 6 / 64 }
      let fields = zip(without.localFields(at: state), own).map { $0 + $1 }
      #expect(with.localFields(at: state).deviation(from: fields) < 1e-12)
      if without.isFixedPoint(state) { #expect(with.isFixedPoint(state)) }
    }
    #expect(with.couplings()[0] == 6.0 / 64)
  }

  @Test("A network with no pattern keeps every state, under every dynamics at T = 0")
  func noPattern() {
    var generator = SeededGenerator(seed: 4)
    for size in [1, 31, 64, 65, 1000] {
      let network = HopfieldNetwork(storing: PatternSet(size: size))
      let state = Pattern.random(size: size, using: &generator)
      for dynamics in [
        Dynamics.asynchronous(), .asynchronous(order: .permuted), .asynchronous(order: .random),
        .asynchronous(order: .steepest), .synchronous,
      ] {
        let recall = network.recall(from: Cue(state), by: dynamics, using: &generator)
        #expect(recall.state == state && recall.outcome == .fixedPoint, "N = \(size)")
        #expect(recall.energyTrace == [0, 0] && recall.changes == [0])
        #expect(recall.identity == Identity(kind: .other, match: nil, isExact: false))
      }
      #expect(network.completed(Cue(state, known: { $0 % 2 == 0 })) == state)
      #expect(network.isFixedPoint(state) && network.energy(of: state) == 0)
      #expect(network.localFields(at: state).allSatisfy { $0 == 0 })
      let pushed = HopfieldNetwork(
        storing: PatternSet(size: size), thresholds: state.spins.map(Double.init))
      #expect(pushed.recall(from: state).state == -state)
    }
  }

  @Test("One neuron: no coupling, both states fixed")
  func oneNeuron() {
    let up = Pattern([1])
    for count in [1, 2, 33] {
      let patterns = PatternSet(Array(repeating: up, count: count))
      let network = HopfieldNetwork(storing: patterns)
      for state in [up, -up] {
        #expect(network.recall(from: state).state == state)
        #expect(network.energy(of: state) == 0)
        #expect(network.recall(from: Cue(state), by: .synchronous).outcome == .fixedPoint)
      }
      #expect(network.couplings() == [0])
      #expect(network.identity(of: -up).kind == .reversed)
      let kept = HopfieldNetwork(storing: patterns, selfCoupling: true)
      #expect(kept.couplings() == [Double(count)])
      #expect(kept.energy(of: -up) == -Double(count) / 2)
    }
  }

  @Test("One pattern: every state falls into it or its reverse, by the sign of the overlap")
  func onePattern() {
    var generator = SeededGenerator(seed: 5)
    for size in [2, 3, 63, 101] {
      let pattern = Pattern.random(size: size, using: &generator)
      let network = HopfieldNetwork(storing: PatternSet([pattern]))
      #expect(network.energy(of: pattern) == -Double(size - 1) / 2)
      for _ in 0..<20 {
        let start = Pattern.random(size: size, using: &generator)
        let end = network.recall(from: start).state
        #expect(end == pattern || end == -pattern)
        if abs(start.dot(pattern)) > 1 {
          #expect((end == pattern) == (start.dot(pattern) > 0))
        }
      }
    }
  }

  @Test("More patterns than neurons: recalls still descend to fixed points")
  func overloaded() {
    var generator = SeededGenerator(seed: 6)
    let patterns = PatternSet.random(count: 500, size: 65, using: &generator)
    let network = HopfieldNetwork(storing: patterns)
    let twin = ReferenceNetwork(storing: patterns.indices.map { patterns[$0] }, size: 65)
    for _ in 0..<10 {
      let start = Pattern.random(size: 65, using: &generator)
      let expected = twin.relax(start)
      let recall = network.recall(from: start)
      #expect(recall.state == expected.state && recall.changes == expected.flips)
      #expect(recall.energyTrace == expected.energies)
    }
  }

  @Test("A state of another size stops with both numbers")
  func misuse() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let network = HopfieldNetwork(storing: PatternSet(size: 5))
      _ = network.energy(of: Pattern(repeating: 1, size: 6))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("a state of 6 spins for 5 neurons"))
  }
}
