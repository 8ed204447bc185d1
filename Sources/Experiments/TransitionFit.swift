internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The transition's place in the limit of large N, from what finite sizes show.
///
///     let fit = TransitionFit(to: rows, exponent: 0.5)
///     print(fit!.limit.value, fit!.limit.error, fit!.chiSquare, fit!.degreesOfFreedom)
///
/// A joint least-squares fit of P_ret = Φ(√N (a + b N^−w − α) / σ) to all rows, a being the limit. The
/// exponent w of the shift is given or fitted: which one is assumed moves the limit by more
/// than the statistical error, so both have to be told.
public struct TransitionFit: Sendable {
  /// The load at which retrieval ends for N → ∞.
  public let limit: Estimate
  /// The shift b of finite sizes.
  public let shift: Double
  /// w, and whether it was fitted.
  public let exponent: Double
  public let isExponentFitted: Bool
  /// The width σ of the transition, times √N.
  public let width: Double
  public let chiSquare: Double
  public let degreesOfFreedom: Int

  /// Fits rows of one dynamics.
  ///
  /// - Parameters:
  ///   - rows: of at least two sizes, three where the exponent is to be fitted.
  ///   - exponent: w, or nil to fit it.
  /// - Returns: nil where the rows do not determine the limit.
  public init?(to rows: [TransitionExperiment.Row], exponent: Double? = 0.5) {
    let sizes = Set(rows.map(\.neurons)).count
    let parameters = exponent == nil ? 4 : 3
    guard sizes >= parameters - 1, rows.count > parameters else { return nil }
    var best: (values: [Double], chiSquare: Double)?
    // The problem is smooth; several beginnings for w guard against side valleys.
    for start in exponent.map({ [$0] }) ?? [0.4, 0.5, 0.7, 1] {
      var values = [0.14, 0.8, 0.55]
      if exponent == nil { values.append(start) }
      let found = Self.descend(from: values, exponent: exponent, rows: rows)
      if found.chiSquare < best?.chiSquare ?? .infinity { best = found }
    }
    guard let best, let variance = Self.variance(at: best.values, exponent: exponent, rows: rows)
    else { return nil }
    limit = Estimate(best.values[0], error: variance.squareRoot())
    shift = best.values[1]
    width = best.values[2]
    self.exponent = exponent ?? best.values[3]
    isExponentFitted = exponent == nil
    chiSquare = best.chiSquare
    degreesOfFreedom = rows.count - parameters
  }

  /// The predicted share for a size and a load.
  public func retrieved(neurons: Int, load: Double) -> Double {
    Self.model([limit.value, shift, width, exponent], nil, neurons: neurons, load: load)
  }

  // MARK: - Least squares

  private static func model(
    _ values: [Double], _ exponent: Double?, neurons: Int, load: Double
  ) -> Double {
    let size = Double(neurons)
    let place = values[0] + values[1] * pow(size, -(exponent ?? values[3]))
    return erfc(-(place - load) * (size / 2).squareRoot() / values[2]) / 2
  }

  private static func residuals(
    _ values: [Double], _ exponent: Double?, _ rows: [TransitionExperiment.Row]
  ) -> [Double] {
    rows.map {
      ($0.retrieved - model(values, exponent, neurons: $0.neurons, load: $0.load))
        / $0.standardError
    }
  }

  /// The residuals' derivatives by central differences, a row a parameter.
  private static func slopes(
    _ values: [Double], _ exponent: Double?, _ rows: [TransitionExperiment.Row]
  ) -> [[Double]] {
    values.indices.map { k in
      let step = 1e-6 * max(abs(values[k]), 1e-2)
      var (up, down) = (values, values)
      up[k] += step
      down[k] -= step
      return zip(residuals(up, exponent, rows), residuals(down, exponent, rows))
        .map { ($0 - $1) / (2 * step) }
    }
  }

  /// Levenberg and Marquardt.
  private static func descend(
    from start: [Double], exponent: Double?, rows: [TransitionExperiment.Row]
  ) -> (values: [Double], chiSquare: Double) {
    func square(_ residuals: [Double]) -> Double { residuals.reduce(0) { $0 + $1 * $1 } }
    var values = start
    var current = square(residuals(values, exponent, rows))
    var damping = 1e-3
    for _ in 0..<500 {
      let slopes = slopes(values, exponent, rows)
      let gradient = slopes.map { dot($0, residuals(values, exponent, rows)) }
      var matrix = slopes.map { row in slopes.map { dot(row, $0) } }
      for k in matrix.indices { matrix[k][k] *= 1 + damping }
      guard let step = solve(matrix, gradient) else { break }
      let next = zip(values, step).map { $0 - $1 }
      let chi = next[2] > 0 ? square(residuals(next, exponent, rows)) : .infinity
      if chi < current {
        let isDone = current - chi < 1e-12 * (1 + chi)
        (values, current, damping) = (next, chi, damping / 5)
        if isDone { break }
      } else {
        damping *= 5
        if damping > 1e12 { break }
      }
    }
    return (values, current)
  }

  /// The variance of the limit: an element of the inverse of the normal matrix.
  private static func variance(
    at values: [Double], exponent: Double?, rows: [TransitionExperiment.Row]
  ) -> Double? {
    let slopes = slopes(values, exponent, rows)
    let matrix = slopes.map { row in slopes.map { dot(row, $0) } }
    let unit = values.indices.map { $0 == 0 ? 1.0 : 0.0 }
    return solve(matrix, unit).flatMap { $0[0] > 0 && $0[0].isFinite ? $0[0] : nil }
  }
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
