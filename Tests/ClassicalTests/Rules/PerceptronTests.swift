import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct PerceptronTests {
  @Test("Every bit of every pattern has the margin, and couplings are symmetric, w_ii = 0")
  func margin() throws {
    var rng = SeededGenerator(seed: 1988)
    // Hebb's rule is lost at P = N / 2, and with correlated patterns long before.
    for (count, bias, margin) in [(50, 0.0, 1.0), (50, 0.0, 0.1), (30, 0.5, 1.0), (5, 0.0, 3.0)] {
      let patterns = PatternSet(
        (0..<count).map { _ in Pattern.random(size: 100, bias: bias, using: &rng) })
      let network = try HopfieldNetwork(storing: patterns, by: .perceptron(margin: margin))
      for index in patterns.indices {
        let pattern = patterns[index]
        #expect(network.isFixedPoint(pattern))
        for (field, spin) in zip(network.localFields(at: pattern), pattern.spins) {
          #expect(field * Double(spin) >= margin - 1e-5)
        }
      }
      let w = network.couplings()
      for i in 0..<100 {
        #expect(w[101 * i] == 0)
        for j in 0..<i { #expect(w[100 * i + j] == w[100 * j + i]) }
      }
    }
  }

  @Test("Blocks of patterns give the rule as it is written", arguments: [5, 32, 33, 45])
  func definition(count: Int) throws {
    let size = 53
    var rng = SeededGenerator(seed: UInt64(count))
    let patterns = PatternSet.random(count: count, size: size, using: &rng)
    let rows = patterns.indices.map { patterns[$0].spins.map(Double.init) }
    // 2 N w, in whole numbers.
    var w = [Double](repeating: 0, count: size * size)
    var isStable = false
    while !isStable {
      isStable = true
      for xi in rows {
        var lacks = [Double](repeating: 0, count: size)
        for i in 0..<size {
          var field = 0.0
          for j in 0..<size { field += w[i * size + j] * xi[j] }
          if field * xi[i] < Double(2 * size) { lacks[i] = 1 }
        }
        guard lacks.contains(1) else { continue }
        isStable = false
        for i in 0..<size {
          for j in 0..<size where i != j {
            w[i * size + j] += (lacks[i] + lacks[j]) * xi[i] * xi[j]
          }
        }
      }
    }
    for threads in [1, 2] {
      let network = try HopfieldNetwork(storing: patterns, by: .perceptron, threads: threads)
      #expect(
        network.couplings(as: Float.self) == w.map { Float($0 * (1 / Double(2 * size))) })
    }
  }

  @Test("One pattern is stored by Hebb's rule until it has the margin")
  func single() throws {
    var rng = SeededGenerator(seed: 5)
    let pattern = PatternSet.random(count: 1, size: 64, using: &rng)
    let network = try HopfieldNetwork(storing: pattern, by: .perceptron(margin: 0.9))
    #expect(network.couplings() == HopfieldNetwork(storing: pattern).couplings())
    // 63 / 64 a lesson.
    let twice = try HopfieldNetwork(storing: pattern, by: .perceptron)
    #expect(
      twice.couplings() == HopfieldNetwork(storing: pattern).couplings().map { 2 * $0 })
  }

  @Test("Too many patterns, or too few sweeps, are an error that says so")
  func notConverged() throws {
    var rng = SeededGenerator(seed: 6)
    let many = PatternSet.random(count: 60, size: 20, using: &rng)
    #expect {
      try HopfieldNetwork(storing: many, by: .perceptron(margin: 1, sweeps: 50))
    } throws: {
      guard case .notConverged(sweeps: 50, let unstable)? = $0 as? LearningError else {
        return false
      }
      return unstable > 0 && unstable <= 60 * 20
    }
    let few = PatternSet.random(count: 3, size: 20, using: &rng)
    #expect(throws: LearningError.notConverged(sweeps: 1, unstable: 60)) {
      try HopfieldNetwork(storing: few, by: .perceptron(margin: 100, sweeps: 1))
    }
  }

  @Test("Energy falls; gauge and relabelling change nothing")
  func laws() { checkLaws(of: .perceptron, count: 12, size: 61, tolerance: 1e-5) }

  @Test("Nothing to learn is no coupling")
  func empty() throws { try checkEmpty(.perceptron) }

  @Test("It learns all patterns together")
  func together() { #expect(!LearningRule.perceptron.isIncremental) }
}
