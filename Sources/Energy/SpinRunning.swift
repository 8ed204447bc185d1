internal import HopfieldKernels

/// A recall in progress on spins: an engine, moved by a dynamics.
///
/// One step is what ``Dynamics`` says: a sweep, a parallel update, or one flip.
public struct SpinRunning<Engine: SpinEngine>: RunningRecall {
  public private(set) var engine: Engine
  public let dynamics: Dynamics
  private var steps = 0
  private var cycles: CycleDetector<Engine.State>
  private let given: [UInt32]?

  public init(_ engine: Engine, by dynamics: Dynamics) {
    self.engine = engine
    self.dynamics = dynamics
    cycles = CycleDetector(longest: Engine.longestCycle)
    given = dynamics.givenOrder.map { order in
      precondition(
        order.count == engine.size && order.sorted() == Array(0..<engine.size),
        "a given order of \(order.count) sites is no permutation of 0 ..< \(engine.size)")
      return order.map(UInt32.init)
    }
    if case .synchronous = dynamics { cycles.start(at: engine.state) }
  }

  public var state: Engine.State { engine.state }
  public var energy: Double { engine.energy }

  /// Takes one step of a dynamics that draws no random number.
  public mutating func step() -> Step {
    var none = NoGenerator()
    return step(using: &none)
  }

  /// Takes one step.
  public mutating func step(using generator: inout some RandomNumberGenerator) -> Step {
    let before = engine.energy
    let (changes, outcome) = move(using: &generator)
    steps += 1
    return Step(changes: changes, energyDrop: before - engine.energy, outcome: outcome)
  }

  private mutating func move(
    using generator: inout some RandomNumberGenerator
  ) -> (changes: Int, Outcome?) {
    switch dynamics {
    case .asynchronous(let order):
      return descend(in: order, using: &generator)
    case .synchronous:
      let changes = engine.update(noise: nil)
      return (changes, changes == 0 ? .fixedPoint : cycles.visit(engine.state))
    case .glauber(let temperature, let order):
      return (heatBath(at: temperature, in: order, using: &generator), nil)
    case .parallelGlauber(let temperature):
      return (engine.update(noise: noise(at: temperature, using: &generator)), nil)
    case .annealed(let start, let end, let sweeps, let order):
      guard steps < sweeps else { return descend(in: order, using: &generator) }
      let progress = sweeps > 1 ? Double(steps) / Double(sweeps - 1) : 1
      let temperature = start * power(end / start, progress)
      return (heatBath(at: temperature, in: order, using: &generator), nil)
    }
  }

  /// One sweep, or one flip, at T = 0.
  private mutating func descend(
    in order: VisitOrder, using generator: inout some RandomNumberGenerator
  ) -> (changes: Int, Outcome?) {
    let flips =
      switch order {
      case .sequential: engine.sweep(noise: nil)
      case .steepest: engine.flipSteepest()
      default: engine.visit(sites(in: order, using: &generator), noise: nil)
      }
    guard flips == 0 else { return (flips, nil) }
    // Draws with replacement may have missed the one site that wants to move.
    return (0, order == .random && !engine.isStable() ? nil : .fixedPoint)
  }

  private mutating func heatBath(
    at temperature: Double, in order: VisitOrder,
    using generator: inout some RandomNumberGenerator
  ) -> Int {
    precondition(order != .steepest, "steepest order is for T = 0")
    if order == .sequential {
      return engine.sweep(noise: noise(at: temperature, using: &generator))
    }
    let visited = sites(in: order, using: &generator)
    return engine.visit(visited, noise: noise(at: temperature, using: &generator))
  }

  /// The sites of one sweep in an order that is a list.
  private func sites(
    in order: VisitOrder, using generator: inout some RandomNumberGenerator
  ) -> [UInt32] {
    switch order {
    case .given: given!
    case .permuted: generator.distinct(engine.size, below: engine.size)
    default: (0..<engine.size).map { _ in UInt32(generator.index(below: engine.size)) }
    }
  }

  /// One random threshold a site: see ``SpinEngine``.
  private func noise(
    at temperature: Double, using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    precondition(
      temperature > 0 && temperature.isFinite, "a temperature of \(temperature), not above 0")
    return (0..<engine.size).map { _ in
      let u = generator.unit()
      return temperature / 2 * logarithm(u / (1 - u))
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
}

/// The generator of a dynamics that draws nothing: drawing is the caller's mistake.
struct NoGenerator: RandomNumberGenerator {
  mutating func next() -> UInt64 {
    preconditionFailure("this dynamics draws random numbers: give it a generator")
  }
}
