internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("The standard normal law") struct GaussianAverageTests {
  @Test("Moments are 1, 0, 1, 3, 15, 105 wherever the panels are cut")
  func moments() {
    for (center, width) in [(0.0, 0.5), (0.3, 0), (-2.5, 1e-3), (9.5, 1e-9), (40, 0.1), (1e9, 1e8)]
    {
      for (power, moment) in [(0, 1.0), (1, 0), (2, 1), (3, 0), (4, 3), (6, 15), (8, 105)] {
        let average = Gaussian.average(step: center, width: width) { z, _ in pow(z, Double(power)) }
        #expect(abs(average - moment) < 2e-14 * max(1, moment), "z^\(power), step at \(center)")
      }
    }
  }

  @Test("cos, exp and erf average to their closed forms") func closedForms() {
    #expect(abs(Gaussian.average { cos(2 * $0) } - exp(-2)) < 1e-15)
    #expect(abs(Gaussian.average { exp($0) } - exp(0.5)) < 1e-14)
    // ∫ Dz Φ((z + a)/b) = Φ(a / √(1 + b²)).
    for a in [0.0, 0.7, -3] {
      for b in [1.0, 0.1, 1e-3, 1e-8] {
        let average = Gaussian.average(step: -a, width: b) { _, u in Gaussian.distribution(u) }
        #expect(abs(average - Gaussian.distribution(a / (1 + b * b).squareRoot())) < 2e-15)
      }
    }
  }

  @Test("A logistic step is symmetric, and its derivative integrates by parts") func steps() {
    for width in [3, 1, 0.3, 0.01, 1e-4, 1e-12] {
      let half = Gaussian.average(step: 0, width: width) { _, u in 0.5 * (1 + tanh(u)) }
      #expect(abs(half - 0.5) < 1e-15)
      // ∫ Dz z tanh(u) = ∫ Dz sech²(u)/width.
      for center in [0, 0.9, -3.3] {
        var left = 0.0
        var right = 0.0
        Gaussian.forEachNode(step: center, width: width) { z, u, weight in
          left += weight * z * tanh(u)
          right += weight / (cosh(min(abs(u), 300)) * cosh(min(abs(u), 300)) * width)
        }
        #expect(abs(left - right) < 4e-15, "centre \(center), width \(width)")
      }
    }
  }

  @Test("A half-line: ∫ from −κ of (z + κ)² Dz = (1 + κ²) Φ(κ) + κ φ(κ)") func kinks() {
    for kappa in [0, 0.5, 1, 4, -4] {
      let average = Gaussian.average(step: -kappa, width: 0) { z, _ in
        z > -kappa ? (z + kappa) * (z + kappa) : 0
      }
      let exact =
        (1 + kappa * kappa) * Gaussian.distribution(kappa) + kappa * Gaussian.density(kappa)
      #expect(abs(average - exact) < 1e-15 * (2 + 16))
    }
  }

  /// mpmath, 40 digits.
  @Test("Tails keep their relative accuracy") func tails() {
    #expect(abs(Gaussian.distribution(-5) / 2.8665157187919391e-7 - 1) < 4e-15)
    #expect(abs(Gaussian.logDistribution(-5) - -15.064998393988725) < 1e-14)
    #expect(abs(Gaussian.logDistribution(-29.9) / -451.32291245852868 - 1) < 1e-15)
    #expect(abs(Gaussian.logDistribution(-40) / -804.60844201375379 - 1) < 1e-15)
    #expect(abs(Gaussian.logDistribution(9) / -1.1285884059538407e-19 - 1) < 1e-14)
  }

  @Test("The quantile undoes the distribution") func quantiles() {
    #expect(abs(Gaussian.quantile(0.975) - 1.9599639845400545) < 2e-15)
    #expect(abs(Gaussian.quantile(0.01) - -2.3263478740408408) < 2e-15)
    for x in [-37, -20, -9, -5, -1, -0.1, -1e-9, 0] {
      let back = Gaussian.quantile(Gaussian.distribution(x))
      #expect(abs(back - x) <= max(4e-15 * abs(x), 4e-16))
    }
    #expect(Gaussian.quantile(0.5) == 0)
    #expect(Gaussian.quantile(0) == -.infinity)
    #expect(Gaussian.quantile(1) == .infinity)
    #expect(Gaussian.quantile(1.5).isNaN)
  }
}
