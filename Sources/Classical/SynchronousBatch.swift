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
    var words: [UInt64]
    /// The state before the last step.
    var previous: [UInt64]?
    var overlaps: [Int32]
    let tables: FieldTables
    let rule: FieldRule
    var changes: [Int] = []
    var energyTrace: [Double] = []
    var outcome: Outcome?
  }

  private let network: HopfieldNetwork
  private let availableThreads: Int
  private var walking: [Walk]

  /// As many threads as the step's work pays for.
  private var threads: Int {
    network.work(of: walking.count) < Parallel.worthwhile ? 1 : availableThreads
  }

  /// Starts from the states that `cues` begin with; about as many cues as share a cache.
  init(of network: HopfieldNetwork, from cues: [(index: Int, cue: Cue)], threads: Int) {
    self.network = network
    availableThreads = threads
    let tiles = network.patterns.tiles
    let states = cues.map { network.completed($0.cue).words }
    let overlaps = tiles.overlaps(with: states, threads: threads)
    walking = cues.indices.map { k in
      Walk(
        cue: cues[k].index, words: states[k], overlaps: overlaps[k],
        tables: FieldTables(for: tiles),
        rule: network.fieldRule(frozen: cues[k].cue.frozenWords))
    }
    for k in walking.indices { walking[k].energyTrace = [energy(of: walking[k])] }
  }

  /// Steps until every cue has ended, `maxSteps` at the most; hands over each recall as it ends.
  mutating func finish(maxSteps: Int, _ done: (_ cue: Int, Recall<Pattern>) -> Void) {
    var steps = 0
    while !walking.isEmpty {
      if steps < maxSteps { step() }
      steps += 1
      for walk in walking where walk.outcome != nil || steps >= maxSteps {
        done(walk.cue, recall(of: walk))
      }
      if steps >= maxSteps { return }
      walking.removeAll { $0.outcome != nil }
    }
  }

  private mutating func step() {
    let tiles = network.patterns.tiles
    let before = walking
    Parallel.forEach(before.count, threads: threads) { k in
      before[k].tables.prepare(tiles, overlaps: before[k].overlaps)
    }
    let (next, changed) = tiles.step(
      before.map(\.tables), rules: before.map(\.rule), states: before.map(\.words),
      threads: threads)

    let overlaps = overlaps(of: before, next: next, changed: changed)
    for k in walking.indices {
      walking[k].overlaps = overlaps[k]
      walking[k].changes.append(changed[k])
      walking[k].energyTrace.append(energy(of: walking[k], at: next[k]))
      if changed[k] == 0 {
        walking[k].outcome = .fixedPoint
      } else if next[k] == before[k].previous {
        walking[k].outcome = .cycle(period: 2, transient: walking[k].changes.count - 2)
      }
      walking[k].previous = before[k].words
      walking[k].words = next[k]
    }
  }

  /// The overlaps after a step: many changes are counted anew, for all cues together; few are cheaper
  /// to follow.
  private func overlaps(
    of before: [Walk], next: [[UInt64]], changed: [Int]
  ) -> [[Int32]] {
    let tiles = network.patterns.tiles
    let isRecounted = changed.map { HebbianEngine.isCheaperToRecount($0, size: network.size) }
    let recounted = before.indices.filter { isRecounted[$0] }
    let followed = before.indices.filter { !isRecounted[$0] && changed[$0] > 0 }
    let moved = Slots<[Int32]>(count: followed.count)
    Parallel.forEach(followed.count, threads: threads) { f in
      let (old, new) = (before[followed[f]].words, next[followed[f]])
      var overlaps = before[followed[f]].overlaps
      tiles.move(&overlaps, from: old.span, to: new.span)
      moved[f] = overlaps
    }
    var all = before.map(\.overlaps)
    for (k, overlaps) in zip(followed, moved.all) { all[k] = overlaps }
    let counts = tiles.overlaps(with: recounted.map { next[$0] }, threads: threads)
    for (k, overlaps) in zip(recounted, counts) { all[k] = overlaps }
    return all
  }

  private func energy(of walk: Walk, at words: [UInt64]? = nil) -> Double {
    HebbianEngine.energy(
      overlaps: walk.overlaps, rule: walk.rule, words: words ?? walk.words, size: network.size)
  }

  private func recall(of walk: Walk) -> Recall<Pattern> {
    let state = Pattern(words: walk.words, size: network.size)
    return Recall(
      state: state, outcome: walk.outcome ?? .stepLimit, changes: walk.changes,
      energyTrace: walk.energyTrace,
      identity: network.identity(of: state, overlaps: walk.overlaps))
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
    let share = (cues.count + threads - 1) / threads
    let isShared = threads == 1 || share < 8 || work(of: cues.count) < Parallel.worthwhile
    let atOnce = min(64, isShared ? cues.count : share)
    let batches = (cues.count + atOnce - 1) / atOnce
    Parallel.forEach(batches, threads: isShared ? 1 : threads) { b in
      let some = (b * atOnce..<min((b + 1) * atOnce, cues.count)).map { ($0, cues[$0]) }
      var batch = SynchronousBatch(of: self, from: some, threads: isShared ? threads : 1)
      batch.finish(maxSteps: maxSteps) { results[$0] = $1 }
    }
    return results.all
  }

  /// The operations of one step of `cues` cues.
  func work(of cues: Int) -> Int { size * patterns.tiles.slots * cues }
}
