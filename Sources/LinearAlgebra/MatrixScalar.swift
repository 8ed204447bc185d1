#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import COpenBLAS
#endif

/// Float and Double, as far as BLAS knows them.
///
/// The functions take what their namesakes take, for matrices that are stored row by row.
package protocol MatrixScalar: BinaryFloatingPoint, Sendable {
  /// c = scale a b + keep c, with c of m x n and k columns of a.
  static func gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32, _ scale: Self,
    _ a: UnsafePointer<Self>?, _ strideA: Int32, _ b: UnsafePointer<Self>?, _ strideB: Int32,
    _ keep: Self, _ c: UnsafeMutablePointer<Self>?, _ strideC: Int32)
  /// y = a x, with a of m x n as it is stored.
  static func gemv(
    _ transpose: Bool, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Self>?, _ stride: Int32,
    _ x: UnsafePointer<Self>?, _ y: UnsafeMutablePointer<Self>?)
  /// The first `count` numbers, scaled, as floats.
  static func round(
    _ count: Int, _ scale: Double, _ a: UnsafePointer<Self>, _ b: UnsafeMutablePointer<Float>)
  /// Makes a symmetric matrix of n rows whole: what is below the diagonal goes above it.
  static func mirrorLower(_ n: Int, _ a: UnsafeMutablePointer<Self>)
}

/// Has BLAS work on this many threads: a setting of the whole process.
///
/// Accelerate chooses by itself.
func useThreads(_ count: Int) {
  #if !canImport(Accelerate)
    openblas_set_num_threads(Int32(clamping: max(1, count)))
  #endif
}

extension Double: MatrixScalar {
  package static func gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32, _ scale: Double,
    _ a: UnsafePointer<Double>?, _ strideA: Int32, _ b: UnsafePointer<Double>?, _ strideB: Int32,
    _ keep: Double, _ c: UnsafeMutablePointer<Double>?, _ strideC: Int32
  ) {
    unsafe cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, m, n, k, scale, a, strideA, b, strideB, keep, c,
      strideC)
  }

  package static func gemv(
    _ transpose: Bool, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Double>?, _ stride: Int32,
    _ x: UnsafePointer<Double>?, _ y: UnsafeMutablePointer<Double>?
  ) {
    unsafe cblas_dgemv(
      CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, m, n, 1, a, stride, x, 1, 0, y, 1)
  }

  package static func round(
    _ count: Int, _ scale: Double, _ a: UnsafePointer<Double>, _ b: UnsafeMutablePointer<Float>
  ) {
    for k in 0..<count { unsafe b[k] = unsafe Float(scale * Double(a[k])) }
  }

  package static func mirrorLower(_ n: Int, _ a: UnsafeMutablePointer<Double>) {
    unsafe mirror(a, size: n)
  }
}

extension Float: MatrixScalar {
  package static func gemm(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32, _ scale: Float,
    _ a: UnsafePointer<Float>?, _ strideA: Int32, _ b: UnsafePointer<Float>?, _ strideB: Int32,
    _ keep: Float, _ c: UnsafeMutablePointer<Float>?, _ strideC: Int32
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, m, n, k, scale, a, strideA, b, strideB, keep, c,
      strideC)
  }

  package static func gemv(
    _ transpose: Bool, _ m: Int32, _ n: Int32, _ a: UnsafePointer<Float>?, _ stride: Int32,
    _ x: UnsafePointer<Float>?, _ y: UnsafeMutablePointer<Float>?
  ) {
    unsafe cblas_sgemv(
      CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, m, n, 1, a, stride, x, 1, 0, y, 1)
  }

  package static func round(
    _ count: Int, _ scale: Double, _ a: UnsafePointer<Float>, _ b: UnsafeMutablePointer<Float>
  ) {
    for k in 0..<count { unsafe b[k] = unsafe Float(scale * Double(a[k])) }
  }

  package static func mirrorLower(_ n: Int, _ a: UnsafeMutablePointer<Float>) {
    unsafe mirror(a, size: n)
  }
}

/// In squares, for a column at a time would miss the cache at every element.
///
/// Always inlined, so that each type has its own copy.
@inline(__always)
private func mirror<Scalar>(_ elements: UnsafeMutablePointer<Scalar>, size: Int) {
  let square = 32
  for top in stride(from: 0, to: size, by: square) {
    for left in stride(from: 0, through: top, by: square) {
      for i in top..<min(top + square, size) {
        for j in left..<max(left, min(left + square, i)) {
          unsafe elements[j * size + i] = unsafe elements[i * size + j]
        }
      }
    }
  }
}
