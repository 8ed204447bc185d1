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
    let count = Double(trials)
    let line = LeastSquares(
      line: successes.map { success in
        let share = min(max(Double(success), 0.5), count - 0.5) / count
        let place = Gaussian.quantile(share)
        return Estimate(
          place, error: (share * (1 - share) / count).squareRoot() / Gaussian.density(place))
      }, at: loads)
    load = line.zero
    width = -1 / line.values[1]
  }
}
