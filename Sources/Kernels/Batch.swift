internal import CKernels

/// Parallel dynamics of many states at once: what they share is the reading of the patterns.
///
/// All states take their steps together; those that have ended are left out. The memory of the whole
/// batch is allocated once.
@safe package final class StateBatch {
  private let patterns: PatternTiles
  private let selfTerm: Int
  private let thresholds: AlignedMemory<Double>?
  private let frozen: [AlignedMemory<UInt64>?]
  private let plans: AlignedMemory<hk_plan>
  private let tables: AlignedMemory<Int16>
  /// Three of each: now, before the last step, and before the one before that.
  private let states: AlignedMemory<UInt64>
  /// Two of each: now, and before the last step.
  private let overlaps: AlignedMemory<Int32>
  private let differing: AlignedMemory<UInt32>
  private let rests: AlignedMemory<Int64>
  private var drifts: [Int64]
  /// How far the overlaps moved in the last step, all together.
  private var moved: [Int64]
  private var changed: [Int]
  private var steps = 0

  /// The sum of (M^mu)^2 of each state, from which its energy comes.
  package private(set) var squares: [Int]

  /// Starts from `states`; see `FieldRule` for the rest, which all states share but for `frozen`.
  ///
  /// - Complexity: O(N P) a state.
  package init(
    _ patterns: PatternTiles, selfTerm: Int, scaledThresholds: [Double]?, states: [[UInt64]],
    frozen: [[UInt64]?], threads: Int
  ) {
    precondition(
      frozen.count == states.count, "\(frozen.count) frozen sets for \(states.count) states")
    self.patterns = patterns
    self.selfTerm = selfTerm
    thresholds = scaledThresholds.map { AlignedMemory(copying: $0) }
    self.frozen = frozen.map { $0.map { AlignedMemory(copying: $0) } }
    let tableSize = Int(HK_DIGITS) * patterns.groups * Int(HK_TABLE)
    unsafe plans = AlignedMemory(count: states.count)
    tables = .unset(count: states.count * tableSize)
    self.states = AlignedMemory(count: 3 * states.count * patterns.words)
    overlaps = AlignedMemory(count: 2 * states.count * patterns.slots)
    differing = AlignedMemory(count: states.count * patterns.slots)
    rests = AlignedMemory(count: states.count * patterns.blocks)
    drifts = Array(repeating: 0, count: states.count)
    moved = Array(repeating: .max, count: states.count)
    changed = Array(repeating: patterns.neurons, count: states.count)
    squares = Array(repeating: 0, count: states.count)
    for (k, state) in states.enumerated() {
      precondition(state.count == patterns.words, "\(state.count) words, not \(patterns.words)")
      unsafe plans.start[k].tables = unsafe tables.start + k * tableSize
      unsafe self.state(k).update(from: state, count: state.count)
    }
    recount(Array(states.indices), threads: threads)
    measure(Array(states.indices))
  }

  // MARK: - Looking at it

  /// The words of state `k`.
  package func words(of k: Int) -> [UInt64] {
    unsafe Array(UnsafeBufferPointer(start: state(k), count: patterns.words))
  }

  /// The overlaps of state `k`.
  package func overlaps(of k: Int) -> [Int32] {
    unsafe Array(UnsafeBufferPointer(start: overlaps(k), count: patterns.slots))
  }

  /// Whether state `k` is what it was two steps ago.
  package func hasReturned(_ k: Int) -> Bool {
    steps >= 2 && (0..<patterns.words).allSatisfy { unsafe state(k)[$0] == state(k, back: 2)[$0] }
  }

  private func state(_ k: Int, back: Int = 0) -> UnsafeMutablePointer<UInt64> {
    unsafe states.start + (3 * k + (steps + 3 - back) % 3) * patterns.words
  }

  private func overlaps(_ k: Int, back: Int = 0) -> UnsafeMutablePointer<Int32> {
    unsafe overlaps.start + (2 * k + (steps + back) % 2) * patterns.slots
  }

  // MARK: - Steps

  /// One parallel step of the states `walking`, the same ones as in the last step or some of them;
  /// returns the number of neurons that changed in each.
  ///
  /// - Complexity: O(N P) a state; threads take neurons.
  package func step(_ walking: [Int], threads: Int) -> [Int] {
    let work = patterns.neurons * patterns.slots * walking.count
    let threads = work >= Parallel.worthwhile ? max(1, threads) : 1
    unsafe patterns.withTiles { tiles in
      Parallel.forEach(walking.count, threads: threads) { w in
        unsafe hk_prepare(plans.start + walking[w], tiles, overlaps(walking[w]))
      }
    }
    advance(walking, threads: threads)
    steps += 1
    let most = mostFollowed(by: walking.count)
    let many = walking.filter { changed[$0] > most }
    if !many.isEmpty { recount(many, threads: threads) }
    follow(walking.filter { changed[$0] <= most }, threads: threads)
    measure(walking)
    return walking.map { changed[$0] }
  }

  /// The most changes that overlaps follow before they are counted anew: a pass over a neuron's row costs
  /// about 32 times its share of a count of everything, and twice that where many states share the count.
  private func mostFollowed(by states: Int) -> Int { patterns.neurons / (states < 8 ? 32 : 64) }

  /// Steps from the newest states into the oldest ones.
  private func advance(_ walking: [Int], threads: Int) {
    let parts = threads > 1 ? 8 * threads : 1
    var changes = [Int](repeating: 0, count: parts * walking.count)
    let plans = unsafe walking.map { unsafe self.plans.start[$0] }
    let rules = unsafe walking.map { k in
      unsafe hk_rule(
        self: Int64(selfTerm), thresholds: thresholds?.start, noise: nil,
        frozen: frozen[k]?.start)
    }
    let rests = unsafe walking.map { k in
      // As long as overlaps move further than most fields are from zero, nothing would rest.
      let mayRest = moved[k] <= patterns.neurons * 3 / 4
      return unsafe hk_rest(
        drift: drifts[k], until: mayRest ? self.rests.start + k * patterns.blocks : nil)
    }
    let from = unsafe walking.map { unsafe Optional(UnsafePointer(state($0))) }
    let to = unsafe walking.map { unsafe Optional(state($0, back: 2)) }
    unsafe patterns.withTiles { tiles in
      unsafe changes.withUnsafeMutableBufferPointer { changes in
        Parallel.forEachRange(
          of: patterns.blocks, multiple: 32, parts: parts, threads: threads
        ) { part, range in
          unsafe hk_step_batch(
            tiles, plans, rules, rests, from, walking.count, range.lowerBound, range.upperBound,
            to, changes.baseAddress! + part * walking.count)
        }
      }
    }
    for (w, k) in walking.enumerated() {
      changed[k] = (0..<parts).reduce(0) { $0 + changes[$1 * walking.count + w] }
    }
  }

  // MARK: - Overlaps

  /// Counts the overlaps of some states: threads take columns of patterns, and each column stays in
  /// the cache for all states.
  private func recount(_ some: [Int], threads: Int) {
    let slots = patterns.slots
    let pays = threads > 1 && patterns.neurons * slots * some.count >= Parallel.worthwhile
    let groupsAtOnce = pays ? 16 : patterns.groups
    let states = unsafe some.map { unsafe Optional(UnsafePointer(state($0))) }
    unsafe differing.start.update(repeating: 0, count: some.count * slots)
    unsafe patterns.withTiles { tiles in
      Parallel.forEach(
        (patterns.groups + groupsAtOnce - 1) / groupsAtOnce, threads: pays ? threads : 1
      ) { column in
        let first = column * groupsAtOnce
        // The column as patterns of their own: a narrower view of the same tiles.
        var view = unsafe tiles.pointee
        unsafe view.tiles += first * PatternTiles.neuronsPerBlock
        unsafe view.active += first
        unsafe view.groups = min(groupsAtOnce, patterns.groups - first)
        let counts = unsafe some.indices.map {
          unsafe Optional(differing.start + $0 * slots + first * PatternTiles.slotsPerGroup)
        }
        unsafe hk_count_differing_batch(
          &view, states, some.count, 0, patterns.blocks, counts)
      }
      for (s, k) in some.enumerated() {
        unsafe hk_overlaps_from_differing(tiles, differing.start + s * slots, overlaps(k))
      }
    }
  }

  /// Brings the overlaps of some states up to date, a neuron that changed after another.
  private func follow(_ some: [Int], threads: Int) {
    unsafe patterns.withTiles { tiles in
      Parallel.forEach(some.count, threads: threads) { s in
        let overlaps = unsafe overlaps(some[s])
        unsafe overlaps.update(from: self.overlaps(some[s], back: 1), count: patterns.slots)
        unsafe hk_move_overlaps(tiles, state(some[s], back: 1), state(some[s]), overlaps)
      }
    }
  }

  private func measure(_ some: [Int]) {
    unsafe patterns.withTiles { tiles in
      for k in some {
        let drift = drifts[k]
        squares[k] = unsafe Int(hk_squares(tiles, overlaps(k, back: 1), overlaps(k), &drifts[k]))
        moved[k] = drifts[k] - drift
      }
    }
  }
}
