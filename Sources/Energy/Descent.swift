/// A recall taken step by step, with its outcome and its trace.
///
///     var descent = Descent(of: network, from: network.start(from: cue))
///     while descent.advance() { print(descent.energyTrace.last!, descent.running.state) }
public struct Descent<Memory: AssociativeMemory> {
  public let memory: Memory
  public private(set) var running: Memory.Running
  /// Nil while the recall goes on.
  public private(set) var outcome: Outcome?
  public private(set) var changes: [Int] = []
  public private(set) var energyTrace: [Double]

  public init(of memory: Memory, from running: Memory.Running) {
    self.memory = memory
    self.running = running
    energyTrace = [running.energy]
  }

  /// Takes one step; false where the recall has ended with it or before.
  @discardableResult
  public mutating func advance() -> Bool {
    advance { [memory] in memory.descend(&$0) }
  }

  /// Takes the step that `take` does: for dynamics that need a generator of random numbers.
  @discardableResult
  public mutating func advance(by take: (inout Memory.Running) -> Step) -> Bool {
    guard outcome == nil else { return false }
    let step = take(&running)
    changes.append(step.changes)
    energyTrace.append(running.energy)
    outcome = step.outcome
    return outcome == nil
  }

  /// Steps until the recall ends, `maxSteps` in all at the most.
  public mutating func finish(maxSteps: Int) -> Recall<Memory.State> {
    while changes.count < maxSteps, advance() {}
    return recall
  }

  /// The recall as it stands; one that goes on has reached its limit of steps.
  public var recall: Recall<Memory.State> {
    Recall(
      state: running.state, outcome: outcome ?? .stepLimit, changes: changes,
      energyTrace: energyTrace, identity: memory.identity(of: running))
  }
}
