import Testing

@testable import HopfieldExperiments

@Suite struct ExtrapolationTests {
  /// Points on a line in N^-1: its two numbers, and the error of the limit by hand.
  @Test func aLine() {
    let sizes = [10, 20, 40]
    let values = sizes.map { Estimate(0.5 + 3 / Double($0), error: 0.1) }
    let fit = Extrapolation(of: values, at: sizes, exponent: 1)
    #expect(abs(fit.limit.value - 0.5) < 1e-14)
    #expect(abs(fit.slope - 3) < 1e-12)
    #expect(fit.chiSquare < 1e-20)
    #expect(fit.degreesOfFreedom == 1)
    #expect(abs(fit.value(at: 5) - 1.1) < 1e-12)
    // x = 0.1, 0.05, 0.025: variance 0.01 Sum x^2 / (3 Sum x^2 - (Sum x)^2).
    let squares = 0.01 + 0.0025 + 0.000625
    let variance = 0.01 * squares / (3 * squares - 0.175 * 0.175)
    #expect(abs(fit.limit.error * fit.limit.error - variance) < 1e-15)
  }

  /// Two points that agree and one far off: the error grows with the square root of chi squared.
  @Test func scatterWidens() {
    let values = [1.0, 1, 3].map { Estimate($0, error: 0.1) }
    let fit = Extrapolation(of: values, at: [10, 20, 40], exponent: 0.5)
    let calm = Extrapolation(
      of: [1, 1, 1].map { Estimate($0, error: 0.1) }, at: [10, 20, 40], exponent: 0.5)
    #expect(fit.chiSquare > 10)
    #expect(abs(fit.limit.error / calm.limit.error - fit.chiSquare.squareRoot()) < 1e-12)
  }

  /// Points on a parabola in C^-1: its limit, which a straight line misses by far more than its error.
  @Test func aBend() {
    let counts = [60, 90, 140, 200]
    let values = counts.map { count in
      let x = 1 / Double(count)
      return Estimate(0.97 - 0.05 * x + 8 * x * x, error: 1e-5)
    }
    let bend = DilutedRun.bend(of: values, at: counts)
    #expect(abs(bend.values[0] - 0.97) < 1e-8)
    #expect(bend.degreesOfFreedom == 1)
    let line = Extrapolation(of: values, at: counts, exponent: 1)
    #expect(abs(line.limit.value - 0.97) > 2 * line.limit.error)
    #expect(line.chiSquare > 100)
  }

  /// Shares of a normal law give its median and width back.
  @Test func halfPoints() {
    // Phi(1), Phi(0), Phi(-1) at 0.1, 0.2, 0.3 of a million trials.
    let half = HalfPoint(
      loads: [0.1, 0.2, 0.3], successes: [841_345, 500_000, 158_655], of: 1_000_000)
    #expect(abs(half.load.value - 0.2) < 1e-6)
    #expect(abs(half.width - 0.1) < 1e-5)
    // The middle point alone: 0.1 sqrt(pi / 2 / n); the outer two help.
    #expect(half.load.error < 1.26e-4)
    #expect(half.load.error > 0.5e-4)
    // All or nothing still leaves a number.
    let steep = HalfPoint(loads: [0.1, 0.2], successes: [10, 0], of: 10)
    #expect(abs(steep.load.value - 0.15) < 1e-12)
    #expect(steep.load.error.isFinite)
  }
}
