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

  /// Brings `overlaps` from state `before` to state `after`.
  ///
  /// - Complexity: O(P) for each neuron in which they differ.
  package func move(
    _ overlaps: inout [Int32], from before: Span<UInt64>, to after: Span<UInt64>
  ) {
    unsafe withTiles { tiles in
      unsafe before.withUnsafeBufferPointer { before in
        unsafe after.withUnsafeBufferPointer { after in
          unsafe overlaps.withUnsafeMutableBufferPointer {
            unsafe hk_move_overlaps(tiles, before.baseAddress, after.baseAddress, $0.baseAddress)
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
