internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Strong dilution") struct DilutionTests {
  @Test("Overlaps, against the reference") func reference() {
    let block = Golden.numbers(of: "diluted_DGZ", in: "thresholds")
    #expect(Dilution.capacity == block["alpha_c_T0"]!)
    for row in Golden.rows("rows", of: "diluted_DGZ", in: "thresholds") {
      let m = Dilution.overlap(load: row["alpha"]!, temperature: row["T"]!)
      #expect(abs(m - row["m"]!) < 1e-13, "\(row)")
    }
  }

  @Test("The overlap is a fixed point of the step, which is sharp at low temperature")
  func fixedPoint() {
    for (load, temperature) in [(0.3, 0.3), (0.5, 1e-3), (1e-6, 0.5), (0, 0.8), (0.6, 0.05)] {
      let m = Dilution.overlap(load: load, temperature: temperature)
      #expect(abs(Dilution.step(overlap: m, load: load, temperature: temperature) - m) < 1e-14)
    }
    let cold = Dilution.overlap(load: 0.3, temperature: 1e-9)
    #expect(abs(cold - Dilution.overlap(load: 0.3)) < 1e-14)
  }

  /// m² = 3(1 − T) near T = 1 for tanh; m² = 6α(√(2/(πα)) − 1) near 2/π for erf.
  @Test("The transition is continuous") func transition() {
    for distance in [1e-3, 1e-5, 1e-7] {
      let warm = Dilution.overlap(load: 0, temperature: 1 - distance)
      #expect(abs(warm * warm / (3 * distance) - 1) < 3 * distance + 1e-7)
      let full = Dilution.overlap(load: Dilution.capacity * (1 - distance))
      #expect(abs(full * full / (3 * Dilution.capacity * distance) - 1) < 3 * distance + 1e-6)
    }
    #expect(Dilution.overlap(load: Dilution.capacity) == 0)
    #expect(Dilution.overlap(load: 0, temperature: 1) == 0)
    #expect(Dilution.overlap(load: 0) == 1)
  }

  @Test("The critical temperature divides retrieval from none", arguments: [1e-9, 0.01, 0.3, 0.63])
  func criticalTemperature(load: Double) {
    let critical = Dilution.criticalTemperature(load: load)
    #expect(Dilution.overlap(load: load, temperature: critical * (1 - 1e-6)) > 0)
    #expect(Dilution.overlap(load: load, temperature: critical * (1 + 1e-6)) == 0)
    if load < 0.1 { #expect(abs(critical - (1 - load)) < 2 * load * load + 1e-14) }
  }

  @Test("The ends of the critical line") func ends() {
    #expect(Dilution.criticalTemperature(load: 0) == 1)
    #expect(abs(Dilution.criticalTemperature(load: 1e-18) - 1) < 1e-15)
    #expect(Dilution.criticalTemperature(load: Dilution.capacity) == 0)
    #expect(Dilution.criticalTemperature(load: Dilution.capacity.nextDown) < 1e-6)
    #expect(Dilution.criticalTemperature(load: 2) == 0)
  }
}
