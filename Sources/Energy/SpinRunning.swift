/// A recall in progress on spins: a walk down an energy.
public struct SpinRunning<Engine: SpinEngine>: RunningRecall {
  private var walk: SpinWalk<Engine>
  public private(set) var energy: Double

  public init(_ engine: Engine, by dynamics: Dynamics) {
    energy = engine.energy
    walk = SpinWalk(engine, by: dynamics)
  }

  public var engine: Engine { walk.spins }
  public var dynamics: Dynamics { walk.dynamics }
  public var state: Engine.State { walk.state }

  /// Takes one step of a dynamics that draws no random number.
  public mutating func step() -> Step {
    var none = NoGenerator()
    return step(using: &none)
  }

  /// Takes one step.
  public mutating func step(using generator: inout some RandomNumberGenerator) -> Step {
    let before = energy
    let (changes, outcome) = walk.step(using: &generator) { $0.flipSteepest() }
    if changes > 0 { energy = walk.spins.energy }
    return Step(changes: changes, energyDrop: before - energy, outcome: outcome)
  }
}
