internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Mean-field theory at T = 0") struct MeanFieldZeroTemperatureTests {
  let golden = GoldenTables(of: "ags_meanfield")

  @Test("Retrieval states equal the reference") func retrieval() {
    let tolerance = golden.number("tolerance_T0")
    for row in golden["T0_retrieval"] {
      let state = MeanField.solution(load: row["alpha"]!, temperature: 0)
      #expect(abs(state.signalToNoise - row["x"]!) < tolerance, "α = \(row["alpha"]!)")
      #expect(abs(state.overlap - row["m"]!) < tolerance)
      #expect(abs(state.susceptibility - row["C"]!) < tolerance)
      #expect(abs(state.r - row["r"]!) < tolerance)
      #expect(abs(state.energy - row["energy"]!) < tolerance)
      #expect(abs(state.errorFraction - row["error_fraction"]!) < tolerance)
      #expect(MeanField.overlap(load: row["alpha"]!) == state.overlap)
    }
  }

  @Test("Spin glasses equal the reference") func spinGlass() {
    for row in golden["sg_T0"] {
      let state = MeanField.spinGlass(load: row["alpha"]!, temperature: 0)
      #expect(abs(state.susceptibility - row["C"]!) < golden.number("tolerance_T0"))
      #expect(abs(state.r / row["r"]! - 1) < golden.number("tolerance_T0"))
      #expect(abs(state.energy - row["energy"]!) < golden.number("tolerance_T0"))
    }
    #expect(MeanField.spinGlass(load: 0, temperature: 0).energy == -1 / Double.pi)
  }

  @Test("The critical point equals the reference") func criticalPoint() {
    let state = MeanField.criticalState
    let critical = golden["critical_T0"][0]
    #expect(abs(state.load - critical["alpha_c"]!) < golden.number("tolerance_T0"))
    #expect(abs(state.signalToNoise - critical["x_c"]!) < golden.number("tolerance_T0"))
    #expect(abs(state.overlap - critical["m_c"]!) < golden.number("tolerance_T0"))
    #expect(
      abs(state.errorFraction - critical["error_fraction_c"]!) < golden.number("tolerance_T0"))
    // C_c = 1/(1 + 2 x_c²), which the reference meets to 4e-13 only.
    #expect(abs(state.susceptibility - 0.17961179622455012) < 1e-15)
    #expect(abs(state.susceptibility - critical["C_c"]!) < 1e-12)
    #expect(abs(state.entropy - critical["entropy_c"]!) < golden.number("tolerance_T0"))
    #expect(MeanField.overlap(load: state.load.nextUp) == 0)
    #expect(MeanField.overlap(load: state.load.nextDown) >= state.overlap)
  }

  @Test("√(2α) = erf(x)/x − (2/√π) exp(−x²), and C is as the papers write it")
  func closedForms() {
    for load in [1e-9, 1e-4, 0.003, 0.0899, 0.0901, 0.1, 0.137, 0.1379055] {
      let state = MeanField.solution(load: load, temperature: 0)
      let x = state.signalToNoise
      let root = erf(x) / x - 2 / Double.pi.squareRoot() * exp(-x * x)
      #expect(abs(root / (2 * load).squareRoot() - 1) < 1e-14)
      let susceptibility = (2 / (Double.pi * load * state.r)).squareRoot() * exp(-x * x)
      #expect(abs(state.susceptibility - susceptibility) < 1e-14)
      #expect(state.q == 1)
    }
  }

  @Test("Overlaps fall with the load, and next to α_c as the square root") func shape() {
    let loads = (1...13).map { Double($0) / 100 }
    let overlaps = loads.map { MeanField.overlap(load: $0) }
    #expect(zip(overlaps, overlaps.dropFirst()).allSatisfy { $0 > $1 || $0 == 1 })
    let critical = MeanField.criticalState
    let drops = [1e-6, 1e-8, 1e-10].map {
      (MeanField.overlap(load: critical.load - $0) - critical.overlap) / $0.squareRoot()
    }
    #expect(abs(drops[0] / drops[2] - 1) < 0.02 && abs(drops[1] / drops[2] - 1) < 0.002)
  }
}
