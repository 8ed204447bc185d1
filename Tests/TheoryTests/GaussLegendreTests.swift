internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Gauss and Legendre's rule") struct GaussLegendreTests {
  @Test("Powers up to the 39th are exact") func powers() {
    for power in 0...39 {
      let integral = GaussLegendre.integral(from: -1, to: 1) { pow($0, Double(power)) }
      let exact = power.isMultiple(of: 2) ? 2 / Double(power + 1) : 0
      #expect(abs(integral - exact) < 2e-15, "x^\(power)")
    }
    let wide = GaussLegendre.integral(from: 0, to: 4) { pow($0, 40) }
    #expect(abs(wide / (pow(4, 41) / 41) - 1) < 1e-12)
    let sine = GaussLegendre.integral(from: 1, to: 3) { sin($0) }
    #expect(abs(sine - (cos(1) - cos(3))) < 1e-15)
  }
}
