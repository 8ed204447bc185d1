import HopfieldTheory
import Testing

@Suite struct SparseCodingRetrievalTests {
  /// At f = ½, with centred fields, it is the network of ±1 units.
  @Test(arguments: [0.02, 0.05, 0.1, 0.13])
  func denseCodingIsTheNetworkOfSpins(load: Double) throws {
    let state = try #require(SparseCoding.retrieval(load: load, activity: 0.5, centred: true))
    #expect(abs(state.overlap - MeanField.overlap(load: load)) < 1e-9)
    #expect(abs(state.threshold) < 1e-9)
    #expect(abs(state.activity - 0.5) < 1e-9)
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

  /// The equations of the state, in its own terms: ones at a = ((1 − f)m − θ)/σ, zeros at b = (θ + fm)/σ,
  /// σ = √(αq) + fφ(a) + (1 − f)φ(b).
  @Test func theStateSolvesItsEquations() throws {
    let (f, load) = (0.1, 0.3)
    let state = try #require(SparseCoding.retrieval(load: load, activity: f))
    var sigma = 0.1
    for _ in 0..<500 {
      let a = ((1 - f) * state.overlap - state.threshold) / sigma
      let b = (state.threshold + f * state.overlap) / sigma
      sigma =
        (load * state.activity).squareRoot() + f * Gaussian.density(a) + (1 - f)
        * Gaussian.density(b)
    }
    let a = ((1 - f) * state.overlap - state.threshold) / sigma
    let b = (state.threshold + f * state.overlap) / sigma
    #expect(abs(Gaussian.distribution(a) - Gaussian.distribution(-b) - state.overlap) < 1e-9)
    #expect(
      abs(
        f * Gaussian.distribution(a) + (1 - f) * Gaussian.distribution(-b) - state.activity)
        < 1e-9)
  }
}
