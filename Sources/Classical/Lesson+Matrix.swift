internal import HopfieldKernels

/// Couplings as a matrix of N x N floats, made and changed row by row.
extension Lesson {
  /// A matrix of couplings whose rows `fill` writes, on the lesson's threads; the diagonal becomes
  /// zero.
  ///
  /// - Throws: `LearningError.tooLarge` where it would not fit.
  func matrix(
    of neurons: Int, fill: (_ row: Int, _ couplings: inout MutableSpan<Float>) -> Void
  ) throws -> [Float] {
    try LearningRule.requireMatrix(of: neurons)
    var rows = [Float](repeating: 0, count: neurons * neurons)
    Parallel.forEachRow(of: &rows, columns: neurons, threads: threads, progress: progress) {
      i, row in
      fill(i, &row)
      row[i] = 0
    }
    return rows
  }
}

extension Learned {
  /// Changes the rows of dense couplings in place; the diagonal stays zero.
  ///
  /// - Complexity: O(N²).
  mutating func updateRows(
    of neurons: Int, _ body: (_ row: Int, _ couplings: inout MutableSpan<Float>) -> Void
  ) {
    guard case .dense(var rows) = couplings else {
      preconditionFailure("couplings of another form than this rule makes")
    }
    // The only reference is to be `rows`, or four bytes a coupling would be copied.
    couplings = .hebbian
    Parallel.forEachRow(of: &rows, columns: neurons, threads: Parallel.processors) { i, row in
      body(i, &row)
      row[i] = 0
    }
    couplings = .dense(rows)
  }
}
