internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Signal against noise") struct CapacityTests {
  @Test("One-step errors and their inverse, against the reference") func oneStepErrors() {
    for row in Golden.rows("grid", of: "one_step_error", in: "capacity") {
      let error = Capacity.oneStepError(load: row["alpha"]!)
      #expect(abs(error / row["P_error"]! - 1) < 1e-13)
      #expect(abs(Capacity.load(oneStepError: error) / row["alpha"]! - 1) < 1e-13)
    }
    for row in Golden.rows("rows", of: "hkp_table", in: "capacity") {
      #expect(abs(Capacity.load(oneStepError: row["P_error"]!) - row["alpha"]!) < 1e-12)
    }
    #expect(Capacity.oneStepError(load: 0) == 0)
    #expect(Capacity.load(oneStepError: 0) == 0)
    #expect(Capacity.load(oneStepError: 0.5) == .infinity)
  }

  @Test("Exact rates of errors and ties, against the reference") func exactRates() {
    for row in Golden.rows("rows", of: "exact_finite_N", in: "capacity") {
      let (size, patterns) = (Int(row["N"]!), Int(row["p"]!))
      let rates = Capacity.bitRates(patterns: patterns, size: size)
      #expect(abs(rates.error / row["P_error"]! - 1) < 1e-12)
      #expect(abs(rates.tie - row["P_tie"]!) <= 1e-12 * row["P_tie"]!)
      let kept = Capacity.bitRates(patterns: patterns, size: size, selfCoupling: true)
      #expect(abs(kept.error / row["P_error_with_diagonal"]! - 1) < 1e-12)
    }
  }

  /// Every set of patterns, the first one all +1 (which is no loss of generality).
  @Test("All sets of three patterns, counted", arguments: [4, 5]) func enumeration(size: Int) {
    let count = 3
    var (wrong, ties, sets) = (0, 0, 0)
    for first in 0..<(1 << size) {
      for second in 0..<(1 << size) {
        sets += 1
        let sums = [first, second].map { 2 * $0.nonzeroBitCount - size }
        for i in 0..<size {
          let field = zip([first, second], sums).reduce(size - count) { field, other in
            field + (other.0 >> i & 1 == 1 ? other.1 : -other.1)
          }
          if field < 0 { wrong += 1 }
          if field == 0 { ties += 1 }
        }
      }
    }
    let rates = Capacity.bitRates(patterns: count, size: size)
    #expect(abs(rates.error - Double(wrong) / Double(sets * size)) < 1e-15)
    #expect(abs(rates.tie - Double(ties) / Double(sets * size)) < 1e-15)
  }

  @Test("One pattern alone is never wrong; large networks follow the normal law") func limits() {
    #expect(Capacity.bitRates(patterns: 1, size: 50) == .init(error: 0, tie: 0))
    // S has the variance (N − 1)(P − 1), against the signal N − 1.
    let large = Capacity.bitRates(patterns: 13_801, size: 100_001)
    #expect(abs((large.error + large.tie / 2) / Capacity.oneStepError(load: 0.138) - 1) < 1e-6)
  }

  @Test("Growing networks, against the reference") func growing() {
    for row in Golden.rows("rows", of: "mceliece_1987", in: "capacity") {
      let (size, rho) = (Int(row["N"]!), row["rho"]!)
      let most = Capacity.patternsMostlyExact(size: size, errorFraction: rho)
      let all = Capacity.patternsAllExact(size: size, errorFraction: rho)
      #expect(abs(most / row["most"]! - 1) < 1e-14)
      #expect(abs(all / row["all"]! - 1) < 1e-14)
    }
    for row in Golden.rows("rows", of: "storkey", in: "capacity") {
      #expect(abs(Capacity.storkeyPatterns(size: Int(row["N"]!)) / row["p"]! - 1) < 1e-14)
    }
  }

  @Test("One step of Hebb's and of the pseudo-inverse rule, against the reference") func steps() {
    for row in Golden.rows("rows", of: "hebb_one_step", in: "capacity") {
      let m = Capacity.hebbianStep(overlap: row["m0"]!, load: row["alpha"]!)
      #expect(abs(m - row["m1"]!) < 1e-14)
    }
    for row in Golden.rows("rows", of: "pseudo_inverse_one_step", in: "capacity") {
      let m = Capacity.projectionStep(overlap: row["m0"]!, load: row["alpha"]!)
      #expect(abs(m - row["m1"]!) < 1e-14)
    }
  }

  @Test("Steps at the ends of their ranges") func stepLimits() {
    #expect(Capacity.hebbianStep(overlap: 0, load: 0) == 0)
    #expect(Capacity.hebbianStep(overlap: 0.1, load: 0) == 1)
    #expect(Capacity.projectionStep(overlap: 0, load: 0) == 0)
    #expect(Capacity.projectionStep(overlap: 1, load: 0.5) == 1)
    #expect(Capacity.projectionStep(overlap: -1, load: 0.5) == -1)
    #expect(Capacity.projectionStep(overlap: 0.5, load: 1) == 0)
    #expect(Capacity.hebbianStep(overlap: 1, load: 0.2) == 1 - 2 * Capacity.oneStepError(load: 0.2))
  }
}
