import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// The 0/1 form of 1982.
@Suite struct BinaryUnitsTests {
  @Test("Energies and fixed points of 0/1 units equal exact enumeration")
  func enumeration() {
    for small in SmallBinaryNetwork.all {
      let network = HopfieldNetwork(
        storing: PatternSet(small.patterns), unitThresholds: small.unitThresholds)
      let states = (0..<1 << small.size).map { Pattern(index: $0, size: small.size) }
      #expect(states.map(network.binaryEnergy).deviation(from: small.energies) < 1e-12)
      #expect(states.filter(network.isFixedPoint).map(\.index) == small.fixedPoints)
    }
  }

  @Test(
    "The conversion to spins is exact: thresholds, energies, fields",
    arguments: SmallBinaryNetwork.all)
  func conversion(of small: SmallBinaryNetwork) {
    let size = Double(small.size)
    let network = HopfieldNetwork(
      storing: PatternSet(small.patterns), unitThresholds: small.unitThresholds)
    // Ours has couplings T / N: thresholds, energies and fields are N times smaller.
    #expect(network.thresholds!.map { $0 * size }.deviation(from: small.spinThresholds) < 1e-12)
    #expect(
      network.couplings().map { $0 * size }.deviation(
        from: small.couplings.flatMap { $0.map(Double.init) }) < 1e-12)
    for index in 0..<1 << small.size {
      let state = Pattern(index: index, size: small.size)
      #expect(abs(network.energy(of: state) * size - small.spinEnergies[index]) < 1e-12)
      let binary = small.spinEnergies[index] / 4 + small.constant
      #expect(abs(network.binaryEnergy(of: state) - binary) < 1e-12)
      // h_pm = 2 h_01, with h_01 = sum_j T_ij V_j - U_i.
      for (i, field) in network.localFields(at: state).enumerated() {
        let units = (0..<small.size).reduce(-small.unitThresholds[i]) {
          $0 + (state[$1] > 0 ? Double(small.couplings[i][$1]) : 0)
        }
        #expect(abs(field * size - 2 * units) < 1e-12)
      }
    }
  }

  @Test("Real thresholds convert too, and recall descends the energy of the 0/1 form")
  func descent() {
    var generator = SeededGenerator(seed: 2)
    let patterns = PatternSet.random(count: 4, size: 40, using: &generator)
    let thresholds = (0..<40).map { _ in 3 * Golden.symmetric(&generator) }
    let network = HopfieldNetwork(storing: patterns, unitThresholds: thresholds)
    for _ in 0..<20 {
      let start = Pattern.random(size: 40, using: &generator)
      let recall = network.recall(from: start)
      #expect(network.binaryEnergy(of: recall.state) <= network.binaryEnergy(of: start))
      let direct = directEnergy(of: recall.state, patterns, thresholds)
      #expect(abs(network.binaryEnergy(of: recall.state) - direct) < 1e-9)
    }
  }

  @Test("U = 0 is not the unbiased network of spins")
  func unbiased() {
    var generator = SeededGenerator(seed: 3)
    let patterns = PatternSet.random(count: 5, size: 50, using: &generator)
    let units = HopfieldNetwork(storing: patterns, unitThresholds: .init(repeating: 0, count: 50))
    #expect(units.energy(of: patterns[0]) != units.energy(of: -patterns[0]))
    #expect(units.thresholds!.contains { $0 != 0 })
  }

  /// E = -1/2 sum T_ij V_i V_j + sum U_i V_i, term by term.
  private func directEnergy(
    of state: Pattern, _ patterns: PatternSet, _ thresholds: [Double]
  ) -> Double {
    let on = (0..<state.size).filter { state[$0] > 0 }
    var energy = on.reduce(0) { $0 + thresholds[$1] }
    for i in on {
      for j in on where i != j {
        energy -= patterns.indices.reduce(0) { $0 + Double(patterns[$1][i] * patterns[$1][j]) } / 2
      }
    }
    return energy
  }
}
