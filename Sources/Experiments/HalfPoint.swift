internal import HopfieldPatterns
internal import HopfieldTheory

/// The load at which half of the trials succeed, from shares across a transition.
///
///     let half = HalfPoint(loads: [0.24, 0.25, 0.26], successes: [48, 30, 4], of: 50)
///     print(half.load.value, half.load.error)
///
/// Probit analysis: Φ⁻¹ of the share falls linearly with the load. Shares of 0 and 1 count as half a
/// trial from the end. The error comes from independent trials; it is widened where the points scatter
/// more than that.
struct HalfPoint: Sendable, Equatable {
  let load: Estimate
  /// The standard deviation of the fitted normal law.
  let width: Double

  /// - Parameters:
  ///   - loads: at least two that differ.
  ///   - successes: of each load.
  ///   - trials: of each load.
  init(loads: [Double], successes: [Int], of trials: Int) {
    precondition(
      loads.count == successes.count, "\(successes.count) counts of \(loads.count) loads")
    precondition(Set(loads).count > 1, "\(loads.count) loads: two at least, that differ")
    let count = Double(trials)
    var (total, sumX, sumY) = (0.0, 0.0, 0.0)
    var points: [(x: Double, y: Double, weight: Double)] = []
    for (load, success) in zip(loads, successes) {
      let share = min(max(Double(success), 0.5), count - 0.5) / count
      let y = Gaussian.quantile(share)
      let density = Gaussian.density(y)
      let weight = count * density * density / (share * (1 - share))
      points.append((load, y, weight))
      total += weight
      sumX += weight * load
      sumY += weight * y
    }
    let (meanX, meanY) = (sumX / total, sumY / total)
    let square = points.reduce(0) { $0 + $1.weight * ($1.x - meanX) * ($1.x - meanX) }
    let slope = points.reduce(0) { $0 + $1.weight * ($1.x - meanX) * ($1.y - meanY) } / square
    let half = meanX - meanY / slope
    let chiSquare = points.reduce(0) { sum, point in
      let residual = point.y - slope * (point.x - half)
      return sum + point.weight * residual * residual
    }
    let freedom = Double(points.count - 2)
    let scatter = freedom > 0 ? max(1, chiSquare / freedom) : 1
    let variance = (1 / total + (half - meanX) * (half - meanX) / square) / (slope * slope)
    load = Estimate(half, error: (variance * scatter).squareRoot())
    width = -1 / slope
  }
}
