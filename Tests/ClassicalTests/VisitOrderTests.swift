import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Orders of visits, against an explicit matrix with the same draws.
@Suite struct VisitOrderTests {
  private struct Case {
    let network: HopfieldNetwork
    let twin: ReferenceNetwork
    let start: Pattern
  }

  private func forEachCase(_ body: (Case) -> Void) {
    var generator = SeededGenerator(seed: 23)
    for (size, count) in [(1, 1), (12, 2), (33, 5), (64, 7), (65, 100), (100, 9)] {
      let patterns = PatternSet.random(count: count, size: size, using: &generator)
      let twin = ReferenceNetwork(
        storing: patterns.indices.map { patterns[$0] }, size: size)
      for _ in 0..<8 {
        body(
          Case(
            network: HopfieldNetwork(storing: patterns), twin: twin,
            start: .random(size: size, using: &generator)))
      }
    }
  }

  @Test("Given orders sweep in that order")
  func given() {
    forEachCase { test in
      let order = Golden.distinct(seed: 3, size: test.start.size, count: test.start.size)
      let recall = test.network.recall(
        from: Cue(test.start), by: .asynchronous(order: .given(order)))
      let expected = test.twin.relax(test.start, order: order)
      #expect(recall.state == expected.state)
      #expect(recall.changes == expected.flips)
      #expect(recall.energyTrace == expected.energies)
    }
  }

  @Test("Permuted sweeps take a fresh shuffle each, and end with an idle one")
  func permuted() {
    forEachCase { test in
      var generator = SeededGenerator(seed: 4)
      let recall = test.network.recall(
        from: Cue(test.start), by: .asynchronous(order: .permuted), using: &generator)
      var raw = SeededGenerator(seed: 4)
      var state = test.start
      var flips: [Int] = []
      repeat {
        var sites = Array(0..<state.size)
        for j in sites.indices {
          sites.swapAt(j, j + Int(raw.next() % UInt64(sites.count - j)))
        }
        flips.append(test.twin.visit(sites, &state))
      } while flips.last! > 0
      #expect(recall.state == state)
      #expect(recall.changes == flips)
      #expect(recall.outcome == .fixedPoint)
      #expect(generator == raw)
    }
  }

  @Test("Random sweeps draw N sites with replacement, and end only at a true fixed point")
  func random() {
    forEachCase { test in
      var generator = SeededGenerator(seed: 5)
      let recall = test.network.recall(
        from: Cue(test.start), by: .asynchronous(order: .random), using: &generator)
      var raw = SeededGenerator(seed: 5)
      var state = test.start
      var flips: [Int] = []
      repeat {
        let sites = (0..<state.size).map { _ in Int(raw.next() % UInt64(state.size)) }
        flips.append(test.twin.visit(sites, &state))
      } while flips.last! > 0 || !test.twin.isFixedPoint(state)
      #expect(recall.state == state)
      #expect(recall.changes == flips)
      #expect(recall.outcome == .fixedPoint)
    }
  }

  @Test("Steepest descent flips the deepest site, the lowest index among ties, step by step")
  func steepest() {
    var ties = 0
    forEachCase { test in
      var running = test.network.start(
        from: Cue(test.start), by: .asynchronous(order: .steepest))
      var state = test.start
      while let site = test.twin.steepestSite(at: state) {
        let drops = test.twin.fields(at: state).enumerated().map { -$1 * Double(state[$0]) }
        if drops.count(where: { $0 == drops[site] }) > 1 { ties += 1 }
        let step = running.step()
        state[site] = -state[site]
        #expect(running.state == state)
        #expect(step.changes == 1 && step.outcome == nil)
        #expect(abs(step.energyDrop - 2 * drops[site]) < 1e-12)
      }
      #expect(running.step().outcome == .fixedPoint)
    }
    #expect(ties > 50)
  }

  @Test("In the parallel dynamics -s(t) W s(t-1) never rises, and cycles have two states")
  func lyapunov() {
    var cycles = 0
    forEachCase { test in
      var running = test.network.start(from: Cue(test.start), by: .synchronous)
      var earlier = test.start
      var last = Double.infinity
      var outcome: Outcome?
      while outcome == nil {
        outcome = running.step().outcome
        let fields = test.twin.fields(at: earlier)
        let lyapunov = -(0..<fields.count).reduce(0) { $0 + fields[$1] * Double(running.state[$1]) }
        #expect(lyapunov <= last + 1e-12)
        last = lyapunov
        earlier = running.state
      }
      if case .cycle(let period, _) = outcome {
        #expect(period == 2)
        cycles += 1
      }
      #expect(running.energy == test.network.energy(of: running.state))
    }
    #expect(cycles > 0)
  }

  @Test("Every order ends at a fixed point of the same network")
  func fixedPoints() {
    var generator = SeededGenerator(seed: 6)
    forEachCase { test in
      for order in [VisitOrder.sequential, .permuted, .random, .steepest] {
        let recall = test.network.recall(
          from: Cue(test.start), by: .asynchronous(order: order), using: &generator)
        #expect(recall.outcome == .fixedPoint)
        #expect(test.twin.isFixedPoint(recall.state))
        #expect(test.network.isFixedPoint(recall.state))
        #expect(zip(recall.energyTrace, recall.energyTrace.dropFirst()).allSatisfy { $0 >= $1 })
      }
    }
  }
}
