/// A pivot that was not positive: that row of the matrix depends linearly on those before it.
package struct SmallPivot: Error {
  package let index: Int
}

extension Matrix<Double> {
  /// The inverse of a symmetric positive definite matrix A, of which the lower triangle is read.
  ///
  ///     let inverse = try correlations.positiveDefiniteInverse(tolerance: 1e-12, threads: 1) {
  ///       for part in 0..<$0 { $1(part) }
  ///     }
  ///
  /// By A = L Lᵀ and A⁻¹ = L⁻ᵀ L⁻¹. Below a thousand rows OpenBLAS's own threads lose more than they bring; there
  /// strips of rows are swept one after another, nearly all of it products, whose parts the caller's
  /// threads take.
  ///
  /// - Parameters:
  ///   - tolerance: a pivot of this size or less counts as 0.
  ///   - threads: at most this many, where OpenBLAS shares the work.
  ///   - sharing: calls its second argument for each of so many parts, which may be done at the same time.
  /// - Throws: the first pivot that is not larger than the tolerance. Row k depends on those before it
  ///   exactly where pivot l_kk² is 0.
  /// - Complexity: O(n³).
  /// - Source: Golub and Van Loan, chapter 4; LAPACK's potrf, trtri and lauum; for the sweeps Beaton 1964 and
  ///   Goodnight 1979, "A tutorial on the SWEEP operator", by blocks.
  package consuming func positiveDefiniteInverse(
    tolerance: Double = 0, threads: Int,
    sharing: (_ parts: Int, _ body: (Int) -> Void) -> Void
  ) throws(SmallPivot) -> Matrix {
    precondition(rows == columns, "a matrix of \(rows) x \(columns) is not symmetric")
    var inverse = self
    let size = inverse.rows
    guard size > 0 else { return inverse }
    let isSwept = size >= Strips.leastRows && size < Strips.mostRows
    useThreads(size < Strips.mostRows ? 1 : threads)
    let small = unsafe inverse.elements.withUnsafeMutableBufferPointer { elements in
      if isSwept {
        return unsafe Strips(elements.baseAddress!, size: size)
          .invert(tolerance: tolerance, sharing: sharing)
      }
      let whole = unsafe Triangle(elements.baseAddress!, size: size, stride: size)
      if let small = whole.factor(tolerance: tolerance) { return small }
      whole.invertFactor()
      whole.square()
      unsafe Double.mirrorLower(size, elements.baseAddress!)
      return nil
    }
    if let small { throw SmallPivot(index: small) }
    return inverse
  }
}
