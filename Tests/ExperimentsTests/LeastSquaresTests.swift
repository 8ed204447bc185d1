import Testing

@testable import HopfieldExperiments

@Suite struct LeastSquaresTests {
  /// A straight line through (0, 1), (1, 3), (2, 4), errors 0.5: slope 3/2, intercept 7/6, by hand; in
  /// closed form, and by steps as any other model.
  @Test func aStraightLineIsThatByHand() throws {
    let (x, y, error) = ([0.0, 1, 2], [1.0, 3, 4], 0.5)
    let closed = LeastSquares(line: y.map { Estimate($0, error: error) }, at: x)
    let stepped = try #require(
      LeastSquares(from: [0, 0]) { p in zip(x, y).map { ($1 - p[0] - p[1] * $0) / error } })
    for (fit, tolerance) in [(closed, 1e-14), (stepped, 1e-6)] {
      #expect(abs(fit.values[0] - 7.0 / 6) < tolerance)
      #expect(abs(fit.values[1] - 1.5) < tolerance)
      // Residuals -1/6, 1/3, -1/6; χ² = (1/36 + 1/9 + 1/36) / 0.25.
      #expect(abs(fit.chiSquare - 2.0 / 3) < tolerance)
      #expect(fit.degreesOfFreedom == 1)
      // Variances 0.25 · 5/6 and 0.25 / 2; χ² is below its freedom, so nothing is widened.
      #expect(abs(fit.estimate(0).error - (0.25 * 5 / 6).squareRoot()) < tolerance)
      #expect(abs(fit.estimate(1).error - 0.125.squareRoot()) < tolerance)
      #expect(abs(fit.covariance[0][1] + 0.125) < tolerance)
    }
  }

  /// y = 2 − x with errors 0.1 at 1, 2, 3: zero at the middle, where the error is that of the mean.
  @Test func whereALineIsZero() {
    func fit(_ values: [Double]) -> LeastSquares {
      LeastSquares(line: values.map { Estimate($0, error: 0.1) }, at: [1, 2, 3])
    }
    let falling = fit([1, 0, -1])
    #expect(abs(falling.zero.value - 2) < 1e-14)
    #expect(abs(falling.zero.error - 0.1 / 3.0.squareRoot()) < 1e-14)
    // Less a level line at 1/2: 3/2 − x, with the errors of both.
    let crossing = falling.minus(fit([0.5, 0.5, 0.5])).zero
    #expect(abs(crossing.value - 1.5) < 1e-14)
    #expect(abs(crossing.error - (2 * 0.01 * (1.0 / 3 + 0.25 / 2)).squareRoot()) < 1e-14)
  }

  @Test func errorsAreWidenedByScatter() throws {
    let (x, y) = ([0.0, 1, 2], [1.0, 3, 4])
    let fit = try #require(
      LeastSquares(from: [0, 0]) { p in zip(x, y).map { ($1 - p[0] - p[1] * $0) / 0.05 } })
    // χ² = 200/3 of 1.
    #expect(abs(fit.estimate(1).error - (0.0025 / 2 * 200 / 3).squareRoot()) < 1e-6)
  }

  @Test func whatIsNotDeterminedHasNoFit() {
    #expect(LeastSquares(from: [0, 0]) { p in [p[0] - 1, p[0] - 2, p[0] - 3] } == nil)
    #expect(LeastSquares(from: [0, 0]) { p in [p[0] - 1, p[1] - 2] } == nil)
    #expect(LeastSquares(from: [0]) { _ in [.infinity, 0] } == nil)
  }
}
