#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import COpenBLAS
#endif

/// The lower triangle of a square of doubles, row by row, for LAPACK: to which it is the upper one by
/// columns.
@safe struct Triangle {
  private let start: UnsafeMutablePointer<Double>
  private let size, stride: Int

  init(_ start: UnsafeMutablePointer<Double>, size: Int, stride: Int) {
    unsafe self.start = start
    self.size = size
    self.stride = stride
  }

  /// L in place of A = L Lᵀ; returns the first pivot l_kk² that is not above the tolerance.
  func factor(tolerance: Double) -> Int? {
    var (which, rows, stride, info) = (Self.lowerByRows, Int32(size), Int32(stride), Int32(0))
    _ = unsafe dpotrf_(&which, &rows, start, &stride, &info)
    // Rounding may leave a pivot just above 0, and go on from there.
    let reached = info == 0 ? size : Int(info) - 1
    for k in 0..<reached {
      let root = unsafe start[k * self.stride + k]
      guard root * root > tolerance else { return k }
    }
    return info == 0 ? nil : reached
  }

  /// L⁻¹ in place of L, whose pivots are not 0.
  func invertFactor() {
    var (which, rows, stride, info) = (Self.lowerByRows, Int32(size), Int32(stride), Int32(0))
    var ones = Self.notOnes
    _ = unsafe dtrtri_(&which, &ones, &rows, start, &stride, &info)
    precondition(info == 0, "trtri refuses argument \(-info)")
  }

  /// Mᵀ M in place of M.
  func square() {
    var (which, rows, stride, info) = (Self.lowerByRows, Int32(size), Int32(stride), Int32(0))
    _ = unsafe dlauum_(&which, &rows, start, &stride, &info)
    precondition(info == 0, "lauum refuses argument \(-info)")
  }

  private static let lowerByRows = CChar(UInt8(ascii: "U"))
  /// The diagonal of L is not all ones.
  private static let notOnes = CChar(UInt8(ascii: "N"))
}
