internal import CKernels

/// The memories that can carry weight, found in one pass: for separations whose support lies within a
/// known margin of the largest score, and for softmax where all but a few weights vanish.
extension FusedRetrieval {
  /// One query's candidates, by ascending index, with their scores z in natural units.
  package struct Candidates: Sendable {
    package var indices: [UInt32] = []
    package var scores: [Float] = []
  }

  /// For each query, all memories whose score z is at least the largest one less `margin`.
  ///
  /// - Parameters:
  ///   - queries: what to compare with.
  ///   - margin: in natural units; the caller adds what float scores may be wrong by.
  ///   - floor: of the scores of some memories, what a score must pass to count at all: then lower
  ///     ones are left out too. More memories must never lower it.
  ///   - threads: at most this many.
  /// - Complexity: O(B M d), and memory for the lists.
  package func candidates(
    of queries: Queries, margin: Double, floor: (([Float]) -> Float)? = nil, threads: Int
  ) -> [Candidates] {
    check(queries)
    let plan = Plan(queries: queries.rows.count, memories: keys.count)
    let results = Slots<(lists: [Candidates], maxima: [Float])>(count: plan.parts)
    unsafe withArguments(queries) { memories, all in
      nonisolated(unsafe) let (memories, all) = unsafe (memories, all)
      Parallel.forEach(plan.parts, threads: useful(threads, queries)) { part in
        let (asked, range) = plan[part]
        var memories = unsafe memories
        if let mask = unsafe memories.mask {
          unsafe memories.mask = mask + asked.lowerBound * memories.mask_stride
        }
        results[part] = unsafe Lists(
          memories, all.slice(asked), margin: Float(margin * HR_LOG2E)
        ).collect(range, floor: floor)
      }
    }
    let parts = results.all
    return (0..<queries.rows.count).map { q in
      let block = (0..<plan.blocks).first { plan[$0].queries.contains(q) }!
      let place = q - plan[block].queries.lowerBound
      let mine = (0..<plan.ranges).map { parts[$0 * plan.blocks + block] }
      let most = mine.map { $0.maxima[place] }.max() ?? 0
      let least = most - Float(margin * HR_LOG2E)
      var merged = Candidates()
      for part in mine {
        let list = part.lists[place]
        for i in 0..<list.indices.count where list.scores[i] >= least {
          merged.indices.append(list.indices[i])
          merged.scores.append(list.scores[i] / Float(HR_LOG2E))
        }
      }
      return merged
    }
  }
}

/// Lists being filled: pruned when they are full, enlarged when that does not help.
@safe private struct Lists {
  private var memories: hr_memories
  private var queries: hr_queries
  private let margin: Float
  private var capacity = 2048
  private var indices: [UInt32]
  private var scores: [Float]
  private var counts: [Int]
  private var maxima: [Float]

  init(_ memories: hr_memories, _ queries: hr_queries, margin: Float) {
    unsafe self.memories = memories
    unsafe self.queries = queries
    self.margin = margin
    let count = unsafe queries.count
    indices = [UInt32](repeating: 0, count: count * capacity)
    scores = [Float](repeating: 0, count: count * capacity)
    counts = [Int](repeating: 0, count: count)
    maxima = [Float](repeating: Float(HR_NOTHING), count: count)
  }

  consuming func collect(
    _ range: Range<Int>, floor: (([Float]) -> Float)?
  ) -> (lists: [FusedRetrieval.Candidates], maxima: [Float]) {
    var next = range.lowerBound
    // What the first memories say of the floor spares most of the others a place in the list.
    var end = floor == nil ? range.upperBound : min(range.upperBound, next + 1024)
    let scratch = unsafe AlignedMemory<UInt8>(count: hr_scratch_size(&memories, queries.count))
    while true {
      next = extend(from: next, to: end, scratch)
      prune()
      if let floor { raise(to: floor) }
      guard next < range.upperBound else { break }
      if next == end { end = min(range.upperBound, end + 2 * (end - range.lowerBound)) }
      if counts.contains(where: { $0 > capacity / 2 }) { enlarge() }
    }
    let lists = counts.indices.map { q in
      let mine = (q * capacity)..<(q * capacity + counts[q])
      return FusedRetrieval.Candidates(indices: Array(indices[mine]), scores: Array(scores[mine]))
    }
    return (lists, maxima)
  }

  private mutating func extend(from: Int, to: Int, _ scratch: AlignedMemory<UInt8>) -> Int {
    unsafe indices.withUnsafeMutableBufferPointer { indices in
      unsafe scores.withUnsafeMutableBufferPointer { scores in
        unsafe counts.withUnsafeMutableBufferPointer { counts in
          unsafe maxima.withUnsafeMutableBufferPointer { maxima in
            var lists = unsafe hr_lists(
              margin: margin, capacity: capacity, maximum: maxima.baseAddress,
              indices: indices.baseAddress, scores: scores.baseAddress,
              counts: counts.baseAddress)
            return unsafe hr_candidates(&memories, &queries, from, to, &lists, scratch.start)
          }
        }
      }
    }
  }

  /// Drops what has fallen below the margin since it was listed.
  private mutating func prune() {
    for q in counts.indices {
      let (start, least) = (q * capacity, maxima[q] - margin)
      var kept = start
      for place in start..<(start + counts[q]) where scores[place] >= least {
        (indices[kept], scores[kept]) = (indices[place], scores[place])
        kept += 1
      }
      counts[q] = kept - start
    }
  }

  /// Lists nothing below `floor` from here on: the largest score met is taken for a larger one.
  private mutating func raise(to floor: ([Float]) -> Float) {
    for q in counts.indices where counts[q] > 16 {
      let mine = scores[(q * capacity)..<(q * capacity + counts[q])]
      let least = floor(mine.map { $0 / Float(HR_LOG2E) }) * Float(HR_LOG2E)
      maxima[q] = max(maxima[q], least + margin)
    }
    prune()
  }

  private mutating func enlarge() {
    let old = self
    capacity *= 2
    indices = [UInt32](repeating: 0, count: counts.count * capacity)
    scores = [Float](repeating: 0, count: counts.count * capacity)
    for q in counts.indices {
      for i in 0..<counts[q] {
        indices[q * capacity + i] = old.indices[q * old.capacity + i]
        scores[q * capacity + i] = old.scores[q * old.capacity + i]
      }
    }
  }
}
