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
  /// a.
  let limit: Estimate
  /// b.
  let slope: Double
  /// w.
  let exponent: Double
  let chiSquare: Double
  let degreesOfFreedom: Int

  /// - Parameters:
  ///   - values: what was found at each size, with errors above 0.
  ///   - sizes: at least two that differ.
  ///   - exponent: w, above 0.
  init(of values: [Estimate], at sizes: [Int], exponent: Double) {
    precondition(
      values.count == sizes.count && Set(sizes).count > 1,
      "\(values.count) values at \(sizes.count) sizes: two at least, that differ")
    precondition(values.allSatisfy { $0.error > 0 }, "a value without an error above 0")
    let x = sizes.map { pow(Double($0), -exponent) }
    let weights = values.map { 1 / ($0.error * $0.error) }
    let total = weights.reduce(0, +)
    let meanX = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
    let meanY = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1.value } / total
    var (square, product) = (0.0, 0.0)
    for k in x.indices {
      square += weights[k] * (x[k] - meanX) * (x[k] - meanX)
      product += weights[k] * (x[k] - meanX) * (values[k].value - meanY)
    }
    let slope = product / square
    let limit = meanY - slope * meanX
    var chiSquare = 0.0
    for k in x.indices {
      let residual = values[k].value - limit - slope * x[k]
      chiSquare += weights[k] * residual * residual
    }
    let freedom = x.count - 2
    let scatter = freedom > 0 ? max(1, chiSquare / Double(freedom)) : 1
    self.limit = Estimate(
      limit, error: ((1 / total + meanX * meanX / square) * scatter).squareRoot())
    self.slope = slope
    self.exponent = exponent
    self.chiSquare = chiSquare
    degreesOfFreedom = freedom
  }

  /// "χ² = 1.3 of 2", for notes.
  var quality: String { "χ² = \((chiSquare * 10).rounded() / 10) of \(degreesOfFreedom)" }

  /// The fitted value at a size.
  func value(at size: Double) -> Double { limit.value + slope * pow(size, -exponent) }
}
