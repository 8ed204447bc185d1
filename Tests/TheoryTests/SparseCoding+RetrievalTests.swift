import HopfieldTheory
import Testing

@Suite struct SparseCodingRetrievalTests {
  /// At f = ½, with centred fields, it is the network of ±1 units.
  @Test(arguments: [0.02, 0.05, 0.1, 0.13])
  func denseCodingIsTheNetworkOfSpins(load: Double) throws {
    let state = try #require(SparseCoding.retrieval(load: load, activity: 0.5, centred: true))
    #expect(abs(state.overlap - MeanField.overlap(load: load)) < 1e-9)
    // The largest of a smooth function is known to half of the digits.
    #expect(abs(state.threshold) < 1e-6)
    #expect(abs(state.activity - 0.5) < 1e-6)
  }

  @Test(arguments: [0.3, 0.1, 0.02, 0.001])
  func theStateEndsAtTheCapacity(activity: Double) throws {
    let capacity = SparseCoding.capacity(activity: activity)
    #expect(SparseCoding.retrieval(load: capacity.load * 1.0001, activity: activity) == nil)
    let last = try #require(
      SparseCoding.retrieval(load: capacity.load * (1 - 1e-9), activity: activity))
    // The overlap has a square root there.
    #expect(abs(last.overlap - capacity.overlap) < 1e-3)
    let light = try #require(
      SparseCoding.retrieval(load: capacity.load * 1e-3, activity: activity))
    #expect(light.overlap > last.overlap)
    #expect(abs(light.activity - activity) < 0.1 * activity)
  }

  /// The equations of the state by iteration at its threshold: ones at a = ((1 − f)m − t)/σ, zeros at
  /// b = (t + fm)/σ, σ = √(αq) + Cσ, t = θ − Γ/2 or θ − Γ(½ − f); from a whole pattern.
  @Test(arguments: [true, false])
  func theStateSolvesItsEquations(centred: Bool) throws {
    let (f, load) = (0.1, 0.3)
    let state = try #require(SparseCoding.retrieval(load: load, activity: f, centred: centred))
    func fixedPoint(threshold: Double) -> (overlap: Double, activity: Double) {
      var (overlap, activity, sigma, turn) = (1.0, f, 0.1, threshold)
      for _ in 0..<2_000 {
        let a = ((1 - f) * overlap - turn) / sigma
        let b = (turn + f * overlap) / sigma
        let (right, wrong) = (Gaussian.distribution(a), Gaussian.distribution(-b))
        activity = f * right + (1 - f) * wrong
        let power =
          centred ? (1 - f) * (1 - f) * activity + f * f * (1 - activity) : activity
        let response = (f * Gaussian.density(a) + (1 - f) * Gaussian.density(b)) / sigma
        let help = load * response / (1 - response)
        overlap = (overlap + right - wrong) / 2
        sigma = (sigma + (load * power).squareRoot() + response * sigma) / 2
        turn = (turn + threshold - help * (centred ? 0.5 - f : 0.5)) / 2
      }
      return (overlap, activity)
    }
    let best = fixedPoint(threshold: state.threshold)
    #expect(abs(best.overlap - state.overlap) < 1e-9)
    #expect(abs(best.activity - state.activity) < 1e-9)
    // No other threshold does better.
    for change in [-0.02, -0.005, 0.005, 0.02] {
      #expect(fixedPoint(threshold: state.threshold + change).overlap < state.overlap)
    }
  }
}
