internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Phase diagram of load and temperature") struct PhaseDiagramTests {
  let golden = GoldenTables(of: "ags_meanfield")

  @Test("The retrieval limit equals the reference, in load and in temperature")
  func retrievalLimit() throws {
    for row in golden["alpha_M_of_T"] {
      let state = MeanField.retrievalLimitState(temperature: row["T"]!)
      #expect(abs(state.load - row["alpha"]!) < golden.number("tolerance_T"))
      #expect(abs(state.overlap - row["m"]!) < golden.number("tolerance_T"))
      #expect(MeanField.retrievalLimit(temperature: row["T"]!) == state.load)
    }
    for row in golden["T_M_of_alpha"] {
      let range = try #require(MeanField.retrievalTemperatures(load: row["alpha"]!))
      #expect(range.lowerBound == 0)
      #expect(abs(range.upperBound - row["T"]!) < golden.number("tolerance_T"))
    }
    #expect(MeanField.retrievalLimit() == golden["critical_T0"][0]["alpha_c"]!)
    #expect(MeanField.retrievalLimit(temperature: 1) == 0)
    #expect(MeanField.retrievalLimit(temperature: 3) == 0)
  }

  @Test("The thermodynamic limit equals the reference, in load and in temperature")
  func thermodynamicLimit() throws {
    for row in golden["alpha_c_of_T"] {
      let load = MeanField.thermodynamicLimit(temperature: row["T"]!)
      #expect(abs(load - row["alpha"]!) < golden.number("tolerance_T"))
    }
    for row in golden["T_c_of_alpha"] {
      let range = try #require(MeanField.thermodynamicTemperatures(load: row["alpha"]!))
      #expect(range.lowerBound == 0)
      #expect(abs(range.upperBound - row["T"]!) < golden.number("tolerance_T"))
    }
    let frozen = golden["alpha_global_minimum_T0"][0]
    #expect(abs(MeanField.thermodynamicLimit() - frozen["alpha"]!) < golden.number("tolerance_T0"))
    #expect(
      abs(MeanField.overlap(load: frozen["alpha"]!) - frozen["m"]!) < golden.number("tolerance_T0"))
    #expect(MeanField.thermodynamicLimit(temperature: 1) == 0)
  }

  @Test(
    "There the free energies are equal, and next to it they are not", arguments: [0.03, 0.4, 0.98])
  func equalFreeEnergies(temperature: Double) throws {
    let load = MeanField.thermodynamicLimit(temperature: temperature)
    let difference = { (load: Double) in
      try #require(MeanField.retrieval(load: load, temperature: temperature)).freeEnergy
        - MeanField.spinGlass(load: load, temperature: temperature).freeEnergy
    }
    #expect(try abs(difference(load)) < 2e-15)
    #expect(try difference(0.99 * load) < 0)
    #expect(try difference(1.01 * load) > 0)
  }

  @Test("States exist up to the limit and no further", arguments: [1e-4, 0.05, 0.5, 0.9, 0.999])
  func existence(temperature: Double) {
    let limit = MeanField.retrievalLimit(temperature: temperature)
    let last = MeanField.overlap(load: limit * (1 - 1e-9), temperature: temperature)
    #expect(last > MeanField.retrievalLimitState(temperature: temperature).overlap)
    #expect(MeanField.overlap(load: limit * (1 + 1e-9), temperature: temperature) == 0)
  }

  @Test("Both lines lean over near T = 0: a range of temperatures, not from 0") func reentrance()
    throws
  {
    let tip = MeanField.retrievalTip
    #expect(abs(tip.load - golden["rs_reentrance"][0]["alpha_max"]!) < 1e-9)
    #expect(abs(tip.temperature - golden["rs_reentrance"][0]["T_at_max"]!) < 1e-4)
    for load in [0.13795, 0.1381, 0.138188] {
      let range = try #require(MeanField.retrievalTemperatures(load: load))
      #expect(range.lowerBound > 0 && range.contains(tip.temperature))
      for end in [range.lowerBound, range.upperBound] {
        #expect(abs(MeanField.retrievalLimit(temperature: end) - load) < 1e-13)
      }
    }
    #expect(MeanField.retrievalTemperatures(load: tip.load)?.contains(tip.temperature) == true)
    #expect(MeanField.retrievalTemperatures(load: 0.1382) == nil)
    #expect(MeanField.retrievalTemperatures(load: 0) == 0...1)

    let global = try #require(MeanField.thermodynamicTemperatures(load: 0.053))
    #expect(global.lowerBound > 0.05 && global.upperBound < 0.12)
    for end in [global.lowerBound, global.upperBound] {
      #expect(abs(MeanField.thermodynamicLimit(temperature: end) - 0.053) < 1e-13)
    }
    #expect(MeanField.thermodynamicTemperatures(load: 0.0532) == nil)
  }

  @Test("Next to T = 1 the lines are 1 − 1.954 √α and 1 − 2.60 √α") func asymptotics() throws {
    let spinodal = (1 - 0.9999) / MeanField.retrievalLimit(temperature: 0.9999).squareRoot()
    #expect(abs(spinodal - 1.9543) < 1e-3)
    let equality = (1 - 0.999) / MeanField.thermodynamicLimit(temperature: 0.999).squareRoot()
    #expect(abs(equality - 2.60) < 1e-2)
    let range = try #require(MeanField.retrievalTemperatures(load: 1e-8))
    #expect(abs((1 - range.upperBound) / 1e-4 - spinodal) < 1e-3)
    for row in golden["T_g_of_alpha"] {
      #expect(abs(MeanField.glassTemperature(load: row["alpha"]!) - row["T"]!) < 1e-14)
    }
  }

  @Test("Replica symmetry breaks where the reference says") func replicaSymmetry() throws {
    for row in golden["AT_line"] {
      let load = row["alpha"]!
      let temperature = try #require(MeanField.replicaSymmetryTemperature(load: load))
      #expect(abs(temperature - row["T_R"]!) < golden.number("tolerance_T"))
      let state = try #require(MeanField.retrieval(load: load, temperature: temperature))
      #expect(abs(state.replicaStability) < 1e-10)
    }
    // For small loads √(8α/9π) exp(−1/2α), here within 1 + O(α).
    let small = try #require(MeanField.replicaSymmetryTemperature(load: 0.01))
    #expect(abs(small / ((8 * 0.01 / (9 * Double.pi)).squareRoot() * exp(-50)) - 1) < 1e-2)
    #expect(MeanField.replicaSymmetryTemperature(load: 0) == 0)
    #expect(MeanField.replicaSymmetryTemperature(load: 0.2) == nil)
    let tip = try #require(MeanField.replicaSymmetryTemperature(load: 0.138188))
    #expect(tip == MeanField.retrievalTemperatures(load: 0.138188)!.upperBound)
  }
}
