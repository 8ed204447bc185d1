/// What a recall gives back: the state, how it got there and what it is.
///
///     let recall = network.recall(from: cue)
///     print(recall.outcome, recall.steps, recall.energy, recall.identity.kind)
public struct Recall<State: Sendable>: Sendable {
  /// The state at the end; for a cycle, its first state.
  public let state: State
  public let outcome: Outcome
  /// How many components changed in each step (a sweep, a parallel step, a flip).
  public let changes: [Int]
  /// The energy before the first step and after each one: `steps + 1` values.
  ///
  /// Never rises under a descent; empty for dynamics that have no energy.
  public let energyTrace: [Double]
  /// What the state is among the stored patterns.
  public let identity: Identity

  public init(
    state: State, outcome: Outcome, changes: [Int], energyTrace: [Double], identity: Identity
  ) {
    self.state = state
    self.outcome = outcome
    self.changes = changes
    self.energyTrace = energyTrace
    self.identity = identity
  }

  /// The number of steps, the last and unchanged one included.
  public var steps: Int { changes.count }

  /// The energy of `state`.
  public var energy: Double { energyTrace.last ?? .nan }
}

extension Recall: Equatable where State: Equatable {}
