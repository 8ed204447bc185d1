import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct StorkeySecondOrderTests {
  @Test(
    "Couplings, energies, fixed points and basins equal exact enumeration",
    arguments: Golden.smallNetworks(rule: "storkey_second_order"))
  func enumeration(of small: SmallNetwork) throws {
    try checkEnumeration(of: .storkeySecondOrder, small, tolerance: 1e-12)
  }

  @Test("A factor of P x P gives the rule as it is written", arguments: [1, 17, 40])
  func definition(count: Int) throws {
    let size = 43
    var rng = SeededGenerator(seed: UInt64(count))
    let patterns = PatternSet.random(count: count, size: size, using: &rng)
    var w = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for index in patterns.indices {
      let xi = patterns[index].spins.map(Double.init)
      let h = w.map { row in zip(row, xi).reduce(0) { $0 + $1.0 * $1.1 } }
      for i in 0..<size {
        for j in 0..<size {
          w[i][j] += (xi[i] * xi[j] - xi[i] * h[j] - h[i] * xi[j]) / Double(size)
        }
      }
    }
    let network = try HopfieldNetwork(storing: patterns, by: .storkeySecondOrder)
    for i in 0..<size { w[i][i] = 0 }
    let largest = w.joined().reduce(0) { max($0, abs($1)) }
    #expect(network.couplings().deviation(from: w.flatMap { $0 }) < largest * 1e-12)
    #expect(network.engineName == "low rank")
  }

  @Test("Energy falls; gauge and relabelling change nothing")
  func laws() { checkLaws(of: .storkeySecondOrder, count: 12, size: 61, tolerance: 1e-11) }

  @Test("Patterns learned one by one are those learned together")
  func increments() throws {
    try checkIncrements(of: .storkeySecondOrder, count: 20, size: 83, tolerance: 1e-12)
  }

  @Test("Nothing to learn is no coupling")
  func empty() throws { try checkEmpty(.storkeySecondOrder) }
}
