public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// A trajectory in progress.
public struct GradedRunning: RunningRecall, Sendable {
  public internal(set) var integrator: DormandPrince
  public internal(set) var energy: Double
  /// When it ends, at rest or not.
  public let limit: Double
  /// +1 at sites whose potentials are held.
  let held: Pattern?

  /// The potentials x.
  public var state: [Double] { integrator.state }
  public var time: Double { integrator.time }
}

/// Recall: a trajectory until it is at rest or time is up.
extension GradedHopfieldNetwork {
  /// A trajectory about to start from potentials.
  public func start(from state: [Double]) -> GradedRunning { start(from: state, until: .infinity) }

  /// A trajectory about to start from potentials, which ends at time `limit` at the latest.
  public func start(from state: [Double], until limit: Double) -> GradedRunning {
    start(from: state, until: limit, held: nil)
  }

  /// A trajectory about to start from a cue of spins: potentials +1 and −1, those of unknown sites
  /// at the sign of the field w v + I that the known ones exert; held sites keep theirs.
  public func start(from cue: Cue, until limit: Double) -> GradedRunning {
    start(
      from: completed(cue).spins.map(Double.init), until: limit,
      held: cue.isClamped ? cue.known ?? Pattern(repeating: 1, size: size) : nil)
  }

  private func start(from state: [Double], until limit: Double, held: Pattern?) -> GradedRunning {
    check(state)
    precondition(limit >= 0, "a time of \(limit)")
    let integrator = DormandPrince(from: state, tolerance: tolerance) { rate(at: $0, held: held) }
    return GradedRunning(
      integrator: integrator, energy: energy(of: state), limit: limit, held: held)
  }

  /// Takes one accepted step of the integrator.
  ///
  /// - Returns: How many potentials changed sign, and by how much V fell; `fixedPoint` where no
  ///   τ |dx/dt| exceeds 100 times the tolerance, `stepLimit` where time is up.
  public func descend(_ running: inout GradedRunning) -> Step {
    let before = running.energy
    let signs = running.state.map { $0 > 0 }
    var moves = true
    if !isAtRest(running) {
      let held = running.held
      moves = running.integrator.step(until: running.limit) { rate(at: $0, held: held) }
      running.energy = energy(of: running.state)
    }
    let isOver = !moves || running.time >= running.limit
    return Step(
      changes: zip(signs, running.state).count { $0 != ($1 > 0) },
      energyDrop: before - running.energy,
      outcome: isAtRest(running) ? .fixedPoint : isOver ? .stepLimit : nil)
  }

  private func isAtRest(_ running: GradedRunning) -> Bool {
    running.integrator.rate.allSatisfy { tau * abs($0) <= 100 * tolerance }
  }

  /// Follows the trajectory from potentials until rest, or until `time`.
  ///
  /// - Parameters:
  ///   - state: potentials x.
  ///   - time: when to stop at the latest.
  ///   - maxSteps: of the integrator.
  public func recall(
    from state: [Double], until time: Double, maxSteps: Int = 100_000
  ) -> Recall<[Double]> {
    var descent = Descent(of: self, from: start(from: state, until: time))
    return descent.finish(maxSteps: maxSteps)
  }

  /// Follows the trajectory from a cue until rest, or until `time`.
  public func recall(
    from cue: Cue, until time: Double = .infinity, maxSteps: Int = 100_000
  ) -> Recall<[Double]> {
    var descent = Descent(of: self, from: start(from: cue, until: time))
    return descent.finish(maxSteps: maxSteps)
  }

  /// Recalls every cue, threads taking cues; the results do not depend on their number.
  ///
  /// - Parameters:
  ///   - cues: where to start.
  ///   - time: when each stops at the latest.
  ///   - maxSteps: of the integrator.
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the number of cues done, one call at a time.
  public func recalls(
    from cues: [Cue], until time: Double = .infinity, maxSteps: Int = 100_000,
    threads: Int? = nil, progress: ((Int) -> Void)? = nil
  ) -> [Recall<[Double]>] {
    let results = Slots<Recall<[Double]>>(count: cues.count, progress: progress)
    Parallel.forEach(cues.count, threads: threads ?? Parallel.processors) { c in
      results[c] = recall(from: cues[c], until: time, maxSteps: maxSteps)
    }
    return results.all
  }

  /// The potentials at each of `times`, ascending from 0 on: the continuous solution, wherever the
  /// steps happen to end.
  public func trajectory(from state: [Double], at times: [Double]) -> [[Double]] {
    check(state)
    var integrator = DormandPrince(from: state, tolerance: tolerance, rate: rate(at:))
    return times.map { time in
      precondition(time >= 0, "a time of \(time)")
      while integrator.time < time, integrator.step(until: .infinity, rate: rate(at:)) {}
      return integrator.state(at: time)
    }
  }

  // MARK: - Spins

  /// +1 where a potential is above 0, −1 elsewhere.
  public func spins(of state: [Double]) -> Pattern { Pattern(state) }

  /// What the signs of the present potentials are among the stored patterns; `other`, without a
  /// match, where the network was made from couplings.
  public func identity(of running: GradedRunning) -> Identity {
    let spins = spins(of: running.state)
    guard let patterns else { return Identity(kind: .other, match: nil, isExact: false) }
    let overlaps = patterns.tiles.overlaps(with: spins.words.span, threads: 1)
    return Identity(overlaps: overlaps, size: size, isStored: patterns.contains) { parts in
      size - patterns.mixture(of: parts.map { ($0.pattern, Int($0.weight)) }).distance(to: spins)
    }
  }

  /// The spins that a cue starts from: unknown sites at the sign of the field that the known ones
  /// exert, their outputs saturated; where it is 0, at the cue's own value.
  public func completed(_ cue: Cue) -> Pattern {
    precondition(cue.size == size, "a cue of \(cue.size) sites for \(size) neurons")
    guard let known = cue.known, known.upCount < size else { return cue.pattern }
    // Undecided neurons give the middle of the range: 0 for tanh, 1/2 for the logistic function.
    let middle = gain.value(at: 0)
    let field = couplings.product(
      with: (0..<size).map { known[$0] > 0 ? gain.limit(of: cue.pattern[$0]) : middle })
    return Pattern(size: size) { i in
      let local = field[i] + input[i]
      return known[i] > 0 || abs(local) < 1e-12 ? cue.pattern[i] > 0 : local > 0
    }
  }
}
