public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Parallel dynamics of many cues in step: each load of the patterns serves all of them.
///
/// Every cue has its own end: one that has come to rest, or to its cycle of two, is taken out, so that
/// the last cue does not make the others pay. The recalls are those of one cue at a time.
struct SynchronousBatch {
  private struct Walk {
    let cue: Int
    var changes: [Int] = []
    var energyTrace: [Double] = []
    var outcome: Outcome?
  }

  private let network: HopfieldNetwork
  private let rule: FieldRule
  private let availableThreads: Int
  private let states: StateBatch
  private var walks: [Walk]
  /// The walks that have not ended.
  private var walking: [Int]

  /// As many threads as the step's work pays for.
  private var threads: Int {
    network.work(of: walking.count) < Parallel.worthwhile ? 1 : availableThreads
  }

  /// Starts from the states that `cues` begin with; about as many cues as share a cache.
  init(of network: HopfieldNetwork, from cues: [(index: Int, cue: Cue)], threads: Int) {
    self.network = network
    rule = network.fieldRule(frozen: nil)
    availableThreads = threads
    states = StateBatch(
      network.patterns.tiles, selfTerm: rule.selfTerm, scaledThresholds: rule.scaledThresholds,
      states: cues.map { network.completed($0.cue).words }, frozen: cues.map(\.cue.frozenWords),
      threads: threads)
    walks = cues.map { Walk(cue: $0.index) }
    walking = Array(cues.indices)
    for k in walking { walks[k].energyTrace.append(energy(of: k)) }
  }

  /// Steps until every cue has ended, `maxSteps` at the most; hands over each recall as it ends.
  mutating func finish(maxSteps: Int, _ done: (_ cue: Int, Recall<Pattern>) -> Void) {
    var steps = 0
    while !walking.isEmpty {
      if steps < maxSteps { step() }
      steps += 1
      for k in walking where walks[k].outcome != nil || steps >= maxSteps {
        done(walks[k].cue, recall(of: k))
      }
      if steps >= maxSteps { return }
      walking.removeAll { walks[$0].outcome != nil }
    }
  }

  private mutating func step() {
    for (k, changed) in zip(walking, states.step(walking, threads: threads)) {
      walks[k].changes.append(changed)
      walks[k].energyTrace.append(energy(of: k))
      if changed == 0 {
        walks[k].outcome = .fixedPoint
      } else if states.hasReturned(k) {
        walks[k].outcome = .cycle(period: 2, transient: walks[k].changes.count - 2)
      }
    }
  }

  private func energy(of k: Int) -> Double {
    HebbianEngine.energy(
      squares: states.squares[k], rule: rule, words: states.words(of: k), size: network.size)
  }

  private func recall(of k: Int) -> Recall<Pattern> {
    let state = Pattern(words: states.words(of: k), size: network.size)
    return Recall(
      state: state, outcome: walks[k].outcome ?? .stepLimit, changes: walks[k].changes,
      energyTrace: walks[k].energyTrace,
      identity: network.identity(of: state, overlaps: states.overlaps(of: k)))
  }
}

extension HopfieldNetwork {
  /// Recalls every cue: parallel dynamics in batches that share the reading of the patterns, any
  /// other with threads taking cues.
  ///
  ///     let recalls = network.recalls(from: cues, by: .synchronous) {
  ///       SeededGenerator(seed: 7, stream: $0)
  ///     }
  ///
  /// The results are those of one cue at a time, on any number of threads.
  public func recalls<Generator: RandomNumberGenerator>(
    from cues: [Cue], by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000,
    threads: Int? = nil, progress: ((Int) -> Void)? = nil, generator: (Int) -> Generator
  ) -> [Recall<Pattern>] {
    let threads = threads ?? Parallel.processors
    guard dynamics == .synchronous, cues.count > 1, case .hebbian = form else {
      return recallsOneByOne(
        from: cues, by: dynamics, maxSteps: maxSteps, threads: threads, progress: progress,
        generator: generator)
    }
    let results = Slots<Recall<Pattern>>(count: cues.count, progress: progress)
    // Threads that have cues of their own never wait for each other; few cues share the threads.
    let isShared =
      threads == 1 || cues.count < 8 * threads || work(of: cues.count) < Parallel.worthwhile
    let batches = Parallel.shares(
      of: cues.count, threads: isShared ? 1 : threads, atLeast: 4, atMost: 64)
    Parallel.forEach(batches.count, threads: isShared ? 1 : threads) { b in
      let some = batches[b].map { ($0, cues[$0]) }
      var batch = SynchronousBatch(of: self, from: some, threads: isShared ? threads : 1)
      batch.finish(maxSteps: maxSteps) { results[$0] = $1 }
    }
    return results.all
  }

  /// The operations of one step of `cues` cues.
  func work(of cues: Int) -> Int { size * patterns.tiles.slots * cues }
}
