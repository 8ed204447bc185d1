/// A memory whose recall is descent of an energy: the one protocol of the library.
///
/// A conforming network says what the energy of a state is and how a running recall goes one step
/// down; `Descent` and ``recall(from:maxSteps:)`` are written once for all. A running recall
/// carries the engine's incremental state (overlaps, fields), so that a step costs what it changes and
/// the energy after it is known without being computed anew.
///
///     func depth(of state: Pattern, in memory: some AssociativeMemory<Pattern>) -> Double {
///       memory.energy(of: state) - memory.recall(from: state).energy
///     }
///
/// A network without an energy (asymmetric couplings, sequences) does not conform: the type system
/// states the theorem.
public protocol AssociativeMemory<State>: Sendable {
  associatedtype State: Equatable & Sendable
  /// A recall in progress.
  associatedtype Running: RunningRecall<State>

  /// The energy of `state`.
  func energy(of state: State) -> Double

  /// A recall that is about to start from `state`, under the network's own deterministic dynamics.
  func start(from state: State) -> Running

  /// Advances `running` by one step (a sweep, a parallel step, one application of the update).
  ///
  /// - Returns: What changed, and by how much the energy fell.
  func descend(_ running: inout Running) -> Step

  /// What `running`'s present state is among the stored patterns.
  func identity(of running: Running) -> Identity
}

/// A recall in progress: the present state and its energy.
public protocol RunningRecall<State> {
  associatedtype State
  var state: State { get }
  var energy: Double { get }
}

/// What one step of a recall did.
public struct Step: Equatable, Sendable {
  /// The number of components that changed.
  public let changes: Int
  /// The energy before the step less the energy after it.
  public let energyDrop: Double
  /// How the recall ended with this step, or nil where it goes on.
  public let outcome: Outcome?

  public init(changes: Int, energyDrop: Double, outcome: Outcome?) {
    self.changes = changes
    self.energyDrop = energyDrop
    self.outcome = outcome
  }
}

extension AssociativeMemory {
  /// Descends from `state` until nothing moves, a cycle is recognised, or `maxSteps` are used up.
  public func recall(from state: State, maxSteps: Int = 1000) -> Recall<State> {
    var descent = Descent(of: self, from: start(from: state))
    return descent.finish(maxSteps: maxSteps)
  }
}
