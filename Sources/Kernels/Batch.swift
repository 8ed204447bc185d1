internal import CKernels

/// Many states at once: what they share is the reading of the patterns.
extension PatternTiles {
  /// The overlaps of every state, as `overlaps(with:threads:)` gives them one by one.
  ///
  /// Threads take columns of patterns, and each column stays in the cache for all states.
  /// - Complexity: O(N P) a state, one pass over the patterns in all.
  package func overlaps(with states: [[UInt64]], threads: Int) -> [[Int32]] {
    // Half a megabyte of patterns at a time.
    let columnBytes = blocks * Self.neuronsPerBlock * MemoryLayout<UInt16>.size
    let groupsAtOnce = max(1, min(16, (1 << 19) / max(1, columnBytes)))
    let pays = neurons * slots * states.count >= Parallel.worthwhile
    var differing = [UInt32](repeating: 0, count: states.count * slots)
    return unsafe withTiles { tiles in
      unsafe differing.withUnsafeMutableBufferPointer { differing in
        Parallel.forEach(
          (groups + groupsAtOnce - 1) / groupsAtOnce, threads: pays ? threads : 1
        ) { column in
          let first = column * groupsAtOnce
          // The column as patterns of their own: a narrower view of the same tiles.
          var view = unsafe tiles.pointee
          unsafe view.tiles += first * Self.neuronsPerBlock
          unsafe view.active += first
          unsafe view.groups = min(groupsAtOnce, groups - first)
          for (c, state) in states.enumerated() {
            unsafe state.withUnsafeBufferPointer {
              unsafe hk_count_differing(
                &view, $0.baseAddress, 0, blocks,
                differing.baseAddress! + c * slots + first * Self.slotsPerGroup)
            }
          }
        }
      }
      return states.indices.map { c in
        unsafe [Int32](unsafeUninitializedCapacity: slots) { overlaps, filled in
          unsafe differing.withUnsafeBufferPointer {
            unsafe hk_overlaps_from_differing(
              tiles, $0.baseAddress! + c * slots, overlaps.baseAddress)
          }
          filled = slots
        }
      }
    }
  }

  /// One parallel step of every state, without thresholds that differ between them; returns the next
  /// states and the number of neurons that changed in each.
  ///
  /// - Complexity: O(N P) a state; threads take neurons.
  package func step(
    _ tables: [FieldTables], rules: [FieldRule], states: [[UInt64]], threads: Int
  ) -> (states: [[UInt64]], changed: [Int]) {
    precondition(tables.count == states.count && rules.count == states.count)
    let cues = states.count
    let old = states.flatMap { $0 }
    var next = old
    let threads = neurons * slots * cues >= Parallel.worthwhile ? max(1, threads) : 1
    let parts = threads > 1 ? 8 * threads : 1
    var changed = [Int](repeating: 0, count: parts * cues)
    unsafe withTiles { tiles in
      unsafe Self.with(rules) { rules in
        let plans = unsafe tables.map { unsafe $0.with { unsafe $0.pointee } }
        unsafe old.withUnsafeBufferPointer { old in
          unsafe next.withUnsafeMutableBufferPointer { next in
            unsafe changed.withUnsafeMutableBufferPointer { changed in
              let from = unsafe (0..<cues).map {
                unsafe Optional(old.baseAddress! + $0 * words)
              }
              let to = unsafe (0..<cues).map { unsafe Optional(next.baseAddress! + $0 * words) }
              Parallel.forEachRange(
                of: blocks, multiple: 32, parts: parts, threads: threads
              ) { part, range in
                unsafe hk_step_batch(
                  tiles, plans, rules, from, cues, range.lowerBound, range.upperBound, to,
                  changed.baseAddress! + part * cues)
              }
            }
          }
        }
      }
    }
    return (
      (0..<cues).map { Array(next[$0 * words..<($0 + 1) * words]) },
      (0..<cues).map { c in (0..<parts).reduce(0) { $0 + changed[$1 * cues + c] } }
    )
  }

  /// The rules as the kernels take them, valid during `body`.
  private static func with<R>(
    _ rules: [FieldRule], _ body: (UnsafePointer<hk_rule>) -> R
  ) -> R {
    func collect(_ rest: ArraySlice<FieldRule>, _ done: [hk_rule]) -> R {
      guard let first = rest.first else {
        return unsafe done.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
      }
      return unsafe first.with(noise: nil) {
        unsafe collect(rest.dropFirst(), done + [$0.pointee])
      }
    }
    return unsafe collect(rules[...], [])
  }
}
