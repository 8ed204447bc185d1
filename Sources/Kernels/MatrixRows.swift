internal import CKernels

/// Matrices of couplings, row by row on several threads: what learning rules fill them with.
extension Parallel {
  /// Calls `body` once for each row of a matrix, on at most `threads` threads; rows are its own to
  /// change, so that nothing depends on their number.
  ///
  /// `progress` is called with the share of the rows done, one call at a time.
  package static func forEachRow(
    of matrix: inout [Float], columns: Int, threads: Int,
    progress: @escaping (Double) -> Void = { _ in },
    _ body: (_ row: Int, _ values: inout MutableSpan<Float>) -> Void
  ) {
    let rows = columns == 0 ? 0 : matrix.count / columns
    precondition(matrix.count == rows * columns, "\(matrix.count) numbers in rows of \(columns)")
    let parts = min(rows, 256)
    let done = Slots<Void>(count: parts) { progress(Double($0) / Double(parts)) }
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      forEach(parts, threads: threads) { part in
        for row in (rows * part / parts)..<(rows * (part + 1) / parts) {
          let values = unsafe UnsafeMutableBufferPointer(
            rebasing: matrix[row * columns..<(row + 1) * columns])
          var span = unsafe values.mutableSpan
          body(row, &span)
        }
        done[part] = ()
      }
    }
  }
}

extension PatternTiles {
  /// sum_mu v^mu xi_i^mu xi_j^mu of neuron i with every neuron j: one weight v a slot, 0 in empty ones.
  ///
  /// Symmetric to the last bit. O(N P).
  package func weightedGram(of neuron: Int, weights: [Double]) -> [Double] {
    precondition(weights.count == slots, "\(weights.count) weights for \(slots) slots")
    precondition(neuron >= 0 && neuron < neurons, "neuron \(neuron) of \(neurons)")
    var values = weights
    return unsafe [Double](unsafeUninitializedCapacity: neurons) { sums, filled in
      unsafe withTiles { tiles in
        unsafe values.withUnsafeMutableBufferPointer { values in
          unsafe hc_weighted_gram(tiles, weights, neuron, values.baseAddress, sums.baseAddress)
        }
      }
      filled = neurons
    }
  }
}

/// The spins of P patterns as int16, in the order in which they are learned.
package struct SpinRows: Sendable {
  package let neurons: Int
  private let spins: [Int16]

  /// Rows of `neurons` spins, -1 and 1.
  package init(_ spins: [Int16], neurons: Int) {
    precondition(spins.count % neurons == 0, "\(spins.count) spins are no rows of \(neurons)")
    self.neurons = neurons
    self.spins = spins
  }

  /// The largest bound that `boundedSums` takes.
  package static let largestBound = Int(Int16.max) - 1

  /// k_j for every neuron j, after k_j <- min(K, max(-K, k_j + xi_i xi_j)) for each pattern in turn,
  /// from k_j = 0: i is `neuron` and K is `bound`.
  ///
  /// O(N P).
  package func boundedSums(of neuron: Int, bound: Int) -> [Int16] {
    precondition(
      bound > 0 && bound <= Self.largestBound, "a bound of \(bound), not 1 to \(Self.largestBound)")
    precondition(neuron >= 0 && neuron < neurons, "neuron \(neuron) of \(neurons)")
    var row = [Int16](repeating: 0, count: neurons)
    unsafe spins.withUnsafeBufferPointer { spins in
      unsafe row.withUnsafeMutableBufferPointer { row in
        unsafe hc_bounded_row(
          spins.baseAddress, spins.count / neurons, neurons, neuron, Int16(bound), row.baseAddress)
      }
    }
    return row
  }
}
