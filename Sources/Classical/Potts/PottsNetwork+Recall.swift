public import HopfieldEnergy

/// Recall of Potts patterns, by the dynamics of spins.
extension PottsNetwork {
  /// A recall about to start from `state`, site after site at T = 0.
  public func start(from state: PottsPattern) -> PottsRecall {
    start(from: state, by: .asynchronous())
  }

  /// A recall about to start from `state` under `dynamics`: to be taken step by step.
  ///
  /// - Parameters:
  ///   - state: where to start.
  ///   - dynamics: how sites move, in any order but the steepest. A heat bath gives the visited site
  ///     colour a with probability ∝ exp(h(a) / T). Parallel updates at T = 0 end at a fixed
  ///     point or in a cycle of two.
  public func start(from state: PottsPattern, by dynamics: Dynamics) -> PottsRecall {
    PottsRecall(engine(at: state), by: dynamics)
  }

  public func descend(_ running: inout PottsRecall) -> Step { running.step() }

  /// Recalls from `state` by a dynamics that draws no random number.
  public func recall(
    from state: PottsPattern, by dynamics: Dynamics, maxSteps: Int = 1000
  ) -> Recall<PottsPattern> {
    var none = NoGenerator()
    return recall(from: state, by: dynamics, maxSteps: maxSteps, using: &none)
  }

  /// Recalls from `state` by any dynamics but steepest descent.
  ///
  ///     let warm = network.recall(
  ///       from: state, by: .glauber(temperature: 0.4), maxSteps: 200, using: &rng)
  public func recall(
    from state: PottsPattern, by dynamics: Dynamics, maxSteps: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<PottsPattern> {
    var descent = Descent(of: self, from: start(from: state, by: dynamics))
    let limit = dynamics.stepLimit(sweeps: maxSteps, size: size)
    while descent.changes.count < limit, descent.advance(by: { $0.step(using: &generator) }) {}
    return descent.recall
  }

  public func identity(of running: PottsRecall) -> Identity { identity(running.engine) }

  /// What `state` is among the stored patterns: stored (m ≥ 0.9), with q = 2 reversed, or other.
  ///
  /// Mixtures are not looked for.
  public func identity(of state: PottsPattern) -> Identity { identity(engine(at: state)) }

  private func identity(_ engine: PottsEngine) -> Identity {
    Identity(
      overlaps: engine.projections.map(Int32.init), size: size * (colourCount - 1),
      isStored: planes.isActive, agreement: { _ in 0 })
  }
}

/// A recall of a Potts network in progress.
public struct PottsRecall: RunningRecall {
  private(set) var engine: PottsEngine
  private var schedule: Schedule
  /// The state before the last parallel update: couplings are symmetric, so that no cycle is longer
  /// than two.
  private var previous: PottsPattern?
  private var steps = 0

  init(_ engine: PottsEngine, by dynamics: Dynamics) {
    self.engine = engine
    schedule = Schedule(dynamics, size: engine.state.size)
  }

  public var state: PottsPattern { engine.state }
  public var energy: Double { engine.energy }

  /// Takes one step of a dynamics that draws no random number.
  public mutating func step() -> Step {
    var none = NoGenerator()
    return step(using: &none)
  }

  /// Takes one step.
  public mutating func step(using generator: inout some RandomNumberGenerator) -> Step {
    let before = energy
    let changes: Int
    let outcome: Outcome?
    switch schedule.next() {
    case .visits(let order, let temperature):
      changes = engine.visit(
        schedule.sites(in: order, using: &generator), temperature: temperature,
        using: &generator)
      // Draws with replacement may have missed the one site that wants to move.
      let isOver = changes == 0 && (order != .random || engine.isStable())
      outcome = isOver && temperature == nil ? .fixedPoint : nil
    case .update(let temperature):
      let old = state
      changes = engine.update(temperature: temperature, using: &generator)
      steps += 1
      if temperature != nil {
        outcome = nil
      } else if changes == 0 {
        outcome = .fixedPoint
      } else {
        outcome = state == previous ? .cycle(period: 2, transient: steps - 2) : nil
      }
      previous = old
    }
    return Step(changes: changes, energyDrop: before - energy, outcome: outcome)
  }
}
