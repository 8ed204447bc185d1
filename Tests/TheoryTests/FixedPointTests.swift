internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Fixed points") struct FixedPointTests {
  @Test("Newton's steps on a concave map and plain iteration meet", arguments: [0.3, 0.8, 0.99])
  func methodsMeet(temperature: Double) {
    let newton = FixedPoint.ofConcaveMap(below: 1) { m in
      let t = tanh(m / temperature)
      return (t, (1 - t * t) / temperature)
    }
    let plain = (0..<10_000).reduce(1.0) { m, _ in tanh(m / temperature) }
    #expect(abs(newton - plain) < 1e-12)
    #expect(abs(newton - tanh(newton / temperature)) < 1e-15)
  }

  @Test("Above the transition the overlap goes to nothing") func nothing() {
    let m = FixedPoint.ofConcaveMap(below: 1) { m in
      let t = tanh(m / 1.5)
      return (t, (1 - t * t) / 1.5)
    }
    #expect(m >= 0 && m < 1e-15)
  }
}
