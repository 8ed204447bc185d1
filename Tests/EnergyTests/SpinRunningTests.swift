import Foundation
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Which sites are visited when, with which random numbers.
@Suite struct SpinRunningTests {
  private let fields = [1.0, -2, 0.5, 3, -0.5]
  private let start = [-1, 1, -1, -1, 1]

  private func running(_ dynamics: Dynamics) -> SpinRunning<TinyEngine> {
    SpinRunning(TinyEngine(fields: fields, state: start), by: dynamics)
  }

  /// The calls of `steps` steps, and the generator after them.
  private func calls(
    _ dynamics: Dynamics, steps: Int, seed: UInt64 = 5
  ) -> ([TinyEngine.Call], SeededGenerator) {
    var generator = SeededGenerator(seed: seed)
    var running = running(dynamics)
    for _ in 0..<steps { _ = running.step(using: &generator) }
    return (running.engine.calls, generator)
  }

  // Draws as the conventions have them, from the raw generator.
  private func permutation(_ raw: inout SeededGenerator) -> [UInt32] {
    var sites = Array(0..<5 as Range<UInt32>)
    for j in 0..<5 { sites.swapAt(j, j + Int(raw.next() % UInt64(5 - j))) }
    return sites
  }

  private func sites(_ raw: inout SeededGenerator) -> [UInt32] {
    (0..<5).map { _ in UInt32(raw.next() % 5) }
  }

  private func noise(_ temperature: Double, _ raw: inout SeededGenerator) -> [Double] {
    (0..<5).map { _ in
      let u = Double(raw.next() >> 11) * 0x1p-53
      return temperature / 2 * log(u / (1 - u))
    }
  }

  @Test("Sequential descent sweeps without drawing, and ends with a sweep that changes nothing")
  func sequential() {
    var running = running(.asynchronous())
    #expect(running.step() == Step(changes: 5, energyDrop: 14, outcome: nil))
    #expect(running.step() == Step(changes: 0, energyDrop: 0, outcome: .fixedPoint))
    #expect(running.engine.calls == [.sweep(noise: nil), .sweep(noise: nil)])
    #expect(running.state == [1, -1, 1, 1, -1])
  }

  @Test("A given order is visited every sweep")
  func given() {
    let (calls, generator) = calls(.asynchronous(order: .given([3, 0, 4, 1, 2])), steps: 2)
    #expect(calls == [.visit([3, 0, 4, 1, 2], noise: nil), .visit([3, 0, 4, 1, 2], noise: nil)])
    #expect(generator == SeededGenerator(seed: 5))
  }

  @Test("A permuted sweep draws a fresh permutation")
  func permuted() {
    let (calls, generator) = calls(.asynchronous(order: .permuted), steps: 3)
    var raw = SeededGenerator(seed: 5)
    #expect(calls == (0..<3).map { _ in .visit(permutation(&raw), noise: nil) })
    #expect(generator == raw)
  }

  @Test("A random sweep draws N sites; a quiet one is a fixed point only if all fields agree")
  func random() {
    var raw = SeededGenerator(seed: 5)
    let expected = (0..<40).map { _ in sites(&raw) }
    // One spin against its field: sweeps that miss it are quiet, and end nothing.
    var state = [1, -1, 1, 1, -1]
    state[2] = -1
    var generator = SeededGenerator(seed: 5)
    var running = SpinRunning(
      TinyEngine(fields: fields, state: state), by: .asynchronous(order: .random))
    var visits: [[UInt32]] = []
    for sites in expected {
      let step = running.step(using: &generator)
      visits.append(sites)
      let hit = sites.contains(2)
      let isFirst = !visits.dropLast().contains { $0.contains(2) }
      #expect(step.changes == (hit && isFirst ? 1 : 0))
      #expect(step.outcome == (step.changes == 0 && !(isFirst && !hit) ? .fixedPoint : nil))
      if step.outcome != nil { break }
    }
    let asked = running.engine.calls.compactMap { call -> [UInt32]? in
      if case .visit(let sites, nil) = call { sites } else { nil }
    }
    #expect(asked == visits)
    #expect(running.state == [1, -1, 1, 1, -1])
  }

  @Test("Steepest descent takes one flip a step, the deepest first")
  func steepest() {
    var running = running(.asynchronous(order: .steepest))
    var drops: [Double] = []
    var outcome: Outcome?
    while outcome == nil {
      let step = running.step()
      outcome = step.outcome
      drops.append(step.energyDrop)
    }
    #expect(drops == [6, 4, 2, 1, 1, 0])
    #expect(outcome == .fixedPoint)
    #expect(running.engine.calls == Array(repeating: .flipSteepest, count: 6))
  }

  @Test("Parallel updates end at a fixed point, or at a cycle's first state")
  func synchronous() {
    var running = running(.synchronous)
    #expect(running.step().outcome == nil)
    #expect(running.step() == Step(changes: 0, energyDrop: 0, outcome: .fixedPoint))

    var engine = TinyEngine(fields: fields, state: start)
    engine.alternates = true
    var cycling = SpinRunning(engine, by: .synchronous)
    #expect(cycling.step().outcome == nil)
    #expect(cycling.step().outcome == .cycle(period: 2, transient: 0))
    #expect(cycling.state == start)
    #expect(cycling.engine.calls == [.update(noise: nil), .update(noise: nil)])
  }

  @Test("A heat bath draws one threshold a visit, T artanh(2 u - 1), after the order if any")
  func glauber() {
    let t = 0.7
    var raw = SeededGenerator(seed: 5)
    var (made, generator) = calls(.glauber(temperature: t), steps: 3)
    expectClose(made, (0..<3).map { _ in .sweep(noise: noise(t, &raw)) })
    #expect(generator == raw)

    raw = SeededGenerator(seed: 5)
    (made, generator) = calls(.glauber(temperature: t, order: .permuted), steps: 3)
    expectClose(
      made,
      (0..<3).map { _ in
        let order = permutation(&raw)
        return .visit(order, noise: noise(t, &raw))
      })
    #expect(generator == raw)

    raw = SeededGenerator(seed: 5)
    (made, generator) = calls(.glauber(temperature: t, order: .random), steps: 3)
    expectClose(
      made,
      (0..<3).map { _ in
        let order = sites(&raw)
        return .visit(order, noise: noise(t, &raw))
      })
    #expect(generator == raw)

    raw = SeededGenerator(seed: 5)
    (made, generator) = calls(.parallelGlauber(temperature: t), steps: 3)
    expectClose(made, (0..<3).map { _ in .update(noise: noise(t, &raw)) })
    #expect(generator == raw)
  }

  @Test("Annealing cools geometrically from start to end, then descends")
  func annealed() {
    var raw = SeededGenerator(seed: 5)
    let (made, _) = calls(.annealed(from: 2, to: 0.02, sweeps: 3), steps: 5)
    expectClose(
      made,
      [2, 0.2, 0.02].map { .sweep(noise: noise($0, &raw)) }
        + [.sweep(noise: nil), .sweep(noise: nil)])

    // A single sweep is at the end's temperature; none at all is plain descent.
    raw = SeededGenerator(seed: 5)
    expectClose(
      calls(.annealed(from: 2, to: 0.02, sweeps: 1), steps: 2).0,
      [.sweep(noise: noise(0.02, &raw)), .sweep(noise: nil)])
    #expect(calls(.annealed(sweeps: 0), steps: 1).0 == [.sweep(noise: nil)])
  }

  @Test("Only the random dynamics say so")
  func isRandom() {
    let quiet: [Dynamics] = [
      .asynchronous(), .asynchronous(order: .given([0])), .asynchronous(order: .steepest),
      .synchronous,
    ]
    let random: [Dynamics] = [
      .asynchronous(order: .permuted), .asynchronous(order: .random), .glauber(temperature: 1),
      .parallelGlauber(temperature: 1), .annealed(sweeps: 3),
    ]
    #expect(quiet.allSatisfy { !$0.isRandom })
    #expect(random.allSatisfy { $0.isRandom })
  }

  /// The same calls, thresholds within rounding of the C library.
  private func expectClose(
    _ made: [TinyEngine.Call], _ expected: [TinyEngine.Call],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(made.count == expected.count, sourceLocation: sourceLocation)
    for (a, b) in zip(made, expected) {
      switch (a, b) {
      case (.sweep(let x?), .sweep(let y?)), (.update(let x?), .update(let y?)):
        #expect(x.deviation(from: y) < 1e-12, sourceLocation: sourceLocation)
      case (.visit(let sites, let x?), .visit(let others, let y?)):
        #expect(sites == others, sourceLocation: sourceLocation)
        #expect(x.deviation(from: y) < 1e-12, sourceLocation: sourceLocation)
      default: #expect(a == b, sourceLocation: sourceLocation)
      }
    }
  }
}
