#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import COpenBLAS
#endif

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
  /// the rows are taken in two halves,
  ///
  ///     L₂₁ = A₂₁ L₁₁⁻ᵀ,   L₂₂ L₂₂ᵀ = A₂₂ − L₂₁ L₂₁ᵀ,   (L⁻¹)₂₁ = −L₂₂⁻¹ L₂₁ L₁₁⁻¹
  ///
  /// so that nearly all of the work is in products, whose parts the caller's threads take.
  ///
  /// - Parameters:
  ///   - tolerance: a pivot of this size or less counts as 0.
  ///   - threads: at most this many, where OpenBLAS shares the work.
  ///   - sharing: calls its second argument for each of so many parts, which may be done at the same time.
  /// - Throws: the first pivot that is not larger than the tolerance. Row k depends on those before it
  ///   exactly where pivot l_kk² is 0.
  /// - Complexity: O(n³).
  /// - Source: Golub and Van Loan, chapter 4; LAPACK's potrf, trtri and lauum.
  package consuming func positiveDefiniteInverse(
    tolerance: Double = 0, threads: Int,
    sharing: (_ parts: Int, _ body: (Int) -> Void) -> Void
  ) throws(SmallPivot) -> Matrix {
    precondition(rows == columns, "a matrix of \(rows) x \(columns) is not symmetric")
    var inverse = self
    let size = inverse.rows
    guard size > 0 else { return inverse }
    useThreads(size < Halves.most ? 1 : threads)
    let small = unsafe inverse.elements.withUnsafeMutableBufferPointer {
      unsafe Halves($0.baseAddress!, size: size).invert(tolerance: tolerance, sharing: sharing)
    }
    if let small { throw SmallPivot(index: small) }
    return inverse
  }
}

/// A symmetric matrix, its rows in two halves; each step works in place.
@safe private struct Halves {
  private let size, upper, lower: Int
  private let first, left, last: UnsafeMutablePointer<Double>

  private static let parts = 4

  /// Fewer rows stay whole, for a second half would be more trouble than work.
  private static let least = 128
  /// More are OpenBLAS's own to share.
  static let most = 1024

  init(_ elements: UnsafeMutablePointer<Double>, size: Int) {
    self.size = size
    upper = size < Self.least || size >= Self.most ? size : size / 2
    lower = size - upper
    unsafe first = elements
    unsafe left = elements + upper * size
    unsafe last = elements + upper * size + upper
  }

  /// Returns the first pivot that is too small, if there is one.
  func invert(tolerance: Double, sharing: (Int, (Int) -> Void) -> Void) -> Int? {
    let parts = lower > 0 ? Self.parts : 0
    if let small = unsafe factor(first, upper, tolerance) { return small }
    // L₂₁, and what it leaves of A₂₂.
    sharing(parts) { part in
      let rows = share(part, of: lower)
      unsafe cblas_dtrsm(
        CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(rows.count),
        Int32(upper), 1, first, Int32(size), left + rows.lowerBound * size, Int32(size))
    }
    sharing(parts) { part in
      let rows = share(part, of: lower)
      unsafe multiply(
        -1, left + rows.lowerBound * size, CblasNoTrans, left, CblasTrans, rows.count,
        rows.upperBound, upper, last + rows.lowerBound * size)
    }
    // The factor of the rest, and L₁₁⁻¹.
    var small: Int?
    unsafe withUnsafeMutablePointer(to: &small) { small in
      nonisolated(unsafe) let small = unsafe small
      sharing(lower > 0 ? 2 : 1) { part in
        if part == 0 {
          unsafe undo(first, upper)
        } else {
          unsafe small.pointee = unsafe factor(last, lower, tolerance)
        }
      }
    }
    if let small { return upper + small }
    // L₂₁ L₁₁⁻¹, and L₂₂⁻¹; then −L₂₂⁻¹ L₂₁ L₁₁⁻¹.
    sharing(parts == 0 ? 0 : parts + 1) { part in
      guard part < parts else {
        unsafe undo(last, lower)
        return
      }
      let rows = share(part, of: lower)
      unsafe cblas_dtrmm(
        CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, Int32(rows.count),
        Int32(upper), 1, first, Int32(size), left + rows.lowerBound * size, Int32(size))
    }
    sharing(parts) { part in
      let columns = share(part, of: upper)
      unsafe cblas_dtrmm(
        CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, Int32(lower),
        Int32(columns.count), -1, last, Int32(size), left + columns.lowerBound, Int32(size))
    }
    square(sharing: sharing, parts: parts)
    unsafe Double.mirrorLower(size, first)
    return nil
  }

  /// Mᵀ M in place of M = L⁻¹.
  private func square(sharing: (Int, (Int) -> Void) -> Void, parts: Int) {
    let below = UnsafeMutablePointer<Double>.allocate(capacity: max(1, lower * upper))
    defer { unsafe below.deallocate() }
    // M₂₂ᵀ M₂₁ beside its place, and M₁₁ᵀ M₁₁.
    sharing(parts + 1) { part in
      guard part > 0 else {
        unsafe squareTriangle(first, upper)
        return
      }
      let columns = share(part - 1, of: upper)
      for i in 0..<lower {
        unsafe (below + i * upper + columns.lowerBound).update(
          from: left + i * size + columns.lowerBound, count: columns.count)
      }
      unsafe cblas_dtrmm(
        CblasRowMajor, CblasLeft, CblasLower, CblasTrans, CblasNonUnit, Int32(lower),
        Int32(columns.count), 1, last, Int32(size), below + columns.lowerBound, Int32(upper))
    }
    // M₂₁ᵀ M₂₁ to the first half, and M₂₂ᵀ M₂₂.
    sharing(parts == 0 ? 0 : parts + 1) { part in
      guard part < parts else {
        unsafe squareTriangle(last, lower)
        return
      }
      let rows = share(part, of: upper)
      unsafe multiply(
        1, left + rows.lowerBound, CblasTrans, left, CblasNoTrans, rows.count, rows.upperBound,
        lower, first + rows.lowerBound * size)
    }
    for i in 0..<lower { unsafe (left + i * size).update(from: below + i * upper, count: upper) }
  }

  private func share(_ part: Int, of count: Int) -> Range<Int> {
    count * part / Self.parts..<count * (part + 1) / Self.parts
  }

  /// c += scale a b, c of m x n.
  private func multiply(
    _ scale: Double, _ a: UnsafePointer<Double>, _ transposeA: CBLAS_TRANSPOSE,
    _ b: UnsafePointer<Double>, _ transposeB: CBLAS_TRANSPOSE, _ m: Int, _ n: Int, _ k: Int,
    _ c: UnsafeMutablePointer<Double>
  ) {
    unsafe cblas_dgemm(
      CblasRowMajor, transposeA, transposeB, Int32(m), Int32(n), Int32(k), scale, a, Int32(size), b,
      Int32(size), 1, c, Int32(size))
  }

  // MARK: - Triangles, by LAPACK: what is the lower one by rows is the upper one by columns

  /// L in place of A; returns the first pivot that is too small.
  private func factor(_ triangle: UnsafeMutablePointer<Double>, _ count: Int, _ tolerance: Double)
    -> Int?
  {
    var (which, rows, stride, info) = (Self.lowerByRows, Int32(count), Int32(size), Int32(0))
    _ = unsafe dpotrf_(&which, &rows, triangle, &stride, &info)
    // Rounding may leave a pivot just above 0, and go on from there.
    let reached = info == 0 ? count : Int(info) - 1
    for k in 0..<reached {
      let root = unsafe triangle[k * size + k]
      guard root * root > tolerance else { return k }
    }
    return info == 0 ? nil : reached
  }

  /// L⁻¹ in place of L, whose pivots are not 0.
  private func undo(_ triangle: UnsafeMutablePointer<Double>, _ count: Int) {
    var (which, rows, stride, info) = (Self.lowerByRows, Int32(count), Int32(size), Int32(0))
    var ones = Self.notOnes
    _ = unsafe dtrtri_(&which, &ones, &rows, triangle, &stride, &info)
    precondition(info == 0, "trtri refuses argument \(-info)")
  }

  /// Mᵀ M in place of M.
  private func squareTriangle(_ triangle: UnsafeMutablePointer<Double>, _ count: Int) {
    var (which, rows, stride, info) = (Self.lowerByRows, Int32(count), Int32(size), Int32(0))
    _ = unsafe dlauum_(&which, &rows, triangle, &stride, &info)
    precondition(info == 0, "lauum refuses argument \(-info)")
  }

  private static let lowerByRows = CChar(UInt8(ascii: "U"))
  /// The diagonal of L is not all ones.
  private static let notOnes = CChar(UInt8(ascii: "N"))
}
