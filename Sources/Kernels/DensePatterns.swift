internal import CKernels

/// Patterns as the kernels of dense memories, and of visits out of order, take them: as tiles and, once
/// more, as rows of bits.
///
/// A visit to a neuron reads its bits of all patterns, which a row has in one place, and does so in
/// any order; it is N P / 8 bytes more.
package struct DensePatterns: Sendable {
  package let tiles: PatternTiles
  private let rows: AlignedMemory<UInt16>

  /// The rows of `tiles`.
  ///
  /// - Complexity: O(N P).
  package init(_ tiles: PatternTiles, threads: Int) {
    self.tiles = tiles
    let rows = AlignedMemory<UInt16>(
      count: tiles.blocks * PatternTiles.neuronsPerBlock * hd_stride(tiles.groups))
    let parts = tiles.neurons * tiles.slots < Parallel.worthwhile ? 1 : threads
    unsafe tiles.withTiles { tiles in
      nonisolated(unsafe) let tiles = unsafe tiles
      Parallel.forEachRange(of: unsafe tiles.pointee.blocks, multiple: 1, threads: parts) {
        unsafe hd_make_rows(tiles, $1.lowerBound, $1.upperBound, rows.start)
      }
    }
    self.rows = rows
  }

  /// The overlap of every slot with `state` (words of 64 spins); 0 for an empty slot.
  ///
  /// - Complexity: O(N P), one pass over the rows; on several threads where that pays.
  package func overlaps(with state: [UInt64], threads: Int) -> [Int32] {
    precondition(state.count == tiles.words, "a state of \(state.count) words, not \(tiles.words)")
    let (slots, lines) = (tiles.slots, hd_stride(tiles.groups) / 32)
    let parts = tiles.neurons * slots < Parallel.worthwhile / 2 ? 1 : threads
    return unsafe [Int32](unsafeUninitializedCapacity: slots) { overlaps, filled in
      unsafe withRows { tiles, rows in
        nonisolated(unsafe) let (tiles, rows, overlaps) = unsafe (tiles, rows, overlaps)
        Parallel.forEachRange(of: lines, multiple: 1, threads: parts) { _, range in
          unsafe hd_overlaps(
            tiles, rows, state, range.lowerBound, range.upperBound, overlaps.baseAddress)
        }
      }
      filled = slots
    }
  }

  /// The sum of `table[(M + N) / 2]` over all slots, empty ones included (M = 0).
  ///
  /// - Parameters:
  ///   - table: N + 1 integers of 128 bits, low word first.
  ///   - overlaps: M of every slot.
  package func sum(of table: [UInt64], at overlaps: [Int32]) -> Int128 {
    precondition(table.count == 2 * tiles.neurons + 2, "\(table.count) words")
    precondition(overlaps.count == tiles.slots, "\(overlaps.count) overlaps")
    var (low, high) = (UInt64(0), UInt64(0))
    unsafe withRows { tiles, _ in
      unsafe hd_sum_wide(tiles, table, overlaps, &low, &high)
    }
    return Int128(truncatingIfNeeded: high) << 64 | Int128(low)
  }

  func withRows<R>(_ body: (UnsafePointer<hk_patterns>, UnsafePointer<UInt16>) -> R) -> R {
    unsafe tiles.withTiles { tiles in
      withExtendedLifetime(rows) { unsafe body(tiles, rows.start) }
    }
  }
}
