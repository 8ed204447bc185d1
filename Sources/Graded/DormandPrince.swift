internal import HopfieldKernels

/// An adaptive integrator of dx/dt = f(x): the pair of orders 5 and 4 of Dormand and Prince, with
/// proportional-integral control of the step and a continuous solution of order 4 inside it.
///
///     var integrator = DormandPrince(from: [1, 0], tolerance: 1e-10) { x in [x[1], -x[0]] }
///     integrator.step(until: 10) { x in [x[1], -x[0]] }
///     print(integrator.time, integrator.state, integrator.state(at: integrator.time / 2))
///
/// The error of a step is measured componentwise against `tolerance` (1 + |x|), as a root mean
/// square. For equations that are not stiff.
///
/// - Complexity: six evaluations of f a step.
/// - Source: Dormand and Prince 1980, "A family of embedded Runge-Kutta formulae"; step control and
///   continuous solution as in Hairer, Norsett and Wanner 1993, sections II.4 to II.6.
public struct DormandPrince: Sendable {
  public private(set) var time = 0.0
  public private(set) var state: [Double]
  /// f at `state`.
  public private(set) var rate: [Double]
  /// The error that a step may make, relative to 1 + |x|.
  public let tolerance: Double
  /// The step that is tried next.
  public private(set) var nextStep: Double
  /// When the last step began.
  private var previousTime = 0.0
  private var lastError = 1e-4
  /// Coefficients of the continuous solution on the last step.
  private var interpolant: [[Double]]

  /// An integrator at time 0.
  public init(from state: [Double], tolerance: Double, rate f: ([Double]) -> [Double]) {
    precondition(
      tolerance >= 1e-14 && tolerance < 1, "a tolerance of \(tolerance), not 1e-14 to 1")
    self.state = state
    self.tolerance = tolerance
    rate = f(state)
    interpolant = [state]
    nextStep = 0
    nextStep = firstStep(f)
  }

  // MARK: - Steps

  /// Takes one accepted step, which ends at `limit` at the latest.
  ///
  /// - Returns: whether time moved: false at the limit, or where the step would vanish beside it.
  @discardableResult
  public mutating func step(until limit: Double, rate f: ([Double]) -> [Double]) -> Bool {
    guard time < limit else { return false }
    var wasRejected = false
    while true {
      let isLast = time + nextStep >= limit
      let step = isLast ? limit - time : nextStep
      guard time + step > time else { return false }
      let (slopes, end, endRate) = stages(step, f)
      let error = error(of: slopes, endRate, step, end)
      guard error <= 1 else {
        // NaN lands here too: smaller steps avoid what overflowed.
        nextStep = step * max(0.2, error.isNaN ? 0 : 0.9 * power(error, -0.2))
        wasRejected = true
        continue
      }
      let factor = 0.9 * power(max(error, 1e-10), -0.17) * power(lastError, 0.04)
      let bounded = min(wasRejected ? 1 : 10, max(0.2, factor))
      // A step cut short by the limit says little about the next.
      nextStep = isLast ? max(nextStep, step * bounded) : step * bounded
      lastError = max(error, 1e-4)
      interpolate(slopes, end, endRate, step)
      previousTime = time
      time = isLast ? limit : time + step
      state = end
      rate = endRate
      return true
    }
  }

  /// The state at a time within the last step.
  public func state(at time: Double) -> [Double] {
    precondition(
      time >= previousTime && time <= self.time,
      "time \(time) is outside the last step, \(previousTime) to \(self.time)")
    guard self.time > previousTime else { return state }
    let s = (time - previousTime) / (self.time - previousTime)
    let c = interpolant
    return state.indices.map { i in
      c[0][i] + s * (c[1][i] + (1 - s) * (c[2][i] + s * (c[3][i] + (1 - s) * c[4][i])))
    }
  }

  // MARK: - Parts

  private static let nodes: [[Double]] = [
    [1.0 / 5],
    [3.0 / 40, 9.0 / 40],
    [44.0 / 45, -56.0 / 15, 32.0 / 9],
    [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
    [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
  ]
  /// Order 5 less order 4.
  private static let errors: [Double] = [
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
  ]
  private static let continuous: [Double] = [
    -12_715_105_075.0 / 11_282_082_432, 0, 87_487_479_700.0 / 32_700_410_799,
    -10_690_763_975.0 / 1_880_347_072, 701_980_252_875.0 / 199_316_789_632,
    -1_453_857_185.0 / 822_651_844, 69_997_945.0 / 29_380_423,
  ]

  /// The slopes of the six stages, the state they lead to and the rate there.
  private func stages(
    _ step: Double, _ f: ([Double]) -> [Double]
  ) -> (slopes: [[Double]], end: [Double], endRate: [Double]) {
    var slopes = [rate]
    var end = state
    for (k, weights) in Self.nodes.enumerated() {
      end = state
      for (slope, weight) in zip(slopes, weights) where weight != 0 {
        for i in end.indices { end[i] += step * weight * slope[i] }
      }
      let rate = f(end)
      if k == Self.nodes.count - 1 { return (slopes, end, rate) }
      slopes.append(rate)
    }
    return (slopes, end, rate)
  }

  private func error(
    of slopes: [[Double]], _ endRate: [Double], _ step: Double, _ end: [Double]
  ) -> Double {
    var sum = 0.0
    for i in state.indices {
      var error = Self.errors[6] * endRate[i]
      for k in slopes.indices { error += Self.errors[k] * slopes[k][i] }
      let scaled = step * error / (tolerance * (1 + max(abs(state[i]), abs(end[i]))))
      sum += scaled * scaled
    }
    return (sum / Double(max(1, state.count))).squareRoot()
  }

  private mutating func interpolate(
    _ slopes: [[Double]], _ end: [Double], _ endRate: [Double], _ step: Double
  ) {
    let change = state.indices.map { end[$0] - state[$0] }
    let bend = state.indices.map { step * slopes[0][$0] - change[$0] }
    let twist = state.indices.map { change[$0] - step * endRate[$0] - bend[$0] }
    let rest = state.indices.map { i in
      var sum = Self.continuous[6] * endRate[i]
      for k in slopes.indices { sum += Self.continuous[k] * slopes[k][i] }
      return step * sum
    }
    interpolant = [state, change, bend, twist, rest]
  }

  /// A first step that an explicit Euler step finds harmless (Hairer, Norsett, Wanner, II.4).
  private func firstStep(_ f: ([Double]) -> [Double]) -> Double {
    func norm(_ x: [Double]) -> Double {
      let sum = x.indices.reduce(0.0) { sum, i in
        let scaled = x[i] / (tolerance * (1 + abs(state[i])))
        return sum + scaled * scaled
      }
      return (sum / Double(max(1, x.count))).squareRoot()
    }
    let (size, speed) = (norm(state), norm(rate))
    let trial = size < 1e-5 || speed < 1e-5 ? 1e-6 : 0.01 * size / speed
    let ahead = f(state.indices.map { state[$0] + trial * rate[$0] })
    let bend = norm(state.indices.map { ahead[$0] - rate[$0] }) / trial
    let steepest = max(speed, bend)
    let step = steepest <= 1e-15 ? max(1e-6, trial * 1e-3) : power(0.01 / steepest, 0.2)
    return min(100 * trial, step)
  }
}
