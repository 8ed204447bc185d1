internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Symmetric mixtures") struct SpuriousStatesTests {
  let golden = GoldenTables(of: "mixtures")
  let tolerance = 1e-12

  @Test("At T = 0 mixtures equal the reference") func frozen() {
    for row in golden["T0"] {
      let mixture = SpuriousStates.mixture(of: Int(row["n"]!))
      #expect(abs(mixture.overlap - row["m_n"]!) < tolerance)
      #expect(abs(mixture.freeEnergy - row["energy"]!) < tolerance)
      #expect(mixture.isStable == (row["locally_stable_T0"] == 1))
    }
  }

  @Test("Warm mixtures equal the reference") func warm() {
    for row in golden["finite_T"] {
      let mixture = SpuriousStates.mixture(of: Int(row["n"]!), temperature: row["T"]!)
      #expect(abs(mixture.overlap - row["m"]!) < tolerance)
      #expect(abs(mixture.q - row["q"]!) < tolerance)
      #expect(abs(mixture.crossCorrelation - row["Q"]!) < tolerance)
      #expect(abs(mixture.longitudinal - row["longitudinal"]!) < tolerance)
      #expect(abs(mixture.transverse - row["transverse_in"]!) < tolerance)
      #expect(abs(mixture.transverseOutside - row["transverse_out"]!) < tolerance)
      #expect(abs(mixture.freeEnergy - row["f"]!) < tolerance)
      #expect(mixture.isStable == (row["stable"] == 1))
    }
  }

  @Test("They lose stability where the reference says") func transitions() throws {
    for row in golden["T_n"] {
      let temperature = try #require(SpuriousStates.stabilityTemperature(of: Int(row["n"]!)))
      #expect(abs(temperature - row["T_n"]!) < tolerance)
      #expect(SpuriousStates.mixture(of: Int(row["n"]!), temperature: temperature - 1e-6).isStable)
      #expect(!SpuriousStates.mixture(of: Int(row["n"]!), temperature: temperature + 1e-6).isStable)
    }
    #expect(SpuriousStates.stabilityTemperature(of: 1) == 1)
    #expect(SpuriousStates.stabilityTemperature(of: 4) == nil)
  }

  @Test("They disappear at the loads of the reference") func existence() {
    for row in golden["finite_alpha_T0"] {
      let limit = SpuriousStates.existenceLimit(of: Int(row["n"]!))
      #expect(abs(limit.load - row["alpha_existence"]!) < tolerance)
      #expect(abs(limit.overlap - row["m"]!) < tolerance)
      #expect(abs(limit.signalToNoise - row["x"]!) < tolerance)
    }
    #expect(abs(SpuriousStates.existenceLimit(of: 1).load - MeanField.retrievalLimit()) < 1e-15)
  }

  // MARK: - Brute force

  /// ⟨f(ξ¹, ..., ξⁿ)⟩ over all signs.
  static func average(_ n: Int, _ f: ([Double]) -> Double) -> Double {
    let sum = (0..<1 << n).reduce(0.0) { sum, code in
      sum + f((0..<n).map { code >> $0 & 1 == 1 ? 1 : -1 })
    }
    return sum / Double(1 << n)
  }

  /// f at load zero for any overlaps.
  static func freeEnergy(_ overlaps: [Double], temperature: Double) -> Double {
    overlaps.reduce(0) { $0 + $1 * $1 / 2 }
      - average(overlaps.count) { signs in
        temperature
          * log(2 * cosh(zip(signs, overlaps).reduce(0) { $0 + $1.0 * $1.1 } / temperature))
      }
  }

  @Test("Second differences of f over all overlaps give the three eigenvalues", arguments: 1...5)
  func eigenvalues(count: Int) {
    let temperature = 0.35
    let mixture = SpuriousStates.mixture(of: count, temperature: temperature)
    // One more pattern, for the direction out of the mixture.
    let overlaps = Array(repeating: mixture.overlap, count: count) + [0]
    let curvature = { (direction: [Double]) in
      let f = { (step: Double) in
        Self.freeEnergy(
          zip(overlaps, direction).map { $0 + step * $1 }, temperature: temperature)
      }
      let length = direction.reduce(0) { $0 + $1 * $1 }
      return (f(1e-3) - 2 * f(0) + f(-1e-3)) / (1e-6 * length)
    }
    let along = Array(repeating: 1.0, count: count) + [0]
    let outside = Array(repeating: 0.0, count: count) + [1]
    #expect(abs(Self.freeEnergy(overlaps, temperature: temperature) - mixture.freeEnergy) < 1e-14)
    #expect(abs(curvature(along) - mixture.longitudinal) < 2e-4)
    #expect(abs(curvature(outside) - mixture.transverseOutside) < 2e-4)
    if count > 1 {
      let across = [1.0, -1.0] + Array(repeating: 0, count: count - 1)
      #expect(abs(curvature(across) - mixture.transverse) < 2e-4)
    }
  }

  @Test("Mixtures of one are the patterns") func single() {
    for temperature in [0.2, 0.7, 0.99, 1.2] {
      let state = MeanField.solution(load: 0, temperature: temperature)
      let mixture = SpuriousStates.mixture(of: 1, temperature: temperature)
      #expect(abs(mixture.overlap - state.overlap) < 1e-14)
      #expect(abs(mixture.freeEnergy - state.freeEnergy) < 1e-15)
      #expect(abs(mixture.transverse - (1 - state.susceptibility)) < 1e-14)
    }
  }

  @Test("Cold mixtures join those of T = 0, of many patterns the spin glass") func limits() {
    for count in [2, 3, 6, 7] {
      let cold = SpuriousStates.mixture(of: count, temperature: 1e-6)
      let frozen = SpuriousStates.mixture(of: count)
      #expect(abs(cold.overlap - frozen.overlap) < 1e-12)
      #expect(abs(cold.crossCorrelation - frozen.crossCorrelation) < 1e-12)
      #expect(abs(cold.longitudinal - 1) < 1e-9)
      #expect(abs(cold.freeEnergy - frozen.freeEnergy) < 1e-6)
      #expect(cold.isStable == !count.isMultiple(of: 2))
    }
    let energies = [1001, 100_001].map { SpuriousStates.mixture(of: $0).freeEnergy }
    // −1/π (1 + 1/2n).
    #expect(abs(energies[0] / SpuriousStates.energyOfManyPatterns - 1 - 0.5 / 1001) < 1e-6)
    #expect(abs(energies[1] / SpuriousStates.energyOfManyPatterns - 1 - 0.5 / 100_001) < 1e-9)
  }
}
