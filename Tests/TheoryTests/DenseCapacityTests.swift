internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Dense associative memories' capacity") struct DenseCapacityTests {
  @Test("Krotov and Hopfield's numbers, against the reference") func powers() {
    for row in Golden.rows("no_error", of: "krotov_hopfield", in: "capacity") {
      let held = DenseCapacity.patternsWithoutErrors(degree: Int(row["n"]!), size: Int(row["N"]!))
      #expect(abs(held / row["K"]! - 1) < 1e-14)
    }
    for row in Golden.rows("alpha_n", of: "krotov_hopfield", in: "capacity") {
      let degree = Int(row["n"]!)
      let alpha = DenseCapacity.loadFactor(degree: degree, errorRate: row["P_error"]!)
      #expect(abs(alpha / row["alpha"]! - 1) < 1e-13)
      let error = DenseCapacity.errorRate(
        degree: degree, size: 100, patterns: alpha * pow(100, Double(degree - 1)))
      #expect(abs(error / row["P_error"]! - 1) < 1e-13)
    }
  }

  @Test("Degree 2 is Hebb's rule") func quadratic() {
    for load in [0.05, 0.138, 0.5] {
      let error = DenseCapacity.errorRate(degree: 2, size: 1000, patterns: 1000 * load)
      #expect(abs(error / Capacity.oneStepError(load: load) - 1) < 1e-13)
    }
    let held = DenseCapacity.patternsWithoutErrors(degree: 2, size: 1000)
    #expect(abs(held / Capacity.patternsMostlyExact(size: 1000) - 1) < 1e-15)
    #expect(DenseCapacity.errorRate(degree: 3, size: 10, patterns: 0) == 0)
  }

  @Test("Exponentially many, against the reference") func exponential() {
    for row in Golden.rows("rows", of: "demircigil", in: "capacity") {
      let load = DenseCapacity.exponentialLoadOfAllPatterns(errorFraction: row["rho"]!)
      #expect(abs(load / row["alpha_max"]! - 1) < 1e-14)
    }
    #expect(DenseCapacity.exponentialLoadOfAllPatterns(errorFraction: 0.5) == 0)
  }

  @Test("One given pattern: 0.6750 with no bit wrong, and no jump where single patterns take over")
  func onePattern() {
    #expect(abs(DenseCapacity.exponentialLoadOfOnePattern() - 0.674997) < 1e-6)
    let crossing: Double = (1 - tanh(2.0)) / 2
    let below = DenseCapacity.exponentialLoadOfOnePattern(errorFraction: crossing - 1e-9)
    let above = DenseCapacity.exponentialLoadOfOnePattern(errorFraction: crossing + 1e-9)
    #expect(abs(below - above - 8e-9) < 1e-12)
    #expect(DenseCapacity.exponentialLoadOfOnePattern(errorFraction: 0.5) == 0)
    // All at once is half of one at a time where errors are many.
    let all = DenseCapacity.exponentialLoadOfAllPatterns(errorFraction: 0.1)
    #expect(DenseCapacity.exponentialLoadOfOnePattern(errorFraction: 0.1) == 2 * all)
  }

  @Test("Continuous patterns, against the reference") func continuous() {
    for row in Golden.rows("rows", of: "lucibello_mezard", in: "thresholds") {
      let sharpness = row["lam"]!
      let gaussian = DenseCapacity.gaussianExponentialLoad(sharpness: sharpness)
      #expect(abs(gaussian - row["alpha1_gaussian"]!) < 1e-15)
      let spherical = DenseCapacity.sphericalExponentialLoad(sharpness: sharpness)
      #expect(abs(spherical - row["alpha1_spherical"]!) < 1e-15 * 4)
      #expect(abs(DenseCapacity.dominantOverlap(sharpness: sharpness) - row["y_star"]!) < 1e-15)
    }
  }

  @Test("Blunt energies hold λ, sharp ones on the sphere ½(1 + ln λ)") func continuousLimits() {
    #expect(abs(DenseCapacity.gaussianExponentialLoad(sharpness: 1e-9) / 1e-9 - 1) < 1e-8)
    #expect(abs(DenseCapacity.sphericalExponentialLoad(sharpness: 1e-6) / 1e-6 - 1) < 1e-6)
    let sharp = DenseCapacity.sphericalExponentialLoad(sharpness: 1e9)
    #expect(abs(sharp - (1 + log(1e9)) / 2) < 1e-8)
    #expect(DenseCapacity.sphericalExponentialLoad(sharpness: 0) == 0)
  }
}
