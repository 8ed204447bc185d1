import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Networks whose couplings are a matrix or of low rank, against enumeration and against each other.
@Suite struct CouplingsTests {
  static let projections = Golden.smallNetworks(rule: "pseudo_inverse")
  static let keptDiagonals = Golden.smallNetworks(rule: "pseudo_inverse_diag")
  static let all =
    Golden.smallNetworks(rule: "hebb") + projections + Golden.smallNetworks(rule: "storkey")

  private func dense(_ small: SmallNetwork, selfCoupling: Bool = false) -> HopfieldNetwork {
    HopfieldNetwork(
      storing: PatternSet(small.patterns),
      couplings: .dense(small.solution.couplings.flatMap { $0.map(Float.init) }),
      thresholds: small.thresholds, selfCoupling: selfCoupling)
  }

  private func lowRank(_ small: SmallNetwork, selfCoupling: Bool) -> HopfieldNetwork {
    HopfieldNetwork(
      storing: PatternSet(small.patterns),
      couplings: .lowRank(factor: inverseCorrelations(of: small.patterns)),
      thresholds: small.thresholds, selfCoupling: selfCoupling)
  }

  @Test("A matrix of couplings has the energies and fixed points of enumeration", arguments: all)
  func matrix(of small: SmallNetwork) {
    check(dense(small), small, tolerance: Double(small.size * small.size) * 0x1p-24)
  }

  @Test("Low-rank couplings are the projection rule's", arguments: projections)
  func projection(of small: SmallNetwork) {
    check(lowRank(small, selfCoupling: false), small, tolerance: 1e-9)
  }

  @Test("Low-rank couplings keep their diagonal where asked to", arguments: keptDiagonals)
  func keptDiagonal(of small: SmallNetwork) {
    check(lowRank(small, selfCoupling: true), small, tolerance: 1e-9)
    check(
      dense(small, selfCoupling: true), small,
      tolerance: Double(small.size * small.size) * 0x1p-24)
  }

  private func check(_ network: HopfieldNetwork, _ small: SmallNetwork, tolerance: Double) {
    let expected = small.solution
    #expect(
      network.couplings().deviation(from: expected.couplings.flatMap { $0 })
        < max(tolerance, 1e-12))
    #expect(small.states.map(network.energy).deviation(from: expected.energies) < tolerance)
    guard expected.isFloatSafe else { return }
    #expect(small.states.filter(network.isFixedPoint).map(\.index) == expected.fixedPoints)
    let recalls = small.states.map {
      network.recall(from: Cue($0), by: .asynchronous(order: .given(small.order)))
    }
    #expect(recalls.map(\.state.index) == expected.basinOf)
    if let sweeps = expected.sweeps { #expect(recalls.map(\.steps) == sweeps) }
    for recall in recalls {
      let trace = recall.energyTrace
      #expect(zip(trace, trace.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
      #expect(abs(network.energy(of: recall.state) - recall.energy) < tolerance)
    }
  }

  @Test("Every engine gives Hebb's recalls", arguments: [0, 1, 2, 3])
  func engines(trial: Int) {
    var rng = SeededGenerator(seed: 60, stream: trial)
    // N a power of two: couplings k / N are exact floats, and ties stay ties.
    let patterns = PatternSet.random(count: 9, size: 128, using: &rng)
    let hebbian = HopfieldNetwork(storing: patterns)
    let identity = (0..<81).map { $0 % 10 == 0 ? 1.0 : 0.0 }
    let others = [
      HopfieldNetwork(storing: patterns, couplings: .dense(hebbian.couplings(as: Float.self))),
      HopfieldNetwork(storing: patterns, couplings: .lowRank(factor: identity)),
    ]
    let state = patterns[trial].flipping(fraction: 0.3, using: &rng)
    let half = Cue(state, known: { $0 % 3 > 0 }, clampingKnown: true)
    let dynamics: [Dynamics] = [
      .asynchronous(), .asynchronous(order: .permuted), .asynchronous(order: .random),
      .asynchronous(order: .steepest), .synchronous, .glauber(temperature: 0.5),
      .annealed(sweeps: 5),
    ]
    for cue in [Cue(state), half] {
      for dynamics in dynamics {
        var first = SeededGenerator(seed: 7)
        let expected = hebbian.recall(from: cue, by: dynamics, maxSteps: 20, using: &first)
        for other in others {
          var same = SeededGenerator(seed: 7)
          let recall = other.recall(from: cue, by: dynamics, maxSteps: 20, using: &same)
          #expect(recall.state == expected.state, "\(other.engineName), \(dynamics)")
          #expect(recall.outcome == expected.outcome)
          #expect(recall.changes == expected.changes)
          #expect(recall.energyTrace.deviation(from: expected.energyTrace) < 1e-9)
          #expect(recall.identity == expected.identity)
        }
      }
    }
  }

  /// C⁻¹ with C_μν = ξ^μ · ξ^ν / N, by Gauss and Jordan.
  private func inverseCorrelations(of patterns: [Pattern]) -> [Double] {
    let count = patterns.count
    var rows = patterns.enumerated().map { mu, pattern in
      patterns.map { pattern.overlap(with: $0) } + (0..<count).map { $0 == mu ? 1.0 : 0.0 }
    }
    for k in 0..<count {
      let pivot = (k..<count).max { abs(rows[$0][k]) < abs(rows[$1][k]) }!
      rows.swapAt(k, pivot)
      let scale = rows[k][k]
      rows[k] = rows[k].map { $0 / scale }
      for r in 0..<count where r != k {
        let factor = rows[r][k]
        rows[r] = zip(rows[r], rows[k]).map { $0 - factor * $1 }
      }
    }
    return rows.flatMap { $0.suffix(count) }
  }
}
