import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Random small networks of every kind, state by state, against explicit matrices.
@Suite struct EnumerationTests {
  enum Thresholds: CaseIterable { case none, multiples, real }

  /// A random network with its twin; N from 1, P from 0 to more than N.
  struct Instance: CustomTestStringConvertible, Sendable {
    let size: Int
    let count: Int
    let thresholds: Thresholds
    let selfCoupling: Bool

    var testDescription: String {
      "N = \(size), P = \(count), thresholds \(thresholds), w_ii \(selfCoupling ? "kept" : "0")"
    }

    static let all: [Instance] = [1, 2, 5, 7].flatMap { size in
      [0, 1, 2, 3, 4, 17].flatMap { count in
        Thresholds.allCases.flatMap { thresholds in
          [false, true].map {
            Instance(size: size, count: count, thresholds: thresholds, selfCoupling: $0)
          }
        }
      }
    }

    func build() -> (network: HopfieldNetwork, twin: ReferenceNetwork) {
      var generator = SeededGenerator(seed: UInt64(1000 * size + count))
      let patterns = PatternSet.random(count: count, size: size, using: &generator)
      let values: [Double]? =
        switch thresholds {
        case .none: nil
        case .multiples:
          (0..<size).map { _ in (Double(generator.next() % 7) - 3) / Double(size) }
        case .real: (0..<size).map { _ in Golden.symmetric(&generator) }
        }
      return (
        HopfieldNetwork(storing: patterns, thresholds: values, selfCoupling: selfCoupling),
        ReferenceNetwork(
          storing: patterns.indices.map { patterns[$0] }, size: size, thresholds: values,
          selfCoupling: selfCoupling)
      )
    }

    var states: [Pattern] { (0..<1 << size).map { Pattern(index: $0, size: size) } }
    /// Energies are exact but for real thresholds.
    var tolerance: Double { thresholds == .none ? 0 : 1e-12 }
  }

  @Test("Energies, fields, fixed points and couplings are the matrix's", arguments: Instance.all)
  func statics(of instance: Instance) {
    let (network, twin) = instance.build()
    for state in instance.states {
      #expect(abs(network.energy(of: state) - twin.energy(of: state)) <= instance.tolerance)
      #expect(network.localFields(at: state).deviation(from: twin.fields(at: state)) <= 1e-12)
      #expect(network.isFixedPoint(state) == twin.isFixedPoint(state))
    }
    let couplings = twin.weights.flatMap { $0.map { $0 / twin.scale } }
    #expect(network.couplings() == couplings)
  }

  @Test("Sweeps, steepest flips and parallel steps are the matrix's", arguments: Instance.all)
  func dynamics(of instance: Instance) {
    let (network, twin) = instance.build()
    for state in instance.states {
      let expected = twin.relax(state)
      let swept = network.recall(from: state)
      #expect(swept.state == expected.state)
      #expect(swept.changes == expected.flips)
      #expect(swept.energyTrace.deviation(from: expected.energies) <= instance.tolerance)
      #expect(swept.outcome == .fixedPoint)

      let parallel = network.recall(from: Cue(state), by: .synchronous, maxSteps: 1)
      #expect(parallel.state == twin.step(state))
      #expect(parallel.changes == [twin.step(state).distance(to: state)])

      var steep = state
      var flips = 0
      while let site = twin.steepestSite(at: steep) {
        steep[site] = -steep[site]
        flips += 1
      }
      let descent = network.recall(from: Cue(state), by: .asynchronous(order: .steepest))
      #expect(descent.state == steep)
      #expect(descent.steps == flips + 1)
      #expect(descent.outcome == .fixedPoint)
    }
  }
}
