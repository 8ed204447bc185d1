import HopfieldGraded
import TestSupport
import Testing

@Suite struct GainTests {
  static let gains: [Gain] = [
    .tanh(beta: 0.3), .tanh(beta: 1), .tanh(beta: 7), .logistic(beta: 0.5), .logistic(beta: 1),
    .logistic(beta: 9),
  ]

  @Test("The derivative is that of finite differences", arguments: gains)
  func derivative(_ gain: Gain) {
    for x in stride(from: -2.0, through: 2, by: 0.13) {
      let h = 1e-5
      let difference = (gain.value(at: x + h) - gain.value(at: x - h)) / (2 * h)
      #expect(abs(gain.derivative(at: x) - difference) < 1e-7 * gain.beta)
    }
  }

  @Test("The inverse undoes the gain", arguments: gains)
  func inverse(_ gain: Gain) {
    for x in stride(from: -1.5, through: 1.5, by: 0.07) {
      #expect(abs(gain.inverse(of: gain.value(at: x)) - x) < 1e-8)
    }
  }

  @Test("The integral of the inverse is that of quadrature", arguments: gains)
  func integral(_ gain: Gain) {
    let low = gain.limit(of: -1)
    for share in [0.02, 0.3, 0.5, 0.77, 0.98] {
      let v = low + (1 - low) * share
      // Simpson's rule from the middle of the range, where the integrand is smooth.
      let middle = gain.value(at: 0)
      let n = 4000
      let h = (v - middle) / Double(n)
      var sum = 0.0
      for k in 0...n {
        let weight = k == 0 || k == n ? 1.0 : k % 2 == 1 ? 4 : 2
        sum += weight * gain.inverse(of: middle + Double(k) * h)
      }
      let difference = gain.inverseIntegral(to: v) - gain.inverseIntegral(to: middle)
      #expect(abs(difference - sum * h / 3) < 1e-9 / gain.beta)
    }
    #expect(abs(gain.inverseIntegral(to: 0)) < 1e-15)
  }

  @Test("Nothing overflows, and the ends of the range are finite")
  func extremes() {
    for beta in [1e-6, 1, 1e6] {
      for gain in [Gain.tanh(beta: beta), .logistic(beta: beta)] {
        for x in [-1e300, -1e9, -800, 0, 800, 1e9, 1e300] {
          let v = gain.value(at: x)
          #expect(v >= gain.limit(of: -1) && v <= 1)
          #expect(gain.derivative(at: x) >= 0 && gain.derivative(at: x) <= beta)
          #expect(gain.inverseIntegral(to: v).isFinite)
        }
        #expect(gain.value(at: 1e300) == 1)
        #expect(gain.value(at: -1e300) == gain.limit(of: -1))
        #expect(gain.inverse(of: 1) == .infinity)
        #expect(gain.inverse(of: gain.limit(of: -1)) == -.infinity)
      }
    }
  }
}
