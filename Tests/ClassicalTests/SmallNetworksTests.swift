import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Every state of every small network, against enumerations made by other programs.
@Suite struct SmallNetworksTests {
  static let networks = Golden.smallNetworks(rule: "hebb")

  @Test("Couplings are Hebb's, with 1/N and no diagonal", arguments: networks)
  func couplings(of small: SmallNetwork) {
    let expected = small.solution.couplings.flatMap { $0 }
    #expect(HopfieldNetwork(small).couplings().deviation(from: expected) < 1e-12)
    #expect(
      HopfieldNetwork(small).couplings(as: Float.self).deviation(from: expected.map(Float.init))
        < 1e-7)
  }

  @Test("Energies equal exact enumeration", arguments: networks)
  func energies(of small: SmallNetwork) {
    let network = HopfieldNetwork(small)
    #expect(small.states.map(network.energy).deviation(from: small.solution.energies) < 1e-12)
  }

  @Test("Fixed points equal exact enumeration, stored patterns among them or not")
  func fixedPoints() {
    for small in Self.networks {
      let network = HopfieldNetwork(small)
      let fixed = small.states.filter(network.isFixedPoint).map(\.index)
      #expect(fixed == small.solution.fixedPoints)
      #expect(small.patterns.map(network.isFixedPoint) == small.solution.patternsFixed)
    }
  }

  @Test("Fields equal the twin's, and are exactly zero where they should", arguments: networks)
  func fields(of small: SmallNetwork) {
    let network = HopfieldNetwork(small)
    let twin = ReferenceNetwork(
      couplings: small.solution.couplings, thresholds: small.thresholds)
    for state in small.states {
      #expect(network.localFields(at: state).deviation(from: twin.fields(at: state)) < 1e-12)
    }
    let withZero = small.states.count { network.localFields(at: $0).contains(0) }
    #expect(withZero == small.solution.statesWithAZeroField)
  }

  @Test("Every start falls into its basin, in its number of sweeps", arguments: networks)
  func basins(of small: SmallNetwork) {
    let network = HopfieldNetwork(small)
    var orders = [VisitOrder.given(small.order)]
    if small.order == Array(0..<small.size) { orders.append(.sequential) }
    for order in orders {
      let recalls = small.states.map {
        network.recall(from: Cue($0), by: .asynchronous(order: order))
      }
      #expect(recalls.map(\.state.index) == small.solution.basinOf)
      if let sweeps = small.solution.sweeps { #expect(recalls.map(\.steps) == sweeps) }
      #expect(recalls.allSatisfy { $0.outcome == .fixedPoint })
      let sizes = Dictionary(recalls.map { (String($0.state.index), 1) }, uniquingKeysWith: +)
      #expect(sizes == small.solution.basinSizes)
    }
  }

  @Test("The parallel dynamics ends in the enumerated cycles, with their periods and basins")
  func attractors() {
    for small in Self.networks {
      let network = HopfieldNetwork(small)
      let steps = small.states.map {
        network.recall(from: Cue($0), by: .synchronous, maxSteps: 1).state.index
      }
      #expect(ReferenceAttractor.all(of: steps) == small.solution.attractors)

      for state in small.states {
        let recall = network.recall(from: Cue(state), by: .synchronous)
        let (transient, cycle) = ReferenceAttractor.orbit(of: state.index, under: steps)
        #expect(recall.state.index == cycle[0])
        if cycle.count == 1 {
          #expect(recall.outcome == .fixedPoint)
          #expect(recall.steps == transient + 1)
        } else {
          #expect(recall.outcome == .cycle(period: cycle.count, transient: transient))
          #expect(recall.steps == transient + cycle.count)
        }
      }
    }
  }
}

extension HopfieldNetwork {
  /// The network of a golden file; without thresholds where all are zero.
  init(_ small: SmallNetwork) {
    let isFree = small.thresholds.allSatisfy { $0 == 0 }
    self.init(
      storing: PatternSet(small.patterns), thresholds: isFree ? nil : small.thresholds)
  }
}
