internal import CKernels

/// P patterns of N spins as tiles of bits: the one layout that overlaps, fields and flips share.
///
/// A tile is 32 neurons by 16 patterns in one cache line (CKernels.h); N P / 8 bytes in all. A
/// pattern stands in a *slot*; an empty slot is all zero bits and never counts. A value type:
/// copies share memory until one of them is changed.
package struct PatternTiles: Sendable {
  /// Slots that one group of 16 bits holds.
  package static let slotsPerGroup = Int(HK_SLOTS)
  /// Neurons of one block.
  package static let neuronsPerBlock = Int(HK_LANES)

  package let neurons: Int
  package private(set) var groups = 0
  package private(set) var count = 0
  private var stride: Int
  private var memory: AlignedMemory<UInt16>
  private var active: [UInt16] = []
  /// No group before this one has an empty slot.
  private var firstOpenGroup = 0

  package var blocks: Int { (neurons + Self.neuronsPerBlock - 1) / Self.neuronsPerBlock }
  package var words: Int { (neurons + 63) / 64 }
  /// Slots, empty ones included.
  package var slots: Int { groups * Self.slotsPerGroup }

  /// No pattern yet, and room for `capacity` of them.
  package init(neurons: Int, capacity: Int) {
    precondition(neurons > 0 && neurons < 1 << 30, "\(neurons) neurons, not 1 to 2^30 - 1")
    precondition(capacity >= 0 && capacity < 1 << 31, "\(capacity) patterns, not 0 to 2^31 - 1")
    self.neurons = neurons
    stride = (capacity + Self.slotsPerGroup - 1) / Self.slotsPerGroup
    let blocks = (neurons + Self.neuronsPerBlock - 1) / Self.neuronsPerBlock
    memory = AlignedMemory(count: blocks * stride * Self.neuronsPerBlock)
  }

  package func isActive(_ slot: Int) -> Bool {
    slot >= 0 && slot < slots && active[slot / 16] >> (slot % 16) & 1 == 1
  }

  /// The lowest empty slot, or the one after the last.
  package var freeSlot: Int {
    for group in firstOpenGroup..<groups where active[group] != .max {
      return group * 16 + (~active[group]).trailingZeroBitCount
    }
    return slots
  }

  /// The patterns as the kernels take them, valid during `body`.
  func withTiles<R>(_ body: (UnsafePointer<hk_patterns>) -> R) -> R {
    unsafe active.withUnsafeBufferPointer { active in
      var tiles = unsafe hk_patterns(
        tiles: memory.start, active: active.baseAddress, neurons: neurons, blocks: blocks,
        groups: groups, stride: stride, count: Int64(count))
      return unsafe body(&tiles)
    }
  }

  /// Makes the memory this value's own, with room for `groups` groups a block.
  private mutating func own(groups wanted: Int) {
    guard wanted > stride else {
      if !isKnownUniquelyReferenced(&memory) { memory = memory.copy() }
      return
    }
    // Doubling keeps adding one pattern at O(N), amortised.
    let newStride = max(wanted, 2 * stride)
    let lanes = Self.neuronsPerBlock
    let larger = AlignedMemory<UInt16>(count: blocks * newStride * lanes)
    for block in 0..<blocks {
      unsafe (larger.start + block * newStride * lanes).update(
        from: memory.start + block * stride * lanes, count: groups * lanes)
    }
    memory = larger
    stride = newStride
  }
}

// MARK: - Moving patterns in and out

extension PatternTiles {
  /// Writes one pattern into `slot`, or empties it (nil).
  ///
  /// O(N).
  package mutating func set(slot: Int, to words: Span<UInt64>?) {
    precondition(slot >= 0 && slot <= slots, "slot \(slot) of \(slots)")
    if let words {
      precondition(words.count == self.words, "\(words.count) words, not \(self.words)")
    }
    let group = slot / 16
    own(groups: group + 1)
    if group == groups {
      groups += 1
      active.append(0)
    }
    let bit: UInt16 = 1 << (slot % 16)
    count += (words == nil ? 0 : 1) - (active[group] & bit == 0 ? 0 : 1)
    if words == nil { active[group] &= ~bit } else { active[group] |= bit }
    if words == nil {
      firstOpenGroup = min(firstOpenGroup, group)
    } else {
      while firstOpenGroup < groups, active[firstOpenGroup] == .max { firstOpenGroup += 1 }
    }
    unsafe withTiles { tiles in
      if let words {
        unsafe words.withUnsafeBufferPointer { unsafe hk_set_slot(tiles, slot, $0.baseAddress) }
      } else {
        unsafe hk_set_slot(tiles, slot, nil)
      }
    }
  }

  /// Appends patterns in groups of 16 to a set that has no partly filled group: rows of int8 spins
  /// (positive is +1), `neurons` apart.
  package mutating func append(spins: Span<Int8>) {
    let rows = spins.count / neurons
    precondition(spins.count == rows * neurons, "\(spins.count) spins are no rows of \(neurons)")
    unsafe appendGroups(of: rows) { tiles, group, first, count in
      unsafe spins.withUnsafeBufferPointer {
        unsafe hk_pack_spins(
          tiles, group, $0.baseAddress! + first * tiles.pointee.neurons, tiles.pointee.neurons,
          count)
      }
    }
  }

  /// The same from rows of `words` words.
  package mutating func append(words rows: Span<UInt64>) {
    let perRow = words
    precondition(rows.count % perRow == 0, "\(rows.count) words are no rows of \(perRow)")
    unsafe appendGroups(of: rows.count / perRow) { tiles, group, first, count in
      unsafe rows.withUnsafeBufferPointer {
        unsafe hk_pack_words(tiles, group, $0.baseAddress! + first * perRow, perRow, count)
      }
    }
  }

  private mutating func appendGroups(
    of rows: Int,
    pack: (UnsafePointer<hk_patterns>, _ group: Int, _ first: Int, _ count: Int) -> Void
  ) {
    precondition(count == slots, "\(count) patterns in \(slots) slots: the last group is not full")
    let firstGroup = groups
    own(groups: groups + (rows + 15) / 16)
    for first in Swift.stride(from: 0, to: rows, by: 16) {
      let filled = min(16, rows - first)
      active.append(filled == 16 ? .max : (1 << filled) - 1)
      count += filled
    }
    groups = active.count
    unsafe withTiles { tiles in
      for (k, first) in Swift.stride(from: 0, to: rows, by: 16).enumerated() {
        unsafe pack(tiles, firstGroup + k, first, min(16, rows - first))
      }
    }
  }

  /// The words of one slot's pattern.
  package func words(ofSlot slot: Int) -> [UInt64] {
    precondition(isActive(slot), "no pattern \(slot)")
    return unsafe [UInt64](unsafeUninitializedCapacity: words) { buffer, filled in
      unsafe withTiles { unsafe hk_get_slot($0, slot, buffer.baseAddress) }
      filled = words
    }
  }

  /// The words of all 16 slots of a group, one row after another: what to use for many patterns.
  package func words(ofGroup group: Int) -> [UInt64] {
    precondition(group >= 0 && group < groups, "no group \(group)")
    return unsafe [UInt64](unsafeUninitializedCapacity: 16 * words) { buffer, filled in
      unsafe withTiles { unsafe hk_unpack_words($0, group, buffer.baseAddress, words) }
      filled = 16 * words
    }
  }

  /// The same patterns on some of the neurons, in this order.
  ///
  /// - Complexity: O(P) bits a neuron; where neurons ascend, a pass over the patterns at the most.
  package func selecting(_ neurons: [UInt32], threads: Int) -> PatternTiles {
    precondition(
      neurons.allSatisfy { $0 < self.neurons }, "a neuron that is not one of \(self.neurons)")
    var some = PatternTiles(neurons: neurons.count, capacity: slots)
    (some.active, some.groups, some.count) = (active, groups, count)
    unsafe withTiles { tiles in
      nonisolated(unsafe) let (tiles, memory) = unsafe (tiles, some.memory.start)
      Parallel.forEachRange(of: some.blocks, multiple: 1, threads: threads) { _, range in
        unsafe hk_select(
          tiles, neurons, neurons.count, range.lowerBound, range.upperBound, memory)
      }
    }
    return some
  }
}
