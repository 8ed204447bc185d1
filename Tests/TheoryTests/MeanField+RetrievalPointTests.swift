internal import Testing

@testable internal import HopfieldTheory

@Suite("The curve of retrieval states at one temperature") struct RetrievalPointTests {
  @Test(
    "The slope is the derivative of ln α, and falls all along", arguments: [1e-3, 0.1, 0.6, 0.97])
  func slope(temperature: Double) throws {
    let limit = try #require(MeanField.RetrievalPoint.limit(temperature: temperature))
    #expect(abs(limit.slope) < 1e-9)
    var last = 2.0
    for k in 1...12 {
      let noise = limit.noise * Double(k) / 8
      let point = try #require(
        MeanField.RetrievalPoint(temperature: temperature, noise: noise))
      #expect(point.slope <= last)
      last = point.slope
      let step = 1e-4
      let above = try #require(
        MeanField.RetrievalPoint(temperature: temperature, noise: noise * (1 + step)))
      let below = try #require(
        MeanField.RetrievalPoint(temperature: temperature, noise: noise * (1 - step)))
      let slope = (above.load - below.load) / (2 * step * point.load)
      #expect(abs(slope - point.slope) < 2e-5 * max(1, abs(slope)), "s = \(noise)")
    }
  }

  @Test("Without noise there is no load; with too much there is no overlap") func ends() throws {
    let point = try #require(MeanField.RetrievalPoint(temperature: 0.5, noise: 0))
    #expect(point.load == 0 && point.slope == 2)
    #expect(MeanField.RetrievalPoint(temperature: 0.5, noise: 0.8) == nil)
  }
}
