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
    let rows = AlignedMemory<Double>(count: neurons * columns)
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
    let active = Array((0..<slots).filter(isActive).prefix(count)), count = active.count
    let groups = ((active.last ?? -1) + Self.slotsPerGroup) / Self.slotsPerGroup
    let parts = neurons * slots * slots >= Parallel.worthwhile ? threads : 1
    return unsafe [Int32](unsafeUninitializedCapacity: count * count) { gram, filled in
      nonisolated(unsafe) let gram = unsafe gram
      Parallel.forEach(groups, threads: parts) { group in
        let first = group * Self.slotsPerGroup, width = groups * Self.slotsPerGroup - first
        let own = active.indices.filter { active[$0] / Self.slotsPerGroup == group }
        let words = words(ofGroup: group)
        var differing = [UInt32](repeating: 0, count: own.count * width)
        unsafe withTiles { tiles in
          // The groups from this one on, as patterns of their own: a narrower view of the same tiles.
          var view = unsafe tiles.pointee
          unsafe view.tiles += group * Self.neuronsPerBlock
          unsafe view.active += group
          unsafe view.groups = groups - group
          unsafe words.withUnsafeBufferPointer { words in
            unsafe differing.withUnsafeMutableBufferPointer { differing in
              let states = unsafe own.map {
                unsafe Optional(words.baseAddress! + (active[$0] - first) * self.words)
              }
              let counts = unsafe own.indices.map {
                unsafe Optional(differing.baseAddress! + $0 * width)
              }
              unsafe hk_count_differing_batch(&view, states, own.count, 0, blocks, counts)
            }
          }
        }
        for (k, m) in own.enumerated() {
          for n in own[0]..<count {
            let product = Int32(neurons - 2 * Int(differing[k * width + active[n] - first]))
            unsafe gram[m * count + n] = product
            unsafe gram[n * count + m] = product
          }
        }
      }
      filled = count * count
    }
  }
}
