import HopfieldPatterns
import TestSupport
import Testing

@testable import HopfieldEnergy

@Suite struct CycleDetectorTests {
  /// Follows `successors` from `start` for at most `steps`; the outcome, and the state it came at.
  private func follow<State: Equatable>(
    _ successors: [Int], from start: Int, longest: Int?, steps: Int = 50,
    state: (Int) -> State
  ) -> (outcome: Outcome?, state: Int) {
    var detector = CycleDetector<State>(longest: longest)
    var current = start
    detector.start(at: state(current))
    for _ in 0..<steps {
      current = successors[current]
      if let outcome = detector.visit(state(current)) { return (outcome, current) }
    }
    return (nil, current)
  }

  @Test("Period and transient of random maps are exact, with and without a bound on the period")
  func randomMaps() {
    var generator = SeededGenerator(seed: 2)
    for size in 2...12 {
      for _ in 0..<10 {
        let successors = (0..<size).map { _ in Int(generator.next() % UInt64(size)) }
        for start in 0..<size {
          let (transient, cycle) = ReferenceAttractor.orbit(of: start, under: successors)
          let expected = Outcome.cycle(period: cycle.count, transient: transient)
          for longest in [nil, cycle.count, cycle.count + 3] as [Int?] {
            let found = follow(successors, from: start, longest: longest) {
              Pattern(index: $0, size: 4)
            }
            #expect(found.outcome == expected)
            // The state met again is the cycle's first.
            #expect(found.state == cycle[0])
          }
        }
      }
    }
  }

  @Test("A cycle longer than the bound is not recognised")
  func bound() {
    let cycle = [1, 2, 3, 4, 0]
    for longest in 1...4 {
      #expect(follow(cycle, from: 0, longest: longest) { $0 }.outcome == nil)
    }
    #expect(follow(cycle, from: 0, longest: 5) { $0 }.outcome == .cycle(period: 5, transient: 0))
  }

  @Test("States without a hash are compared themselves")
  func withoutHash() {
    struct Bare: Equatable { let value: Int }
    let found = follow([1, 2, 1], from: 0, longest: nil) { Bare(value: $0) }
    #expect(found.outcome == .cycle(period: 2, transient: 1))
  }

  @Test("Equal hash values are no equal states")
  func collisions() {
    struct Colliding: Hashable {
      let value: Int
      func hash(into hasher: inout Hasher) { hasher.combine(0) }
    }
    let found = follow([1, 2, 3, 4, 2], from: 0, longest: nil) { Colliding(value: $0) }
    #expect(found.outcome == .cycle(period: 3, transient: 2))
  }
}
