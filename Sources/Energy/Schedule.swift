internal import HopfieldKernels

/// What a dynamics does, step by step: which sites move, and at what temperature.
package struct Schedule: Sendable {
  /// One step; a temperature of nil is T = 0.
  package enum Move: Equatable, Sendable {
    case visits(VisitOrder, temperature: Double?)
    case update(temperature: Double?)
  }

  package let dynamics: Dynamics
  private let size: Int
  private let given: [UInt32]?
  private var steps = 0

  /// The steps of `dynamics` on `size` sites.
  package init(_ dynamics: Dynamics, size: Int) {
    self.dynamics = dynamics
    self.size = size
    given = dynamics.givenOrder.map { order in
      precondition(
        order.count == size && order.sorted() == Array(0..<size),
        "a given order of \(order.count) sites is no permutation of 0 ..< \(size)")
      return order.map(UInt32.init)
    }
  }

  /// The next step.
  package mutating func next() -> Move {
    defer { steps += 1 }
    switch dynamics {
    case .asynchronous(let order):
      return .visits(order, temperature: nil)
    case .synchronous:
      return .update(temperature: nil)
    case .glauber(let temperature, let order):
      return .visits(order, temperature: Self.checked(temperature))
    case .parallelGlauber(let temperature):
      return .update(temperature: Self.checked(temperature))
    case .annealed(let start, let end, let sweeps, let order):
      guard steps < sweeps else { return .visits(order, temperature: nil) }
      let progress = sweeps > 1 ? Double(steps) / Double(sweeps - 1) : 1
      return .visits(
        order, temperature: Self.checked(start * power(end / start, progress)))
    }
  }

  private static func checked(_ temperature: Double) -> Double {
    precondition(
      temperature > 0 && temperature.isFinite, "a temperature of \(temperature), not above 0")
    return temperature
  }

  /// The sites of one sweep in `order`, which is not the steepest.
  package func sites(
    in order: VisitOrder, using generator: inout some RandomNumberGenerator
  ) -> [UInt32] {
    switch order {
    case .sequential: (0..<size).map(UInt32.init)
    case .given: given!
    case .permuted: generator.distinct(size, below: size)
    case .random: (0..<size).map { _ in UInt32(generator.index(below: size)) }
    case .steepest: preconditionFailure("steepest order is for descent of an energy at T = 0")
    }
  }
}

extension Dynamics {
  fileprivate var givenOrder: [Int]? {
    switch self {
    case .asynchronous(.given(let order)), .glauber(_, .given(let order)),
      .annealed(_, _, _, .given(let order)):
      order
    default: nil
    }
  }

  /// How many steps `sweeps` sweeps allow: N times as many where a step is one flip, and the
  /// descent after an annealing may take as long as any other.
  package func stepLimit(sweeps: Int, size: Int) -> Int {
    switch self {
    case .asynchronous(order: .steepest):
      let (steps, overflow) = sweeps.multipliedReportingOverflow(by: size)
      return overflow ? .max : steps
    case .annealed(_, _, let heated, _): return heated + sweeps
    default: return sweeps
    }
  }
}
