internal import CKernels

/// The memories that can carry weight, found in one pass: for separations whose support lies within a
/// known margin of the largest score, and for softmax where all but a few weights vanish.
extension FusedRetrieval {
  /// One query's candidates, by ascending index, with their scores z in natural units.
  package struct Candidates: Sendable {
    package var indices: [UInt32] = []
    package var scores: [Float] = []
  }

  /// Weights that end at a threshold: Σ [(z − τ) / margin]₊^exponent = 1.
  ///
  /// z in natural units. A score that has no weight among some memories has none among more.
  package struct Cut: Sendable {
    let margin: Double
    let power: UInt32

    /// Nil where the exponent is too large for powers to be quick.
    package init?(margin: Double, exponent: Double) {
      guard exponent <= 16 else { return nil }
      self.margin = margin
      // Below 1, a larger exponent makes powers smaller, and the threshold lower.
      power = UInt32(exponent.rounded(.up))
    }
  }

  /// For each query, all memories whose score z is at least the largest one less `margin`.
  ///
  /// - Parameters:
  ///   - queries: what to compare with.
  ///   - margin: in natural units.
  ///   - error: what float scores may be wrong by, in natural units.
  ///   - cut: leaves out also what is below the threshold.
  ///   - threads: at most this many.
  /// - Complexity: O(B M d), and memory for the lists.
  package func candidates(
    of queries: Queries, margin: Double, error: Double = 0, cut: Cut? = nil, threads: Int
  ) -> [Candidates] {
    check(queries)
    let plan = Plan(queries: queries.rows.count, memories: keys.count)
    let margin = Float((margin + 2 * error) * HR_LOG2E)
    let cut = cut.map {
      hr_cut(
        scale: Float(1 / ($0.margin * HR_LOG2E)), power: $0.power,
        slack: Float(2 * error * HR_LOG2E))
    }
    let results = Slots<(lists: [Candidates], maxima: [Float])>(count: plan.parts)
    unsafe withArguments(queries) { memories, all in
      nonisolated(unsafe) let (memories, all) = unsafe (memories, all)
      Parallel.forEach(plan.parts, threads: useful(threads, queries)) { part in
        let (asked, range) = plan[part]
        var memories = unsafe memories
        if let mask = unsafe memories.mask {
          unsafe memories.mask = mask + asked.lowerBound * memories.mask_stride
        }
        results[part] = unsafe Lists(memories, all.slice(asked), margin: margin, cut: cut)
          .collect(range)
      }
    }
    let parts = results.all
    let merged = Slots<Candidates>(count: queries.rows.count)
    Parallel.forEach(queries.rows.count, threads: useful(threads, queries)) { q in
      let block = (0..<plan.blocks).first { plan[$0].queries.contains(q) }!
      let place = q - plan[block].queries.lowerBound
      let mine = (0..<plan.ranges).map { parts[$0 * plan.blocks + block] }
      let most = mine.map { $0.maxima[place] }.max()!
      merged[q] = Candidates(merging: mine.map { $0.lists[place] }, least: most - margin, cut: cut)
    }
    return merged.all
  }
}

extension FusedRetrieval.Candidates {
  /// Those of `lists` whose scores, in units of log 2, are at least `least` and pass the cut.
  fileprivate init(merging lists: [Self], least: Float, cut: hr_cut?) {
    let scores = lists.flatMap(\.scores)
    var least = least
    if var cut {
      least = unsafe max(least, hr_threshold(&cut, scores, scores.count, least) - cut.slack)
    }
    for list in lists {
      for (index, score) in zip(list.indices, list.scores) where score >= least {
        indices.append(index)
        self.scores.append(score / Float(HR_LOG2E))
      }
    }
  }
}

/// Lists being filled: pruned when they are full, enlarged when that does not help.
@safe private struct Lists {
  private var memories: hr_memories
  private var queries: hr_queries
  private let margin: Float
  private let cut: hr_cut?
  private var capacity = 512
  private var indices: AlignedMemory<UInt32>
  private var scores: AlignedMemory<Float>
  private var counts: [Int]
  private var maxima: [Float]

  init(_ memories: hr_memories, _ queries: hr_queries, margin: Float, cut: hr_cut?) {
    unsafe self.memories = memories
    unsafe self.queries = queries
    self.margin = margin
    self.cut = cut
    let count = unsafe queries.count
    indices = AlignedMemory(count: count * capacity)
    scores = AlignedMemory(count: count * capacity)
    counts = [Int](repeating: 0, count: count)
    maxima = [Float](repeating: Float(HR_NOTHING), count: count)
  }

  consuming func collect(
    _ range: Range<Int>
  ) -> (lists: [FusedRetrieval.Candidates], maxima: [Float]) {
    var next = range.lowerBound
    // What the first memories say of the threshold spares most of the others a place in the list.
    var end = cut == nil ? range.upperBound : min(range.upperBound, next + 256)
    let scratch = unsafe AlignedMemory<UInt8>(count: hr_scratch_size(&memories, queries.count))
    while true {
      next = extend(from: next, to: end, scratch)
      guard next < range.upperBound else { break }
      if next == end { end = min(range.upperBound, end + 2 * (end - range.lowerBound)) }
      if counts.contains(where: { $0 > capacity / 2 }) { enlarge() }
    }
    let lists = counts.indices.map { q in
      let start = q * capacity
      return unsafe FusedRetrieval.Candidates(
        indices: Array(UnsafeBufferPointer(start: indices.start + start, count: counts[q])),
        scores: Array(UnsafeBufferPointer(start: scores.start + start, count: counts[q])))
    }
    return (lists, maxima)
  }

  /// Lists what passes, and drops what did when it was listed and does not now.
  private mutating func extend(from: Int, to: Int, _ scratch: AlignedMemory<UInt8>) -> Int {
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe maxima.withUnsafeMutableBufferPointer { maxima in
        var lists = unsafe hr_lists(
          margin: margin, capacity: capacity, maximum: maxima.baseAddress,
          indices: indices.start, scores: scores.start, counts: counts.baseAddress)
        let next = unsafe hr_candidates(&memories, &queries, from, to, &lists, scratch.start)
        unsafe withOptionalPointer(cut.map { [$0] }) {
          unsafe hr_prune(&lists, queries.count, $0)
        }
        return next
      }
    }
  }

  private mutating func enlarge() {
    let (indices, scores) = (indices, scores)
    self.indices = AlignedMemory(count: 2 * indices.count)
    self.scores = AlignedMemory(count: 2 * scores.count)
    for q in counts.indices {
      let (from, to) = (q * capacity, 2 * q * capacity)
      unsafe (self.indices.start + to).update(from: indices.start + from, count: counts[q])
      unsafe (self.scores.start + to).update(from: scores.start + from, count: counts[q])
    }
    capacity *= 2
  }
}
