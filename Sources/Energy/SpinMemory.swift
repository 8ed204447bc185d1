internal import HopfieldKernels

/// A memory of spins: what the classical and the dense networks share, written once.
///
///     let recall = network.recall(from: Cue(digit, known: { $0 < 128 }), by: .synchronous)
///     let warm = network.evolve(state, by: .glauber(temperature: 0.4), sweeps: 200, using: &rng)
///
/// A network says how a recall starts from a cue (which sites are unknown, which are held); how the
/// spins then move is ``Dynamics``' affair.
public protocol SpinMemory<State, Cue>: AssociativeMemory
where Running == SpinRunning<Engine>, Engine.State == State {
  associatedtype Engine: SpinEngine
  /// A state of which some sites may be unknown and some held.
  associatedtype Cue: Sendable

  /// The number of neurons, N.
  var size: Int { get }

  /// The cue that knows all of `state` and holds nothing.
  static func cue(knowing state: State) -> Cue

  /// A recall about to start from `cue` under `dynamics`, on at most `threads` threads.
  func start(from cue: Cue, by dynamics: Dynamics, threads: Int) -> SpinRunning<Engine>

  /// Recalls every cue: see the default for what the parameters mean.
  func recalls<Generator: RandomNumberGenerator>(
    from cues: [Cue], by dynamics: Dynamics, maxSteps: Int, threads: Int?,
    progress: ((Int) -> Void)?, generator: (Int) -> Generator
  ) -> [Recall<State>]
}

extension SpinMemory {
  /// A recall about to start from `state`, site after site at T = 0.
  public func start(from state: State) -> SpinRunning<Engine> {
    start(from: Self.cue(knowing: state), by: .asynchronous())
  }

  /// A recall about to start from `cue`: to be taken step by step with ``Descent``.
  public func start(from cue: Cue, by dynamics: Dynamics) -> SpinRunning<Engine> {
    start(from: cue, by: dynamics, threads: Parallel.processors)
  }

  public func descend(_ running: inout SpinRunning<Engine>) -> Step { running.step() }

  /// Recalls from a cue by a dynamics that draws no random number.
  ///
  /// - Parameters:
  ///   - cue: where to start.
  ///   - dynamics: how spins move.
  ///   - maxSteps: sweeps, parallel updates, or N flips each in steepest order.
  public func recall(
    from cue: Cue, by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000
  ) -> Recall<State> {
    var none = NoGenerator()
    return recall(from: cue, by: dynamics, maxSteps: maxSteps, using: &none)
  }

  /// Recalls from a cue by any dynamics.
  ///
  ///     let recall = network.recall(
  ///       from: Cue(noisy), by: .asynchronous(order: .permuted), using: &rng)
  public func recall(
    from cue: Cue, by dynamics: Dynamics, maxSteps: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<State> {
    recall(
      from: cue, by: dynamics, maxSteps: maxSteps, threads: Parallel.processors, using: &generator)
  }

  /// Runs `dynamics` for `sweeps` sweeps from a state: what a warm network does.
  ///
  /// The outcome of a heat bath is `stepLimit`: it never ends by itself.
  public func evolve(
    _ state: State, by dynamics: Dynamics, sweeps: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<State> {
    recall(from: Self.cue(knowing: state), by: dynamics, maxSteps: sweeps, using: &generator)
  }

  /// Recalls every cue, threads taking cues; the results do not depend on their number.
  ///
  ///     let recalls = network.recalls(from: cues) { SeededGenerator(seed: 7, stream: $0) }
  ///
  /// - Parameters:
  ///   - cues: where to start.
  ///   - dynamics: how spins move.
  ///   - maxSteps: sweeps, parallel updates, or N flips each in steepest order.
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the number of cues done, from any thread, one call at a time.
  ///   - generator: the random numbers of the cue of this index, for dynamics that draw any.
  public func recalls<Generator: RandomNumberGenerator>(
    from cues: [Cue], by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000,
    threads: Int? = nil, progress: ((Int) -> Void)? = nil, generator: (Int) -> Generator
  ) -> [Recall<State>] {
    recallsOneByOne(
      from: cues, by: dynamics, maxSteps: maxSteps, threads: threads ?? Parallel.processors,
      progress: progress, generator: generator)
  }

  /// The recalls of one cue at a time, threads taking cues.
  package func recallsOneByOne<Generator: RandomNumberGenerator>(
    from cues: [Cue], by dynamics: Dynamics, maxSteps: Int, threads: Int,
    progress: ((Int) -> Void)?, generator: (Int) -> Generator
  ) -> [Recall<State>] {
    // One asynchronous recall is serial; a single cue may still use threads inside a step.
    let inside = cues.count == 1 ? threads : 1
    let results = Slots<Recall<State>>(count: cues.count, progress: progress)
    Parallel.forEach(cues.count, threads: threads) { c in
      var random = generator(c)
      results[c] = recall(
        from: cues[c], by: dynamics, maxSteps: maxSteps, threads: inside, using: &random)
    }
    return results.all
  }

  /// The same on at most this many threads.
  package func recall(
    from cue: Cue, by dynamics: Dynamics, maxSteps: Int, threads: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Recall<State> {
    var descent = Descent(of: self, from: start(from: cue, by: dynamics, threads: threads))
    let limit = dynamics.stepLimit(sweeps: maxSteps, size: size)
    while descent.changes.count < limit, descent.advance(by: { $0.step(using: &generator) }) {}
    return descent.recall
  }
}
