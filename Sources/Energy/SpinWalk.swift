internal import HopfieldKernels

/// Spins moved by a dynamics, step by step, with or without an energy.
///
///     var walk = network.start(from: state, by: .synchronous)
///     while walk.step().outcome == nil { print(walk.state.overlap(with: patterns[0])) }
///
/// One step is what ``Dynamics`` says: a sweep, a parallel update, or one flip.
public struct SpinWalk<Spins: MovingSpins> {
  public internal(set) var spins: Spins
  private var schedule: Schedule
  private var cycles: CycleDetector<Spins.State>

  public init(_ spins: Spins, by dynamics: Dynamics) {
    self.spins = spins
    schedule = Schedule(dynamics, size: spins.size)
    cycles = CycleDetector(longest: Spins.longestCycle)
    if dynamics == .synchronous, !spins.remembersPast { cycles.start(at: spins.state) }
  }

  public var dynamics: Dynamics { schedule.dynamics }
  public var state: Spins.State { spins.state }

  /// Takes one step of a dynamics that draws no random number.
  ///
  /// - Returns: How many sites changed, and how the walk ended, or nil where it goes on.
  public mutating func step() -> (changes: Int, outcome: Outcome?) {
    var none = NoGenerator()
    return step(using: &none)
  }

  /// Takes one step of any dynamics but a steepest descent, which needs an energy.
  public mutating func step(
    using generator: inout some RandomNumberGenerator
  ) -> (changes: Int, outcome: Outcome?) {
    step(using: &generator) { _ in
      preconditionFailure("steepest order is for networks that have an energy")
    }
  }

  mutating func step(
    using generator: inout some RandomNumberGenerator, flipSteepest: (inout Spins) -> Int
  ) -> (changes: Int, outcome: Outcome?) {
    switch schedule.next() {
    case .visits(let order, nil):
      return descend(in: order, using: &generator, flipSteepest: flipSteepest)
    case .visits(let order, let temperature?):
      return (heatBath(at: temperature, in: order, using: &generator), nil)
    case .update(let temperature?):
      return (spins.update(noise: noise(at: temperature, using: &generator)), nil)
    case .update(nil):
      let changes = spins.update(noise: nil)
      guard !spins.remembersPast else { return (changes, nil) }
      return (changes, changes == 0 ? .fixedPoint : cycles.visit(spins.state))
    }
  }

  /// One sweep, or one flip, at T = 0.
  private mutating func descend(
    in order: VisitOrder, using generator: inout some RandomNumberGenerator,
    flipSteepest: (inout Spins) -> Int
  ) -> (changes: Int, outcome: Outcome?) {
    let flips =
      switch order {
      case .sequential: spins.sweep(noise: nil)
      case .steepest: flipSteepest(&spins)
      default: spins.visit(schedule.sites(in: order, using: &generator), noise: nil)
      }
    guard flips == 0, !spins.remembersPast else { return (flips, nil) }
    // Draws with replacement may have missed the one site that wants to move.
    return (0, order == .random && !spins.isStable() ? nil : .fixedPoint)
  }

  private mutating func heatBath(
    at temperature: Double, in order: VisitOrder,
    using generator: inout some RandomNumberGenerator
  ) -> Int {
    if order == .sequential {
      return spins.sweep(noise: noise(at: temperature, using: &generator))
    }
    let visited = schedule.sites(in: order, using: &generator)
    return spins.visit(visited, noise: noise(at: temperature, using: &generator))
  }

  /// One random threshold a site: see ``MovingSpins``.
  private func noise(
    at temperature: Double, using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    (0..<spins.size).map { _ in
      let u = generator.unit()
      return temperature / 2 * logarithm(u / (1 - u))
    }
  }
}

/// The generator of a dynamics that draws nothing: drawing is the caller's mistake.
package struct NoGenerator: RandomNumberGenerator {
  package init() {}

  package mutating func next() -> UInt64 {
    preconditionFailure("this dynamics draws random numbers: give it a generator")
  }
}
