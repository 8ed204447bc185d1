import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@testable import HopfieldClassical

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

@Suite struct MinimumProbabilityFlowTests {
  private func random(count: Int, size: Int, seed: UInt64 = 105) -> PatternSet {
    var generator = SeededGenerator(seed: seed)
    return .random(count: count, size: size, using: &generator)
  }

  /// K from its first form: energies of patterns and of their neighbours.
  private func flow(_ patterns: PatternSet, _ network: ReferenceNetwork) -> Double {
    patterns.indices.reduce(0) { sum, index in
      let pattern = patterns[index]
      let energy = network.energy(of: pattern)
      return sum
        + (0..<patterns.size).reduce(0) {
          $0 + exp((energy - network.energy(of: pattern.flipping(sites: [$1]))) / 2)
        }
    }
  }

  private func reference(_ network: HopfieldNetwork) -> ReferenceNetwork {
    let couplings = network.couplings(), size = network.size
    return ReferenceNetwork(
      couplings: referenceCouplings(size) { couplings[$0 * size + $1] },
      thresholds: network.thresholds)
  }

  @Test("A law exp(-E) whose states were counted as often as they came is found again")
  func consistency() throws {
    // Bonds of ½ ln k make a state k times as likely where they are satisfied: whole numbers.
    let bonds: [(i: Int, j: Int, ratio: Int, sign: Int)] = [
      (0, 1, 3, 1), (1, 2, 2, -1), (2, 3, 2, 1), (0, 3, 3, 1),
    ]
    var patterns = PatternSet(size: 4)
    for index in 0..<16 {
      let state = Pattern(index: index, size: 4)
      var times = state[0] > 0 ? 2 : 1
      for bond in bonds where state[bond.i] * state[bond.j] == bond.sign { times *= bond.ratio }
      for _ in 0..<times { patterns.insert(state) }
    }
    let network = try HopfieldNetwork(
      storing: patterns, by: .minimumProbabilityFlow(thresholds: true, tolerance: 1e-6))
    var couplings = [Double](repeating: 0, count: 16)
    for bond in bonds {
      let coupling = Double(bond.sign) * log(Double(bond.ratio)) / 2
      couplings[4 * bond.i + bond.j] = coupling
      couplings[4 * bond.j + bond.i] = coupling
    }
    #expect(network.couplings().deviation(from: couplings) < 1e-7)
    #expect(network.thresholds!.deviation(from: [-log(2) / 2, 0, 0, 0]) < 1e-7)
  }

  @Test("The flow is least: its slopes vanish, and no other couplings have less")
  func minimum() throws {
    // More patterns than couplings could hold.
    let patterns = random(count: 14, size: 7)
    for thresholds in [false, true] {
      let rule = LearningRule.minimumProbabilityFlow(thresholds: thresholds, tolerance: 1e-4)
      let network = try HopfieldNetwork(storing: patterns, by: rule)
      #expect((network.thresholds != nil) == thresholds)
      let found = reference(network)
      let least = flow(patterns, found)
      func changed(_ step: (Int, Int) -> Double, _ lift: (Int) -> Double) -> Double {
        flow(
          patterns,
          ReferenceNetwork(
            couplings: referenceCouplings(7) {
              found.weights[$0][$1] + step(max($0, $1), min($0, $1))
            }, thresholds: found.thresholds.enumerated().map { $1 + lift($0) }))
      }
      for i in 0..<7 {
        for j in 0..<i {
          let slope = [1e-4, -1e-4].map { step in
            changed({ $0 == i && $1 == j ? step : 0 }, { _ in 0 }) / (2 * step)
          }.reduce(0, +)
          // Couplings were rounded to float, and K curves by about 2 P.
          #expect(abs(slope) < 1e-4 + 1e-5, "\(i) \(j)")
        }
      }
      var generator = SeededGenerator(seed: 6)
      for scale in [0.01, 0.1, 1] {
        let steps = (0..<49).map { _ in scale * Golden.symmetric(&generator) }
        let lifts = (0..<7).map { _ in thresholds ? scale * Golden.symmetric(&generator) : 0 }
        #expect(changed({ steps[7 * $0 + $1] }, { lifts[$0] }) > least)
      }
    }
  }

  @Test("At zero couplings the gradient is Hebb's rule")
  func hebbian() {
    let patterns = random(count: 9, size: 70)
    let flow = ProbabilityFlow(of: patterns, thresholds: true, threads: 2)
    let gradient = flow.gradient(at: .init(repeating: 0, count: 9 * 70))
    let hebbian = HopfieldNetwork(storing: patterns).couplings()
    for i in 0..<70 {
      for j in 0..<i {
        let expected = -2 * 70 * hebbian[70 * i + j]
        #expect(abs(gradient.couplings[Parameters.index(i, j)] - expected) < 1e-12)
      }
      let sum = patterns.indices.reduce(0) { $0 + patterns[$1][i] }
      #expect(gradient.thresholds[i] == Double(sum))
    }
  }

  @Test(
    "Where Hebb's rule has lost all patterns each becomes a strict minimum", arguments: [0.5, 0.9])
  func storage(load: Double) throws {
    let size = 60
    let patterns = random(count: Int(load * Double(size)), size: size)
    let network = try HopfieldNetwork(storing: patterns, by: .minimumProbabilityFlow)
    patterns.forEach { _, pattern in
      for (i, field) in network.localFields(at: pattern).enumerated() {
        #expect(field * Double(pattern[i]) > 0)
      }
    }
    #expect(HopfieldNetwork(storing: patterns).unstableBits().filter { $0 == 0 }.count <= 1)
  }

  @Test("Energies and fixed points are those of enumeration, on any number of threads")
  func enumeration() throws {
    let patterns = random(count: 5, size: 9)
    let rule = LearningRule.minimumProbabilityFlow(thresholds: true)
    let network = try HopfieldNetwork(storing: patterns, by: rule)
    try checkRule(rule, storing: patterns, reference: reference(network), tolerance: 0)
    // Several blocks of patterns and of neurons.
    let many = random(count: 70, size: 130)
    let couplings = try [1, 2, 3].map {
      try HopfieldNetwork(storing: many, by: .minimumProbabilityFlow, threads: $0).couplings()
    }
    #expect(couplings[0] == couplings[1] && couplings[0] == couplings[2])
  }

  @Test("Too few iterations are an error that counts what is unstable")
  func notConverged() throws {
    let patterns = random(count: 50, size: 50)
    let rule = LearningRule.minimumProbabilityFlow(thresholds: false, iterations: 1)
    let error = #expect(throws: LearningError.self) {
      try HopfieldNetwork(storing: patterns, by: rule)
    }
    guard case .notConverged(let sweeps, let unstable) = try #require(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
    // One move is better than Hebb's rule, and not enough.
    #expect(sweeps == 1)
    #expect(unstable > 0)
    #expect(unstable < HopfieldNetwork(storing: patterns).unstableBits().reduce(0, +))
  }
}
