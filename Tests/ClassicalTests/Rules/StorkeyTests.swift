import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct StorkeyTests {
  /// Couplings are floats: 2^-24 of at most 1 each, and energies sum N² of them.
  @Test(
    "Couplings, energies, fixed points and basins equal exact enumeration",
    arguments: Golden.smallNetworks(rule: "storkey"))
  func enumeration(of small: SmallNetwork) throws {
    try checkEnumeration(
      of: .storkey, small, tolerance: Double(small.size * small.size) * 0x1p-24)
  }

  @Test("A pattern stored alone is Hebb's pattern")
  func single() throws {
    var rng = SeededGenerator(seed: 1)
    let pattern = PatternSet.random(count: 1, size: 64, using: &rng)
    let network = try HopfieldNetwork(storing: pattern, by: .storkey)
    #expect(network.couplings() == HopfieldNetwork(storing: pattern).couplings())
  }

  @Test("Blocks of patterns give the rule as it is written", arguments: [5, 32, 33, 70])
  func definition(count: Int) throws {
    let size = 23
    var rng = SeededGenerator(seed: UInt64(count))
    let patterns = PatternSet.random(count: count, size: size, using: &rng)
    var w = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for index in patterns.indices {
      let xi = patterns[index].spins.map(Double.init)
      var h = w
      for i in 0..<size {
        for j in 0..<size {
          h[i][j] = 0
          for k in 0..<size where k != i && k != j { h[i][j] += w[i][k] * xi[k] }
        }
      }
      for i in 0..<size {
        for j in 0..<size where i != j {
          w[i][j] += (xi[i] * xi[j] - xi[i] * h[j][i] - h[i][j] * xi[j]) / Double(size)
        }
      }
    }
    let network = try HopfieldNetwork(storing: patterns, by: .storkey)
    let largest = w.joined().reduce(0) { max($0, abs($1)) }
    #expect(network.couplings().deviation(from: w.flatMap { $0 }) < largest * 0x1p-22)
  }

  @Test("It holds more than Hebb's rule: N = 200, P = 30")
  func capacity() throws {
    var rng = SeededGenerator(seed: 1997)
    let patterns = PatternSet.random(count: 30, size: 200, using: &rng)
    let storkey = try HopfieldNetwork(storing: patterns, by: .storkey)
    let hebb = HopfieldNetwork(storing: patterns)
    let (held, before) = (
      patterns.indices.count { storkey.isFixedPoint(patterns[$0]) },
      patterns.indices.count { hebb.isFixedPoint(patterns[$0]) }
    )
    // N / sqrt(2 ln N) = 61 and N / (4 ln N) = 9.
    #expect(held == 30 && before < 20)
    #expect(abs(LearningRule.storkey.capacity(PatternSet(size: 200))! - 61.44) < 0.01)
  }

  @Test("Energy falls; gauge and relabelling change nothing")
  func laws() { checkLaws(of: .storkey, count: 12, size: 61, tolerance: 1e-5) }

  @Test("Patterns learned one by one are those learned together")
  func increments() throws {
    try checkIncrements(of: .storkey, count: 20, size: 83, tolerance: 1e-6)
  }

  @Test("Nothing to learn is no coupling")
  func empty() throws { try checkEmpty(.storkey) }

  @Test("Threads do not matter, and progress reaches 1")
  func threads() throws {
    var rng = SeededGenerator(seed: 2)
    let patterns = PatternSet.random(count: 50, size: 90, using: &rng)
    var shares: [Double] = []
    let one = try HopfieldNetwork(storing: patterns, by: .storkey, threads: 1) {
      shares.append($0)
    }
    #expect(shares.last == 1 && shares == shares.sorted())
    let two = try HopfieldNetwork(storing: patterns, by: .storkey, threads: 2)
    #expect(one.couplings().deviation(from: two.couplings()) < 1e-7)
  }
}
