import HopfieldExperiments
import Testing

@Suite struct StatisticsTests {
  @Test func meanAndItsError() {
    // Of 1, 2, 3, 4: variance 5/3, error sqrt(5/12).
    let estimate = Estimate(of: [1, 2, 3, 4])
    #expect(estimate.value == 2.5)
    #expect(abs(estimate.error - (5.0 / 12).squareRoot()) < 1e-15)
    #expect(Estimate(of: [7]).error.isNaN)
  }

  @Test func sharesNeverHaveErrorZero() {
    #expect(Estimate(successes: 0, of: 10).value == 0)
    #expect(Estimate(successes: 0, of: 10).error > 0.05)
    let (all, none) = (Estimate(successes: 10, of: 10), Estimate(successes: 0, of: 10))
    #expect(abs(all.error - none.error) < 1e-15)
    // For many trials, the binomial error.
    let estimate = Estimate(successes: 3_000, of: 10_000)
    #expect(abs(estimate.error - (0.3 * 0.7 / 10_000).squareRoot()) < 1e-5)
  }

  @Test func deviationsAreInJointErrors() {
    let deviation = Estimate(1, error: 0.3).deviation(from: Estimate(2, error: 0.4))
    #expect(abs(deviation - 2) < 1e-15)
    #expect(Estimate(1, error: 0).deviation(from: Estimate(1, error: 0)) == 0)
    #expect(Estimate(1, error: 0).deviation(from: Estimate(2, error: 0)) == .infinity)
  }
}
