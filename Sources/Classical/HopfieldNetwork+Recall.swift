public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Recall, from states and from cues with unknown and clamped sites.
extension HopfieldNetwork {
  /// A recall about to start from `state`, site after site at T = 0.
  public func start(from state: Pattern) -> SpinRunning<HebbianEngine> {
    SpinRunning(engine(at: state), by: .asynchronous())
  }

  /// A recall about to start from `cue` under `dynamics`: to be taken step by step with
  /// `Descent`.
  public func start(from cue: Cue, by dynamics: Dynamics) -> SpinRunning<HebbianEngine> {
    start(from: cue, by: dynamics, threads: Parallel.processors)
  }

  public func descend(_ running: inout SpinRunning<HebbianEngine>) -> Step { running.step() }

  public func identity(of running: SpinRunning<HebbianEngine>) -> Identity {
    identity(of: running.state, overlaps: running.engine.overlaps)
  }

  /// Recalls from a cue by a dynamics that draws no random number.
  ///
  ///     let recall = network.recall(from: Cue(digit, known: { $0 < 128 }), by: .synchronous)
  ///
  /// - Parameter maxSteps: sweeps, parallel updates, or N flips in steepest order.
  /// - Complexity: O(N P) a sweep.
  public func recall(
    from cue: Cue, by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000
  ) -> Recall<Pattern> {
    precondition(!dynamics.isRandom, "\(dynamics) draws random numbers: give it a generator")
    var none = SeededGenerator(seed: 0)
    return recall(from: cue, by: dynamics, maxSteps: maxSteps, using: &none)
  }

  /// Recalls from a cue by any dynamics.
  ///
  ///     let recall = network.recall(
  ///       from: Cue(noisy), by: .asynchronous(order: .permuted), using: &rng)
  public func recall(
    from cue: Cue, by dynamics: Dynamics, maxSteps: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<Pattern> {
    recall(
      from: cue, by: dynamics, maxSteps: maxSteps, threads: Parallel.processors, using: &generator)
  }

  /// Runs `dynamics` for `sweeps` sweeps from a state: what a warm network does.
  ///
  ///     let warm = network.evolve(cue, by: .glauber(temperature: 0.4), sweeps: 200, using: &rng)
  ///
  /// The outcome of a heat bath is `stepLimit`: it never ends by itself.
  public func evolve(
    _ state: Pattern, by dynamics: Dynamics, sweeps: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<Pattern> {
    recall(from: Cue(state), by: dynamics, maxSteps: sweeps, using: &generator)
  }

  // MARK: - Parts

  func start(
    from cue: Cue, by dynamics: Dynamics, threads: Int
  ) -> SpinRunning<HebbianEngine> {
    let state = completed(cue, threads: threads)
    return SpinRunning(
      engine(at: state, frozen: cue.frozenWords, threads: threads), by: dynamics)
  }

  func recall(
    from cue: Cue, by dynamics: Dynamics, maxSteps: Int, threads: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<Pattern> {
    var descent = Descent(of: self, from: start(from: cue, by: dynamics, threads: threads))
    let limit = dynamics.stepLimit(sweeps: maxSteps, size: size)
    while descent.changes.count < limit, descent.advance(by: { $0.step(using: &generator) }) {}
    return descent.recall
  }

  /// The state a cue starts from: unknown sites at the sign of the field of the known ones alone
  /// (at zero field, the cue's own value).
  public func completed(_ cue: Cue) -> Pattern { completed(cue, threads: Parallel.processors) }

  private func completed(_ cue: Cue, threads: Int) -> Pattern {
    precondition(cue.size == size, "a cue of \(cue.size) sites for \(size) neurons")
    guard let known = cue.known, known.upCount < size else { return cue.pattern }
    let tiles = patterns.tiles
    // Reversing the unknown sites reverses their share of every overlap: the mean is the share of the
    // known ones.
    let given = cue.pattern.words
    let reversed = zip(given, known.words).map { $0 ^ ~$1 }
    let padded = Pattern(words: reversed, size: size).words
    let overlaps = zip(
      tiles.overlaps(with: given.span, threads: threads),
      tiles.overlaps(with: padded.span, threads: threads)
    ).map { ($0 + $1) / 2 }
    let tables = FieldTables(for: tiles)
    tables.prepare(tiles, overlaps: overlaps)
    var rule = rule(frozen: known.words)
    rule.selfTerm = 0
    var next = given
    _ = tiles.step(tables, rule: rule, noise: nil, state: given, next: &next, threads: threads)
    return Pattern(words: next, size: size)
  }
}

extension Dynamics {
  /// How many steps `sweeps` sweeps allow: N times as many where a step is one flip, and the
  /// descent after an annealing may take as long as the annealing.
  func stepLimit(sweeps: Int, size: Int) -> Int {
    switch self {
    case .asynchronous(order: .steepest):
      let (steps, overflow) = sweeps.multipliedReportingOverflow(by: size)
      return overflow ? .max : steps
    case .annealed(_, _, let heated, _): return heated + sweeps
    default: return sweeps
    }
  }
}
