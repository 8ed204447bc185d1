import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Storing and forgetting one pattern at a time.
@Suite struct StorageTests {
  private let patterns = Golden.patterns(seed: 41, count: 40, size: 150)
  private let starts = Golden.patterns(seed: 42, count: 10, size: 150)

  @Test("Patterns stored one by one make the network that stores them at once")
  func oneByOne() {
    let atOnce = HopfieldNetwork(storing: PatternSet(patterns))
    var oneByOne = HopfieldNetwork(storing: PatternSet(size: 150))
    for (index, pattern) in patterns.enumerated() { #expect(oneByOne.store(pattern) == index) }
    #expect(oneByOne.patterns == atOnce.patterns)
    for start in starts { #expect(oneByOne.recall(from: start) == atOnce.recall(from: start)) }
  }

  @Test("Forgetting a pattern equals never having stored it")
  func forgetting() {
    var network = HopfieldNetwork(storing: PatternSet(patterns))
    let forgotten = [0, 7, 16, 17, 39]
    for index in forgotten { network.forget(index) }
    let kept = patterns.indices.filter { !forgotten.contains($0) }
    let never = HopfieldNetwork(storing: PatternSet(kept.map { patterns[$0] }))
    #expect(network.couplings() == never.couplings())
    var generator = SeededGenerator(seed: 1)
    for start in starts + patterns {
      #expect(network.energy(of: start) == never.energy(of: start))
      #expect(network.localFields(at: start) == never.localFields(at: start))
      for dynamics in [Dynamics.asynchronous(), .synchronous, .asynchronous(order: .steepest)] {
        let a = network.recall(from: Cue(start), by: dynamics)
        let b = never.recall(from: Cue(start), by: dynamics)
        #expect(a.state == b.state && a.changes == b.changes && a.outcome == b.outcome)
        #expect(a.energyTrace == b.energyTrace)
        #expect(a.identity.kind == b.identity.kind)
        #expect(a.identity.match?.pattern == b.identity.match.map { kept[$0.pattern] })
      }
      var same = generator
      let warm = Dynamics.glauber(temperature: 0.5)
      let a = network.evolve(start, by: warm, sweeps: 5, using: &generator)
      #expect(a.state == never.evolve(start, by: warm, sweeps: 5, using: &same).state)
    }
  }

  @Test("A slot keeps its index, and the next pattern stored takes an empty one")
  func slots() {
    var network = HopfieldNetwork(storing: PatternSet(patterns))
    network.forget(11)
    #expect(network.identity(of: patterns[12]).match?.pattern == 12)
    #expect(network.store(starts[0]) == 11)
    #expect(network.identity(of: starts[0]).match == .init(pattern: 11, weight: 1))
    #expect(network.store(starts[1]) == 40)
  }

  @Test("Forgetting everything leaves a network without couplings")
  func everything() {
    var network = HopfieldNetwork(storing: PatternSet(patterns))
    for index in network.patterns.indices { network.forget(index) }
    #expect(network.couplings().allSatisfy { $0 == 0 })
    #expect(network.energy(of: starts[0]) == 0)
    #expect(network.recall(from: starts[0]).state == starts[0])
    network.store(patterns[5])
    #expect(network.recall(from: patterns[5].flipping(sites: 0..<60)).state == patterns[5])
  }

  @Test("Storing a pattern twice doubles its couplings; its reverse has the same ones")
  func twice() {
    let once = HopfieldNetwork(storing: PatternSet([patterns[0]]))
    let twice = HopfieldNetwork(storing: PatternSet([patterns[0], patterns[0]]))
    let reverse = HopfieldNetwork(storing: PatternSet([-patterns[0]]))
    #expect(twice.couplings() == once.couplings().map { 2 * $0 })
    #expect(reverse.couplings() == once.couplings())
  }

  @Test("A copy of a network forgets and learns on its own, also while a recall runs")
  func copies() {
    let original = HopfieldNetwork(storing: PatternSet(patterns))
    var running = original.start(from: starts[0])
    var copy = original
    copy.forget(3)
    copy.store(starts[2])
    copy.store(starts[3])
    while running.step().outcome == nil {}
    #expect(running.state == original.recall(from: starts[0]).state)
    #expect(original.patterns == PatternSet(patterns))
    // Two recalls in progress from one start do not touch each other.
    var first = original.start(from: starts[1])
    _ = first.step()
    var second = first
    while second.step().outcome == nil {}
    let between = first.state
    #expect(first.energy == original.energy(of: between))
    while first.step().outcome == nil {}
    #expect(first.state == second.state)
  }

  @Test("Storing and forgetting cost O(N): with a hundred times the patterns, not a hundred times")
  func cost() {
    // The least of several runs; copying the buffer would show as a factor near 100.
    func seconds(count: Int) -> Double {
      var generator = SeededGenerator(seed: 2)
      let patterns = PatternSet.random(count: count, size: 2048, using: &generator)
      let more = (0..<50).map { _ in Pattern.random(size: 2048, using: &generator) }
      var network = HopfieldNetwork(storing: patterns)
      network.store(more[0])
      let times = (0..<7).map { _ in
        ContinuousClock().measure {
          let indices = more.map { network.store($0) }
          for index in indices { network.forget(index) }
        } / .seconds(1)
      }
      return times.min()!
    }
    #expect(seconds(count: 20_000) < 30 * seconds(count: 200))
  }
}
