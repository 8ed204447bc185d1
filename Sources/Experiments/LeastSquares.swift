/// A least-squares fit: of a straight line in closed form, of any other smooth model by the method of
/// Levenberg and Marquardt.
///
///     let decay = LeastSquares(from: [1, 0.5]) { p in
///       zip(x, y).map { ($1 - p[0] * exp(-p[1] * $0)) / error }
///     }!
///     print(decay.estimate(1), decay.chiSquare, decay.degreesOfFreedom)
///
/// Errors come from the inverse of the normal matrix; where the points scatter more than their errors say,
/// χ² above the degrees of freedom, the errors are widened by √(χ² / degrees of freedom).
///
/// - Complexity: some dozens of passes of the model, times the number of parameters.
/// - Source: Marquardt 1963, J. Soc. Ind. Appl. Math. 11, 431.
struct LeastSquares: Sendable, Equatable {
  let values: [Double]
  /// Of the values, widened; row by row.
  let covariance: [[Double]]
  let chiSquare: Double
  let degreesOfFreedom: Int

  private init(
    values: [Double], covariance: [[Double]], chiSquare: Double, degreesOfFreedom: Int
  ) {
    self.values = values
    self.covariance = covariance
    self.chiSquare = chiSquare
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The straight line a + b x through measured values: a is parameter 0 and b is 1.
  ///
  /// - Parameters:
  ///   - values: with errors above 0.
  ///   - x: where each was measured, at two places or more.
  init(line values: [Estimate], at x: [Double]) {
    precondition(
      values.count == x.count && Set(x).count > 1,
      "\(values.count) values at \(x.count) places: two at least, that differ")
    precondition(values.allSatisfy { $0.error > 0 }, "a value without an error above 0")
    let weights = values.map { 1 / ($0.error * $0.error) }
    let total = weights.reduce(0, +)
    let meanX = dot(weights, x) / total
    let meanY = dot(weights, values.map(\.value)) / total
    let offsets = x.map { $0 - meanX }
    let square = zip(weights, offsets).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    let slope =
      values.indices.reduce(0) { $0 + weights[$1] * offsets[$1] * (values[$1].value - meanY) }
      / square
    let chiSquare = values.indices.reduce(0) { sum, k in
      let residual = values[k].value - meanY - slope * offsets[k]
      return sum + weights[k] * residual * residual
    }
    degreesOfFreedom = values.count - 2
    self.chiSquare = chiSquare
    self.values = [meanY - slope * meanX, slope]
    let scatter = degreesOfFreedom > 0 ? max(1, chiSquare / Double(degreesOfFreedom)) : 1
    covariance = [
      [(1 / total + meanX * meanX / square) * scatter, -meanX / square * scatter],
      [-meanX / square * scatter, 1 / square * scatter],
    ]
  }

  /// Fits the parameters of any model.
  ///
  /// - Parameters:
  ///   - start: parameters not too far from the best.
  ///   - residuals: (measured − model)/error of every point, infinite or NaN where parameters make no sense.
  /// - Returns: nil where there are not more points than parameters, or the points do not determine
  ///   them.
  init?(from start: [Double], residuals: ([Double]) -> [Double]) {
    func square(_ residuals: [Double]) -> Double {
      let sum = residuals.reduce(0) { $0 + $1 * $1 }
      return sum.isFinite ? sum : .infinity
    }
    /// The residuals' derivatives by central differences, a row a parameter.
    func slopes(_ values: [Double]) -> [[Double]] {
      values.indices.map { k in
        let step = 1e-6 * max(abs(values[k]), 1e-2)
        var (up, down) = (values, values)
        up[k] += step
        down[k] -= step
        return zip(residuals(up), residuals(down)).map { ($0 - $1) / (2 * step) }
      }
    }
    var values = start
    var current = square(residuals(values))
    guard current < .infinity else { return nil }
    var damping = 1e-3
    for _ in 0..<500 {
      let slopes = slopes(values)
      let rest = residuals(values)
      let gradient = slopes.map { dot($0, rest) }
      var matrix = slopes.map { row in slopes.map { dot(row, $0) } }
      for k in matrix.indices { matrix[k][k] *= 1 + damping }
      guard let step = solve(matrix, gradient) else { break }
      let next = zip(values, step).map { $0 - $1 }
      let chiSquare = square(residuals(next))
      if chiSquare < current {
        let isDone = current - chiSquare < 1e-12 * (1 + chiSquare)
        (values, current, damping) = (next, chiSquare, damping / 5)
        if isDone { break }
      } else {
        damping *= 5
        if damping > 1e12 { break }
      }
    }
    let slopes = slopes(values)
    let matrix = slopes.map { row in slopes.map { dot(row, $0) } }
    let freedom = (slopes.first?.count ?? 0) - values.count
    guard freedom > 0 else { return nil }
    let scatter = max(1, current / Double(freedom))
    var covariance: [[Double]] = []
    for k in values.indices {
      let unit = values.indices.map { $0 == k ? 1.0 : 0 }
      guard let column = solve(matrix, unit), column[k] > 0, column[k].isFinite else { return nil }
      covariance.append(column.map { $0 * scatter })
    }
    self.values = values
    self.covariance = covariance
    chiSquare = current
    degreesOfFreedom = freedom
  }

  /// A parameter with its error.
  func estimate(_ index: Int) -> Estimate {
    Estimate(values[index], error: covariance[index][index].squareRoot())
  }

  /// The x at which the line a + b x of the first two parameters is 0.
  var zero: Estimate {
    let x = -values[0] / values[1]
    let variance = covariance[0][0] + 2 * x * covariance[0][1] + x * x * covariance[1][1]
    return Estimate(x, error: variance.squareRoot() / abs(values[1]))
  }

  /// The difference of two independent fits of one model.
  func minus(_ other: LeastSquares) -> LeastSquares {
    LeastSquares(
      values: zip(values, other.values).map { $0 - $1 },
      covariance: zip(covariance, other.covariance).map { zip($0, $1).map { $0 + $1 } },
      chiSquare: chiSquare + other.chiSquare,
      degreesOfFreedom: degreesOfFreedom + other.degreesOfFreedom)
  }

  /// "χ² = 1.3 of 2", for notes.
  var quality: String { "χ² = \((chiSquare * 10).rounded() / 10) of \(degreesOfFreedom)" }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

/// The solution of a small system by elimination with pivots; nil where it has none.
private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  var rows = zip(matrix, right).map { $0 + [$1] }
  let count = right.count
  for k in 0..<count {
    let pivot = (k..<count).max { abs(rows[$0][k]) < abs(rows[$1][k]) }!
    guard abs(rows[pivot][k]) > 0, rows[pivot][k].isFinite else { return nil }
    rows.swapAt(k, pivot)
    for i in 0..<count where i != k {
      let factor = rows[i][k] / rows[k][k]
      for j in k...count { rows[i][j] -= factor * rows[k][j] }
    }
  }
  return (0..<count).map { rows[$0][count] / rows[$0][$0] }
}
