internal import CKernels

/// Softmax retrieval of many queries in one pass over memories in float.
///
/// For query xi of factor beta, memories x_mu with values v_mu and biases b_mu, and a mask,
///
///     z_mu = beta (x_mu . xi + b_mu) + mask_mu,   sum exp(z_mu),   sum exp(z_mu) v_mu
///
/// No more scores than a tile's exist at a time. Products and weights are float, their sums double.
/// Weights below 2^-24 / M of the largest may be left out of the vectors, so that a large β costs one
/// product, not two; all of them together are below 2^-24.
/// The work is cut into parts that depend on the sizes alone, so that results are the same, bit by
/// bit, on any number of threads.
package struct FusedRetrieval: Sendable {
  package var keys: VectorRows
  /// What is summed; the keys themselves where nil.
  package var values: VectorRows?
  /// One a row, or nil.
  package var bias: [Float]?

  package init(keys: VectorRows, values: VectorRows? = nil, bias: [Float]? = nil) {
    precondition(!keys.isDouble && values?.isDouble != true, "fused retrieval is of Float vectors")
    precondition(
      values.map { $0.count == keys.count } ?? true,
      "\(values?.count ?? 0) values for \(keys.count) keys")
    precondition(
      bias.map { $0.count == keys.count } ?? true,
      "\(bias?.count ?? 0) biases for \(keys.count) keys")
    self.keys = keys
    self.values = values
    self.bias = bias
  }

  /// One query's share of the sums: of 2^(z - maximum), z in units of log 2.
  package struct Partial: Sendable {
    package let maximum: Double
    package let sum: Double
    package let vector: [Double]
  }

  /// What is asked: queries with a factor each, and a mask of one row a query (added to z), or nil.
  package struct Queries: Sendable {
    package var rows: VectorRows
    package var betas: [Double]
    package var mask: [Float]?

    package init(_ rows: VectorRows, betas: [Double], mask: [Float]? = nil) {
      precondition(!rows.isDouble, "fused retrieval is of Float vectors")
      precondition(betas.count == rows.count, "\(betas.count) factors for \(rows.count) queries")
      self.rows = rows
      self.betas = betas
      self.mask = mask
    }

    /// The rows' factors, in units of log 2.
    var factors: [Float] { betas.map { Float($0 * HR_LOG2E) } }
  }

  /// The partial results of each part of the memories, in order: `result[part][query]`.
  ///
  /// - Parameter isSharp: whether weights above 2^-7 of the largest are computed in double, where β
  ///   is so large that single precision would blur them.
  /// - Complexity: O(B M (d + d_v)).
  package func partials(of queries: Queries, isSharp: Bool, threads: Int) -> [[Partial]] {
    check(queries)
    let plan = Plan(queries: queries.rows.count, memories: keys.count)
    let values = self.values ?? keys
    let results = Slots<[Partial]>(count: plan.parts)
    unsafe withArguments(queries) { memories, all in
      nonisolated(unsafe) let (memories, all) = unsafe (memories, all)
      Parallel.forEach(plan.parts, threads: useful(threads, queries)) { part in
        let (asked, range) = plan[part]
        var (memories, mine) = unsafe (memories, all.slice(asked))
        unsafe memories.precise = isSharp ? 0x1p-7 : 2
        if let mask = unsafe memories.mask {
          unsafe memories.mask = mask + asked.lowerBound * memories.mask_stride
        }
        var maxima = [Double](repeating: 0, count: asked.count)
        var sums = maxima
        let scratch = unsafe AlignedMemory<UInt8>(count: hr_scratch_size(&memories, asked.count))
        let vectors = AlignedMemory<Double>(count: asked.count * values.stride)
        unsafe maxima.withUnsafeMutableBufferPointer { maxima in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            var out = unsafe hr_partials(
              maximum: maxima.baseAddress, sum: sums.baseAddress, vectors: vectors.start)
            unsafe hr_retrieve(
              &memories, &mine, range.lowerBound, range.upperBound, &out, scratch.start)
          }
        }
        results[part] = (0..<asked.count).map { i in
          let vector = unsafe UnsafeBufferPointer(
            start: vectors.start + i * values.stride, count: values.dimension)
          return unsafe Partial(maximum: maxima[i], sum: sums[i], vector: Array(vector))
        }
      }
    }
    let all = results.all
    return (0..<plan.ranges).map { range in
      (0..<plan.blocks).flatMap { all[range * plan.blocks + $0] }
    }
  }

  func check(_ queries: Queries) {
    precondition(
      queries.rows.dimension == keys.dimension,
      "queries of \(queries.rows.dimension) coordinates, keys of \(keys.dimension)")
    precondition(
      queries.mask.map { $0.count == queries.rows.count * keys.count } ?? true,
      "a mask of \(queries.mask?.count ?? 0) entries, not \(queries.rows.count) x \(keys.count)")
  }

  func useful(_ threads: Int, _ queries: Queries) -> Int {
    queries.rows.count * keys.count * keys.dimension < Parallel.worthwhile / 16 ? 1 : threads
  }

  /// Memories and queries as the kernels take them, valid during `body`.
  func withArguments(_ queries: Queries, _ body: (hr_memories, hr_queries) -> Void) {
    let factors = queries.factors
    unsafe factors.withUnsafeBufferPointer { factors in
      let asked = unsafe queries.rows.borrowed
      let all = unsafe hr_queries(
        rows: asked.elements.assumingMemoryBound(to: Float.self), stride: asked.stride,
        factors: factors.baseAddress, count: queries.rows.count)
      unsafe (bias ?? []).withUnsafeBufferPointer { bias in
        unsafe (queries.mask ?? []).withUnsafeBufferPointer { mask in
          unsafe body(
            hr_memories(
              keys: keys.borrowed, values: (values ?? keys).borrowed,
              bias: self.bias == nil ? nil : bias.baseAddress,
              mask: queries.mask == nil ? nil : mask.baseAddress, mask_stride: keys.count,
              negligible: 0x1p-24 / Float(max(keys.count, 1)), precise: 2), all)
        }
      }
    }
  }
}

/// How the work is cut: into blocks of queries and ranges of memories, by their numbers alone.
struct Plan {
  let queries: Int
  let memories: Int
  let blocks: Int
  let ranges: Int
  var parts: Int { blocks * ranges }

  init(queries: Int, memories: Int) {
    self.queries = queries
    self.memories = memories
    blocks = max(1, (queries + 255) / 256)
    // Enough parts for many threads, each long enough to be worth a thread, and its merging.
    let most = queries < 64 ? 16 : 8
    ranges = max(1, min(most / min(blocks, most), memories / 4096))
  }

  subscript(part: Int) -> (queries: Range<Int>, memories: Range<Int>) {
    let (range, block) = part.quotientAndRemainder(dividingBy: blocks)
    return (
      (queries * block / blocks)..<(queries * (block + 1) / blocks),
      (memories * range / ranges)..<(memories * (range + 1) / ranges)
    )
  }
}

extension hr_queries {
  func slice(_ range: Range<Int>) -> hr_queries {
    unsafe hr_queries(
      rows: rows + range.lowerBound * stride, stride: stride, factors: factors + range.lowerBound,
      count: range.count)
  }
}

extension FusedRetrieval {
  /// The kernels' 2^x, for x at most 0: for tests.
  package static func exp2(_ x: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: x.count)
    unsafe hr_exp2(x, x.count, &result)
    return result
  }
}
