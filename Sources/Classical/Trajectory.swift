public import HopfieldEnergy
public import HopfieldPatterns

/// What a run gives back of a network that has no energy: the state, how it got there, and which
/// patterns it passed.
///
///     let run = network.run(from: patterns[0], maxSteps: 100)
///     print(run.outcome, run.stays.map(\.pattern))
public struct Trajectory: Equatable, Sendable {
  /// The state at the end; for a cycle, its first state.
  public let state: Pattern
  public let outcome: Outcome
  /// How many spins changed in each step (a sweep, or a parallel update).
  public let changes: [Int]
  /// The overlap m of `state` with each pattern, by index; 0 for an empty slot.
  public let overlaps: [Double]
  /// The pattern of largest overlap with that overlap, before the first step and after each one:
  /// `steps + 1` values, the lowest index among equals; none where nothing is stored.
  public let leaders: [Identity.Part]

  /// The number of steps.
  public var steps: Int { changes.count }

  /// Consecutive states that have the same leader.
  public struct Stay: Hashable, Sendable {
    public let pattern: Int
    /// The step after which it began; 0 for the start.
    public let start: Int
    /// The number of states.
    public let length: Int
  }

  /// The patterns in the order in which they led; the last stay may go on.
  public var stays: [Stay] {
    var starts: [Int] = []
    for t in leaders.indices where t == 0 || leaders[t].pattern != leaders[t - 1].pattern {
      starts.append(t)
    }
    return starts.indices.map { k in
      let end = k + 1 < starts.count ? starts[k + 1] : leaders.count
      return Stay(
        pattern: leaders[starts[k]].pattern, start: starts[k], length: end - starts[k])
    }
  }
}

/// Moving spins that know their overlaps with patterns.
protocol OverlappingSpins: MovingSpins where State == Pattern {
  var patterns: PatternSet { get }
  /// Σ_i ξᵢ^μ sᵢ of every slot.
  var overlaps: [Int32] { get }
}

extension SpinWalk where Spins: OverlappingSpins {
  /// Steps until the walk ends, for `sweeps` sweeps at the most.
  mutating func finish(
    sweeps: Int, using generator: inout some RandomNumberGenerator
  ) -> Trajectory {
    let limit = dynamics.stepLimit(sweeps: sweeps, size: spins.size)
    let slots = spins.patterns.indices
    let size = Double(spins.size)
    var overlaps = spins.overlaps
    var changes: [Int] = []
    var leaders: [Identity.Part] = []
    func record() {
      // The first of the largest: max(by:) would give the last.
      guard var best = slots.first else { return }
      for slot in slots where overlaps[slot] > overlaps[best] { best = slot }
      leaders.append(Identity.Part(pattern: best, weight: Double(overlaps[best]) / size))
    }
    record()
    var outcome: Outcome?
    while outcome == nil, changes.count < limit {
      let (changed, end) = step(using: &generator)
      if changed > 0 { overlaps = spins.overlaps }
      changes.append(changed)
      record()
      outcome = end
    }
    return Trajectory(
      state: state, outcome: outcome ?? .stepLimit, changes: changes,
      overlaps: overlaps.map { Double($0) / size }, leaders: leaders)
  }
}
