#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A number's limit for N → ∞, from what finite sizes show.
///
///     let limit = Extrapolation(of: overlaps, at: [1_000, 2_000, 4_000], exponent: 1).limit
///
/// The weighted least-squares fit of y = a + b N^−w, the exponent w being assumed. Where the points
/// scatter more than their errors say, the errors of the fit are widened by √(χ² / degrees of freedom).
struct Extrapolation: Sendable, Equatable {
  /// w.
  let exponent: Double
  private let line: LeastSquares

  /// - Parameters:
  ///   - values: what was found at each size, with errors above 0.
  ///   - sizes: at least two that differ.
  ///   - exponent: w, above 0.
  init(of values: [Estimate], at sizes: [Int], exponent: Double) {
    self.exponent = exponent
    line = LeastSquares(line: values, at: sizes.map { pow(Double($0), -exponent) })
  }

  /// a.
  var limit: Estimate { line.estimate(0) }
  /// b.
  var slope: Double { line.values[1] }
  var chiSquare: Double { line.chiSquare }
  var degreesOfFreedom: Int { line.degreesOfFreedom }
  /// "χ² = 1.3 of 2", for notes.
  var quality: String { line.quality }

  /// The fitted value at a size.
  func value(at size: Double) -> Double { limit.value + slope * pow(size, -exponent) }
}
