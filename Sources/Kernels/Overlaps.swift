internal import CKernels

/// Integer overlaps M^mu = sum_i xi_i^mu s_i, exact.
extension PatternTiles {
  /// The overlap of every slot with `state` (words of 64 spins); 0 for an empty slot.
  ///
  /// - Complexity: O(N P), one pass over the patterns; on several threads where that pays.
  package func overlaps(with state: Span<UInt64>, threads: Int) -> [Int32] {
    precondition(state.count == words, "a state of \(state.count) words, not \(words)")
    let parts = neurons * max(slots, 1) < Parallel.worthwhile ? 1 : max(1, min(threads, blocks))
    var differing = [UInt32](repeating: 0, count: parts * slots)
    return unsafe withTiles { tiles in
      unsafe state.withUnsafeBufferPointer { state in
        unsafe differing.withUnsafeMutableBufferPointer { differing in
          Parallel.forEachRange(of: blocks, multiple: 2, threads: parts) { part, range in
            unsafe hk_count_differing(
              tiles, state.baseAddress, range.lowerBound, range.upperBound,
              differing.baseAddress! + part * slots)
          }
          for part in 1..<max(parts, 1) {
            for slot in 0..<slots {
              unsafe differing[slot] &+= unsafe differing[part * slots + slot]
            }
          }
        }
        return unsafe [Int32](unsafeUninitializedCapacity: slots) { overlaps, filled in
          unsafe differing.withUnsafeBufferPointer {
            unsafe hk_overlaps_from_differing(tiles, $0.baseAddress, overlaps.baseAddress)
          }
          filled = slots
        }
      }
    }
  }

  /// Brings `overlaps` from state `before` to state `after`; threads take groups of patterns, where
  /// enough has changed to pay for them.
  ///
  /// - Complexity: O(P) for each neuron in which they differ.
  package func move(
    _ overlaps: inout [Int32], from before: Span<UInt64>, to after: Span<UInt64>, threads: Int
  ) {
    var changed = 0
    for k in 0..<words { changed += (before[k] ^ after[k]).nonzeroBitCount }
    // Each meets a line of the cache in every group: some microseconds for a thousand of them.
    let parts = changed * groups < 1 << 14 ? 1 : threads
    unsafe withTiles { tiles in
      unsafe before.withUnsafeBufferPointer { before in
        unsafe after.withUnsafeBufferPointer { after in
          unsafe overlaps.withUnsafeMutableBufferPointer { overlaps in
            nonisolated(unsafe) let (overlaps, tiles) = unsafe (overlaps, tiles.pointee)
            Parallel.forEachRange(of: groups, multiple: 1, threads: parts) { _, range in
              // Some groups as patterns of their own: a narrower view of the same tiles.
              var view = unsafe tiles
              unsafe view.tiles += range.lowerBound * Self.neuronsPerBlock
              unsafe view.active += range.lowerBound
              unsafe view.groups = range.count
              unsafe hk_move_overlaps(
                &view, before.baseAddress, after.baseAddress,
                overlaps.baseAddress! + range.lowerBound * Self.slotsPerGroup)
            }
          }
        }
      }
    }
  }

  /// Brings `overlaps` up to date after `neuron` has become `spin`.
  ///
  /// O(P).
  package func flip(_ overlaps: inout [Int32], neuron: Int, to spin: Int) {
    unsafe withTiles { tiles in
      unsafe overlaps.withUnsafeMutableBufferPointer {
        unsafe hk_flip_overlaps(tiles, neuron, Int32(spin), $0.baseAddress)
      }
    }
  }
}

extension [Int32] {
  /// The first overlap from index `first` on with |M| > `least`.
  package func nextIndex(from first: Int, above least: UInt32) -> Int? {
    precondition(first >= 0 && first <= count, "index \(first) of \(count)")
    let next = unsafe hk_next_above(self, first, count, least)
    return next < count ? next : nil
  }
}
