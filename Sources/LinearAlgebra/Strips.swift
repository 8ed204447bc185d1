#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import COpenBLAS
#endif

/// A symmetric matrix in strips of rows, whose inverse comes of one sweep a strip.
///
/// With the strip's own square D and what it has in common with the others, C, a sweep makes
///
///     Aᵢⱼ − Cᵢ D⁻¹ Cⱼᵀ elsewhere,   Cᵢ D⁻¹ in place of Cᵢ,   −D⁻¹ in place of D
///
/// and all sweeps together −A⁻¹. Only what is left of the diagonal, and the strips' own squares, is kept.
/// D is at each sweep what Cholesky's method would find there, with the same pivots. A sweep does all strips
/// at the same time; whoever does the next one to be swept also inverts its D, so that nobody waits.
@safe final class Strips: @unchecked Sendable {
  private let size: Int
  private let matrix: UnsafeMutablePointer<Double>
  private let bounds: [Int]
  /// Each strip's Cᵢ D⁻¹.
  private let products: UnsafeMutablePointer<Double>
  /// C and D⁻¹, of this sweep and the next in turn.
  private let shared: [UnsafeMutablePointer<Double>]
  private let inverses: [UnsafeMutablePointer<Double>]
  /// The first pivot that was too small.
  private var small: Int?

  /// Fewer rows are too little to share.
  static let leastRows = 128
  /// More are OpenBLAS's own to share.
  static let mostRows = 1024
  /// Rows of a strip, at the most: enough for the pace of a product, and little enough for its square to be
  /// inverted beside the others.
  private static let height = 64

  init(_ matrix: UnsafeMutablePointer<Double>, size: Int) {
    self.size = size
    unsafe self.matrix = matrix
    let count = (size + Self.height - 1) / Self.height
    bounds = (0...count).map { size * $0 / count }
    unsafe products = .allocate(capacity: size * Self.height)
    unsafe shared = (0..<2).map { _ in .allocate(capacity: size * Self.height) }
    unsafe inverses = (0..<2).map { _ in .allocate(capacity: Self.height * Self.height) }
  }

  deinit {
    unsafe products.deallocate()
    for k in 0..<2 {
      unsafe shared[k].deallocate()
      unsafe inverses[k].deallocate()
    }
  }

  private func rows(_ strip: Int) -> Range<Int> { bounds[strip]..<bounds[strip + 1] }
  private var count: Int { bounds.count - 1 }

  /// The inverse in place of the matrix; returns the first pivot that is too small, if there is one.
  func invert(tolerance: Double, sharing: (Int, (Int) -> Void) -> Void) -> Int? {
    for strip in 0..<count { prepare(strip, for: 0, tolerance) }
    for pivot in 0..<count {
      if let small { return small }
      sharing(count) { part in
        // The next pivot first, for it has more to do, then from the longest to the shortest.
        let strip = part == 0 ? (pivot + 1) % count : later(part, than: pivot)
        sweep(strip, by: pivot)
        prepare(strip, for: pivot + 1, tolerance)
      }
    }
    sharing(count) { finish(count - 1 - $0) }
    return nil
  }

  /// Strips from the last to the first, without the one after `pivot`: number `part` of them, from 1.
  private func later(_ part: Int, than pivot: Int) -> Int {
    let strip = count - part
    return strip > (pivot + 1) % count ? strip : strip - 1
  }

  /// Does to one strip what the sweep of strip `pivot` does.
  private func sweep(_ strip: Int, by pivot: Int) {
    let own = rows(strip), swept = rows(pivot), height = Self.height
    let common = unsafe shared[pivot % 2], inverse = unsafe inverses[pivot % 2]
    let start = unsafe matrix + own.lowerBound * size
    guard strip != pivot else {
      unsafe multiply(
        (own.count, swept.lowerBound, own.count), 1, inverse, height, CblasTrans, common, height,
        keep: 0, start, size)
      for i in 0..<own.count {
        for j in 0..<own.count {
          unsafe start[i * size + own.lowerBound + j] = -inverse[i * height + j]
        }
      }
      return
    }
    let product = unsafe products + own.lowerBound * height
    unsafe multiply(
      (own.count, swept.count, swept.count), 1, common + own.lowerBound * height, height,
      CblasNoTrans, inverse, height, keep: 0, product, height)
    // On both sides of the strip that is swept.
    let left = min(own.upperBound, swept.lowerBound)
    unsafe multiply(
      (own.count, left, swept.count), -1, product, height, CblasTrans, common, height, keep: 1,
      start, size)
    guard strip > pivot else { return }
    unsafe multiply(
      (own.count, own.upperBound - swept.upperBound, swept.count), -1, product, height, CblasTrans,
      common + swept.upperBound * height, height, keep: 1, start + swept.upperBound, size)
    for i in 0..<own.count {
      unsafe (start + i * size + swept.lowerBound).update(
        from: product + i * height, count: swept.count)
    }
  }

  /// Brings what one strip has in common with strip `pivot`, which is to be swept next, to its place.
  private func prepare(_ strip: Int, for pivot: Int, _ tolerance: Double) {
    guard pivot < count, strip >= pivot else { return }
    let own = rows(strip), next = rows(pivot), height = Self.height
    let common = unsafe shared[pivot % 2]
    let start = unsafe matrix + own.lowerBound * size
    guard strip == pivot else {
      for i in 0..<own.count {
        unsafe (common + (own.lowerBound + i) * height).update(
          from: start + i * size + next.lowerBound, count: next.count)
      }
      return
    }
    for j in 0..<own.lowerBound {
      for i in 0..<own.count { unsafe common[j * height + i] = unsafe start[i * size + j] }
    }
    let inverse = unsafe inverses[pivot % 2]
    for i in 0..<own.count {
      unsafe (inverse + i * height).update(
        from: start + i * size + own.lowerBound, count: own.count)
    }
    let triangle = unsafe Triangle(inverse, size: own.count, stride: height)
    if let pivot = triangle.factor(tolerance: tolerance) {
      small = own.lowerBound + pivot
      return
    }
    triangle.invertFactor()
    triangle.square()
    for i in 0..<own.count {
      for j in 0..<i { unsafe inverse[j * height + i] = unsafe inverse[i * height + j] }
    }
  }

  /// Turns the signs of a strip, and writes it above the diagonal too.
  private func finish(_ strip: Int) {
    let own = rows(strip), square = 32
    for left in stride(from: 0, to: own.upperBound, by: square) {
      for i in own {
        for j in left..<max(left, min(left + square, i + 1)) {
          let element = unsafe -matrix[i * size + j]
          unsafe matrix[i * size + j] = element
          unsafe matrix[j * size + i] = element
        }
      }
    }
  }

  /// c = scale a b + keep c, with shape m, n, k.
  private func multiply(
    _ shape: (m: Int, n: Int, k: Int), _ scale: Double, _ a: UnsafePointer<Double>, _ strideA: Int,
    _ transposeB: CBLAS_TRANSPOSE, _ b: UnsafePointer<Double>, _ strideB: Int, keep: Double,
    _ c: UnsafeMutablePointer<Double>, _ strideC: Int
  ) {
    guard shape.n > 0 else { return }
    unsafe cblas_dgemm(
      CblasRowMajor, CblasNoTrans, transposeB, Int32(shape.m), Int32(shape.n), Int32(shape.k),
      scale, a, Int32(strideA), b, Int32(strideB), keep, c, Int32(strideC))
  }
}
