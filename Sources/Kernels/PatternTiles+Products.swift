internal import CKernels

/// Products of patterns with numbers, and with each other.
extension PatternTiles {
  /// Σ_μ ξᵢ^μ v_μ for every neuron, where v_μ is row μ of `values`: a row of `columns` numbers a slot,
  /// 0 in empty ones.
  ///
  /// O(N P columns), a quarter of the additions of a product of matrices.
  package func products(
    _ values: [Double], columns: Int, threads: Int
  ) -> AlignedMemory<Double> {
    precondition(
      values.count == slots * columns, "\(values.count) values, not \(slots) x \(columns)")
    let rows = AlignedMemory<Double>.unset(count: neurons * columns)
    let parts = neurons * slots * columns >= Parallel.worthwhile ? threads : 1
    unsafe withTiles { tiles in
      unsafe values.withUnsafeBufferPointer { values in
        Parallel.forEachRange(of: columns, multiple: 32, parts: 4 * threads, threads: parts) {
          _, range in
          unsafe hl_products(
            tiles, values.baseAddress, columns, range.lowerBound, range.upperBound, rows.start)
        }
      }
    }
    return rows
  }

  /// ξ^μ · ξ^ν of the first `count` patterns, row by row in the ascending order of the slots; exact.
  ///
  /// O(N P²) bits, of which half are counted: a group of patterns against its own group and the later ones.
  package func gram(ofFirst count: Int, threads: Int) -> [Int32] {
    pairs(ofFirst: count, threads: threads) { [neurons] in Int32(neurons - 2 * $0) }
  }

  /// The same over N.
  package func correlations(ofFirst count: Int, threads: Int) -> [Double] {
    pairs(ofFirst: count, threads: threads) { [neurons] in
      Double(neurons - 2 * $0) / Double(neurons)
    }
  }

  /// What `value` makes of the number of neurons in which two patterns differ, for every two.
  @inline(__always)
  private func pairs<Number>(
    ofFirst count: Int, threads: Int, value: (_ differing: Int) -> Number
  ) -> [Number] {
    let active = Array((0..<slots).filter(isActive).prefix(count)), count = active.count
    let groups = ((active.last ?? -1) + Self.slotsPerGroup) / Self.slotsPerGroup
    let parts = neurons * slots * slots >= Parallel.worthwhile ? threads : 1
    return unsafe [Number](unsafeUninitializedCapacity: count * count) { pairs, filled in
      nonisolated(unsafe) let pairs = unsafe pairs
      Parallel.forEach(groups, threads: parts) { group in
        let first = group * Self.slotsPerGroup
        let own = active.indices.filter { active[$0] / Self.slotsPerGroup == group }
        guard let from = own.first else { return }
        let differing = differing(of: own.map { active[$0] }, fromGroup: group, groups: groups)
        let width = groups * Self.slotsPerGroup - first
        // A later pattern after another, so that what is written below the diagonal stays in one line.
        unsafe differing.withUnsafeBufferPointer { differing in
          for n in from..<count {
            for k in own.indices {
              let number = value(Int(unsafe differing[k * width + active[n] - first]))
              unsafe pairs[(from + k) * count + n] = number
              unsafe pairs[n * count + from + k] = number
            }
          }
        }
      }
      filled = count * count
    }
  }

  /// The number of neurons in which each of these slots of a group differs from those of the group and the
  /// later ones.
  private func differing(of slots: [Int], fromGroup group: Int, groups: Int) -> [UInt32] {
    let first = group * Self.slotsPerGroup, width = groups * Self.slotsPerGroup - first
    let words = words(ofGroup: group)
    var differing = [UInt32](repeating: 0, count: slots.count * width)
    unsafe withTiles { tiles in
      // The groups from this one on, as patterns of their own: a narrower view of the same tiles.
      var view = unsafe tiles.pointee
      unsafe view.tiles += group * Self.neuronsPerBlock
      unsafe view.active += group
      unsafe view.groups = groups - group
      unsafe words.withUnsafeBufferPointer { words in
        unsafe differing.withUnsafeMutableBufferPointer { differing in
          let states = unsafe slots.map {
            unsafe Optional(words.baseAddress! + ($0 - first) * self.words)
          }
          let counts = unsafe slots.indices.map {
            unsafe Optional(differing.baseAddress! + $0 * width)
          }
          unsafe hk_count_differing_batch(&view, states, slots.count, 0, blocks, counts)
        }
      }
    }
    return differing
  }
}
