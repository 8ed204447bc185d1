import HopfieldEnergy
import Testing

/// Walks without an energy; what they share with descents is tested there.
@Suite struct SpinWalkTests {
  /// Spins that turn round a ring at every update, and may remember that they did.
  private struct Ring: MovingSpins {
    static let longestCycle: Int? = nil
    private(set) var state: [Int]
    let remembersPast: Bool
    var size: Int { state.count }

    mutating func update(noise: [Double]?) -> Int {
      let next = state[1...] + state[..<1]
      defer { state = Array(next) }
      return zip(state, next).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
    }

    mutating func sweep(noise: [Double]?) -> Int { 0 }
    mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int { 0 }
    mutating func isStable() -> Bool { false }
  }

  private func outcomes(
    _ state: [Int], _ dynamics: Dynamics, remembersPast: Bool = false, steps: Int
  ) -> [Outcome?] {
    var walk = SpinWalk(Ring(state: state, remembersPast: remembersPast), by: dynamics)
    return (0..<steps).map { _ in walk.step().outcome }
  }

  @Test("A cycle of any period is recognised, and a state that stays is a fixed point")
  func cycles() {
    #expect(
      outcomes([1, 1, -1, 1, -1], .synchronous, steps: 5)
        == [nil, nil, nil, nil, .cycle(period: 5, transient: 0)])
    #expect(outcomes([1, 1, 1], .synchronous, steps: 1) == [.fixedPoint])
    #expect(outcomes([1, -1], .asynchronous(), steps: 1) == [.fixedPoint])
  }

  @Test("What remembers its past has not ended because its state stays or returns")
  func memory() {
    for dynamics in [Dynamics.synchronous, .asynchronous()] {
      #expect(
        outcomes([1, -1], dynamics, remembersPast: true, steps: 4) == [nil, nil, nil, nil])
      #expect(outcomes([1, 1], dynamics, remembersPast: true, steps: 2) == [nil, nil])
    }
  }

  @Test("Nothing can be descended without an energy") func steepest() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var walk = SpinWalk(
        Ring(state: [1, -1], remembersPast: false), by: .asynchronous(order: .steepest))
      _ = walk.step()
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("steepest order is for networks that have an energy"))
  }
}
