internal import CKernels

/// What two real vectors have in common, in double.
package enum Measure: Sendable {
  /// The sum of products.
  case dot
  /// The sum of squared differences.
  case squaredDistance
  /// The sum of absolute differences.
  case manhattan

  fileprivate var kind: hr_measure {
    switch self {
    case .dot: HR_DOT
    case .squaredDistance: HR_SQUARED_DISTANCE
    case .manhattan: HR_MANHATTAN
    }
  }
}

/// Measures and weighted sums in double, over rows of either kind. Nothing depends on the number of
/// threads: measures are independent, and sums are of parts that depend on the number of rows alone.
extension VectorRows {
  /// The measure of every row and `vector`, over the coordinates that `known` marks (nil: all).
  ///
  /// - Complexity: O(M d), one pass over the rows.
  package func measures(
    _ measure: Measure, with vector: [Double], known: [Bool]? = nil, threads: Int = 1
  ) -> [Double] {
    let query = padded(vector)
    let mask = self.mask(known)
    return unsafe [Double](unsafeUninitializedCapacity: count) { out, filled in
      unsafe query.withUnsafeBufferPointer { query in
        unsafe mask.withUnsafeBufferPointer { mask in
          Parallel.forEachRange(
            of: count, multiple: 16, threads: useful(threads, products: 1)
          ) { _, range in
            var rows = unsafe borrowed
            unsafe hr_measures(
              &rows, measure.kind, mask.baseAddress, query.baseAddress, stride, 1,
              range.lowerBound, range.upperBound, out.baseAddress! + range.lowerBound, count)
          }
        }
      }
      filled = count
    }
  }

  /// For each of the rows `chosen`, the other row of largest score, the lowest index among equals:
  /// `score` of the measure with each, or nil where there is no other row.
  ///
  /// - Parameter sign: 1 where a large measure is a large score, -1 where a small one is.
  /// - Complexity: O(C M d) for C rows, in blocks that stay in cache.
  package func rivals(
    of chosen: [Int], _ measure: Measure, sign: Double, known: [Bool]? = nil, threads: Int = 1
  ) -> [(row: Int, measure: Double)?] {
    let mask = self.mask(known)
    let block = 32
    var best = [(row: Int, measure: Double)?](repeating: nil, count: chosen.count)
    let blocks = (chosen.count + block - 1) / block
    unsafe best.withUnsafeMutableBufferPointer { best in
      nonisolated(unsafe) let best = unsafe best
      Parallel.forEach(blocks, threads: useful(threads, products: chosen.count)) { b in
        let mine = chosen[(b * block)..<min(chosen.count, (b + 1) * block)]
        let queries = mine.flatMap { padded(self[$0]) }
        // A strip of rows at a time: its measures with the block's queries are looked at in cache.
        let strip = 1024
        let measures = [Double](repeating: 0, count: mine.count * strip)
        unsafe measures.withUnsafeBufferPointer { measures in
          let out = unsafe UnsafeMutablePointer(mutating: measures.baseAddress!)
          for from in Swift.stride(from: 0, to: count, by: strip) {
            let to = min(count, from + strip)
            var rows = unsafe borrowed
            unsafe hr_measures(
              &rows, measure.kind, mask, queries, stride, mine.count, from, to, out, strip)
            for (i, row) in mine.enumerated() {
              var (found, most) =
                unsafe best[b * block + i].map { ($0.row, sign * $0.measure) }
                ?? (-1, -.infinity)
              for j in from..<to where j != row {
                let score = unsafe sign * out[i * strip + j - from]
                if score > most { (found, most) = (j, score) }
              }
              if found >= 0 { unsafe best[b * block + i] = (found, sign * most) }
            }
          }
        }
      }
    }
    return best
  }

  /// sum_j weights[j] x_j over all rows; rows of weight zero are not read.
  ///
  /// - Complexity: O(M d).
  package func combined(_ weights: [Double], threads: Int = 1) -> [Double] {
    precondition(weights.count == count, "\(weights.count) weights for \(count) vectors")
    // The parts depend on the number of rows alone, and are added in order.
    let parts = max(1, min(16, count / 4096))
    var sums = [Double](repeating: 0, count: parts * stride)
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = unsafe sums
      unsafe weights.withUnsafeBufferPointer { weights in
        nonisolated(unsafe) let weights = unsafe weights
        Parallel.forEach(parts, threads: useful(threads, products: 1)) { part in
          let (from, to) = (count * part / parts, count * (part + 1) / parts)
          guard from < to else { return }
          var rows = unsafe borrowed
          unsafe hr_combine(
            &rows, weights.baseAddress! + from, from, to, sums.baseAddress! + part * stride)
        }
      }
    }
    return (0..<dimension).map { k in (0..<parts).reduce(0) { $0 + sums[$1 * stride + k] } }
  }

  /// sum_i weights[i] x_indices[i].
  ///
  /// - Complexity: O(n d) for n indices.
  package func combined(_ weights: [Double], at indices: [UInt32]) -> [Double] {
    precondition(weights.count == indices.count, "\(weights.count) weights for \(indices.count)")
    precondition(indices.allSatisfy { $0 < count }, "an index that is not below \(count)")
    var sum = [Double](repeating: 0, count: stride)
    var rows = unsafe borrowed
    unsafe hr_combine_some(&rows, indices, weights, indices.count, &sum)
    return Array(sum.prefix(dimension))
  }

  /// The measures of the rows at `indices` and `vector`.
  package func measures(
    _ measure: Measure, with vector: [Double], known: [Bool]? = nil, at indices: [UInt32]
  ) -> [Double] {
    precondition(indices.allSatisfy { $0 < count }, "an index that is not below \(count)")
    let (query, mask) = (padded(vector), mask(known))
    var out = [Double](repeating: 0, count: indices.count)
    var rows = unsafe borrowed
    unsafe hr_measures_some(&rows, measure.kind, mask, query, indices, indices.count, &out)
    return out
  }

  private func padded(_ vector: [Double]) -> [Double] {
    precondition(
      vector.count == dimension, "a vector of \(vector.count) coordinates, not \(dimension)")
    return vector + [Double](repeating: 0, count: stride - dimension)
  }

  private func mask(_ known: [Bool]?) -> [Double] {
    guard let known else { return [Double](repeating: 1, count: stride) }
    precondition(known.count == dimension, "\(known.count) known or not, of \(dimension)")
    return known.map { $0 ? 1 : 0 } + [Double](repeating: 0, count: stride - dimension)
  }

  private func useful(_ threads: Int, products: Int) -> Int {
    count * dimension * products < Parallel.worthwhile / 8 ? 1 : threads
  }
}
