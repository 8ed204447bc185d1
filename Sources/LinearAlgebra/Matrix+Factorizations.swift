/// The factor of a symmetric positive definite matrix A = L Lᵀ, with L lower triangular.
///
///     let factor = try Cholesky(of: correlations, tolerance: 1e-12, threads: 2)
///     let inverse = factor.inverse(threads: 2)
///
/// Row k of A is linearly dependent on those before it exactly where pivot l_kk² is 0.
///
/// - Source: Golub and Van Loan, chapter 4; LAPACK's potrf, potrs and potri.
package struct Cholesky<Scalar: MatrixScalar>: Sendable {
  /// What is above the diagonal is without meaning.
  private var factor: Matrix<Scalar>

  package var size: Int { factor.rows }

  /// Factors a symmetric matrix, of which the lower triangle is read.
  ///
  /// - Parameters:
  ///   - symmetric: A.
  ///   - tolerance: a pivot of this size or less counts as 0.
  ///   - threads: at most this many.
  /// - Throws: the first pivot that is not larger than the tolerance.
  /// - Complexity: O(n³).
  package init(
    of symmetric: consuming Matrix<Scalar>, tolerance: Scalar = 0, threads: Int
  ) throws(SmallPivot) {
    let (rows, columns) = (symmetric.rows, symmetric.columns)
    precondition(rows == columns, "a matrix of \(rows) x \(columns) is not symmetric")
    factor = symmetric
    let size = factor.rows
    guard size > 0 else { return }
    useThreads(worthwhile(threads))
    let failed = unsafe factor.elements.withUnsafeMutableBufferPointer {
      unsafe Int(Scalar.potrf(Int32(size), $0.baseAddress!))
    }
    // Rounding may leave a pivot just above 0, and go on from there.
    let reached = failed == 0 ? size : failed - 1
    for k in 0..<reached {
      let root = factor[k, k]
      guard root * root > tolerance else { throw SmallPivot(index: k) }
    }
    if failed != 0 { throw SmallPivot(index: failed - 1) }
  }

  /// A pivot that was not positive.
  package struct SmallPivot: Error {
    package let index: Int
  }

  /// Below a thousand rows a second thread costs more than it brings (OpenBLAS 0.3.21: 1.7 ms alone and
  /// 2.3 ms with another for a factor of 600).
  private func worthwhile(_ threads: Int) -> Int { size < 1024 ? 1 : threads }

  /// L, with zeros above the diagonal.
  package var lower: Matrix<Scalar> {
    var lower = factor
    for i in 0..<size {
      for j in i + 1..<max(size, i + 1) { lower[i, j] = 0 }
    }
    return lower
  }

  /// The x of A x = b, for every row b.
  ///
  /// - Complexity: O(n²) a row.
  package func solve(_ rows: Matrix<Scalar>, threads: Int) -> Matrix<Scalar> {
    precondition(rows.columns == size, "rows of \(rows.columns) for \(size) unknowns")
    var (factor, solutions) = (factor, rows)
    guard size > 0, rows.rows > 0 else { return solutions }
    useThreads(worthwhile(threads))
    let info = unsafe factor.elements.withUnsafeMutableBufferPointer { factor in
      unsafe solutions.elements.withUnsafeMutableBufferPointer {
        unsafe Scalar.potrs(
          Int32(size), Int32(rows.rows), factor.baseAddress!, $0.baseAddress!)
      }
    }
    precondition(info == 0, "potrs refuses argument \(-info)")
    return solutions
  }

  /// A⁻¹.
  ///
  /// - Complexity: O(n³).
  package consuming func inverse(threads: Int) -> Matrix<Scalar> {
    let size = size
    var inverse = factor
    guard size > 0 else { return inverse }
    useThreads(worthwhile(threads))
    let info = unsafe inverse.elements.withUnsafeMutableBufferPointer { elements in
      let info = unsafe Scalar.potri(Int32(size), elements.baseAddress!)
      unsafe Scalar.mirrorLower(size, elements.baseAddress!)
      return info
    }
    precondition(info == 0, "potri refuses argument \(-info)")
    return inverse
  }
}
