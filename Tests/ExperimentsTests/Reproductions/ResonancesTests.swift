import HopfieldClassical
import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct ResonancesTests {
  /// States at rest, by the two conditions of rest for every state.
  @Test(arguments: [(4, 3), (2, 5), (1, 1)])
  func restIsThatOfTheFields(sizes: (Int, Int)) {
    let (n, m) = sizes
    var random = SeededGenerator(seed: 12)
    for _ in 0..<5 {
      let w = (0..<n * m).map { _ in Int(random.next() % 7) - 3 }
      let resonances = Resonances(of: w.map(Float.init), xSize: n, ySize: m)
      var resting: Set<Int> = []
      for state in 0..<1 << (n + m) {
        func spin(_ bit: Int) -> Int { state >> bit & 1 == 1 ? 1 : -1 }
        let x = (0..<n).allSatisfy { i in
          spin(i) * (0..<m).reduce(0) { $0 + w[i * m + $1] * spin(n + $1) } >= 0
        }
        let y = (0..<m).allSatisfy { j in
          spin(n + j) * (0..<n).reduce(0) { $0 + w[$1 * m + j] * spin($1) } >= 0
        }
        if x && y { resting.insert(state) }
      }
      #expect(resonances.atRest == resting)
      #expect(resonances.starts == 1 << (n + m))
      #expect(resonances.unsettled == 0)
      #expect(resonances.raises == 0)
    }
  }

  /// -a W b with W = Sum (2a - 1)(2b - 1), written out.
  @Test func energiesOfTheExample() {
    let (memory, pairs) = Resonances.example
    let units = pairs.map { pair in
      (a: pair.x.spins.map { (Int($0) + 1) / 2 }, b: pair.y.spins.map { (Int($0) + 1) / 2 })
    }
    for (pair, unit) in zip(pairs, units) {
      var energy = 0
      for (i, a) in unit.a.enumerated() {
        for (j, b) in unit.b.enumerated() {
          energy -= a * b * units.reduce(0) { $0 + (2 * $1.a[i] - 1) * (2 * $1.b[j] - 1) }
        }
      }
      #expect(Resonances.unitEnergy(of: pair, in: memory) == Double(energy))
      #expect(energy == -6)
    }
  }
}
