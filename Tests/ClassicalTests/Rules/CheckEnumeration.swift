import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// What every learning rule is held against.

/// Couplings, the energies of all states, fixed points, basins under sweeps and cycles of the parallel
/// dynamics, as enumeration has them.
func checkEnumeration(
  of rule: LearningRule, _ small: SmallNetwork, tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let network = try HopfieldNetwork(
    storing: PatternSet(small.patterns), by: rule, thresholds: small.thresholds)
  let expected = small.solution
  #expect(
    network.couplings().deviation(from: expected.couplings.flatMap { $0 }) <= tolerance,
    sourceLocation: sourceLocation)
  #expect(
    small.states.map(network.energy).deviation(from: expected.energies) <= tolerance,
    sourceLocation: sourceLocation)
  let twin = ReferenceNetwork(couplings: expected.couplings, thresholds: small.thresholds)
  for state in small.states {
    #expect(
      network.localFields(at: state).deviation(from: twin.fields(at: state)) <= tolerance,
      sourceLocation: sourceLocation)
  }
  #expect(
    small.states.filter(network.isFixedPoint).map(\.index) == expected.fixedPoints,
    sourceLocation: sourceLocation)
  #expect(
    small.patterns.map(network.isFixedPoint) == expected.patternsFixed,
    sourceLocation: sourceLocation)

  var orders = [VisitOrder.given(small.order)]
  if small.order == Array(0..<small.size) { orders.append(.sequential) }
  for order in orders {
    let recalls = small.states.map {
      network.recall(from: Cue($0), by: .asynchronous(order: order))
    }
    #expect(recalls.map(\.state.index) == expected.basinOf, sourceLocation: sourceLocation)
    if let sweeps = expected.sweeps {
      #expect(recalls.map(\.steps) == sweeps, sourceLocation: sourceLocation)
    }
  }
  let steps = small.states.map {
    network.recall(from: Cue($0), by: .synchronous, maxSteps: 1).state.index
  }
  #expect(
    ReferenceAttractor.all(of: steps) == expected.attractors, sourceLocation: sourceLocation)
}

/// Descent of the energy, E(s) = E(-s), and the symmetries of gauge and relabelling.
func checkLaws(
  of rule: LearningRule, count: Int, size: Int, tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var rng = SeededGenerator(seed: 1997)
  let patterns = PatternSet.random(count: count, size: size, using: &rng)
  let stored = patterns.indices.map { patterns[$0] }
  let starts =
    [stored[0], .random(size: size, using: &rng)]
    + stored.prefix(2).map { $0.flipping(fraction: 0.2, using: &rng) }
  checkAssociativeMemory(
    storing: stored, from: starts, isEven: true, tolerance: tolerance,
    sourceLocation: sourceLocation
  ) { patterns, thresholds in
    // The rules checked here learn from random patterns.
    try! HopfieldNetwork(storing: PatternSet(patterns), by: rule, thresholds: thresholds)
  }
}

/// Learning one pattern more, again and again, against learning all at once; with thresholds.
func checkIncrements(
  of rule: LearningRule, count: Int, size: Int, tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(rule.isIncremental, sourceLocation: sourceLocation)
  var rng = SeededGenerator(seed: 1999)
  let patterns = PatternSet.random(count: count, size: size, using: &rng)
  let thresholds = (0..<size).map { _ in Golden.symmetric(&rng) / 10 }
  let together = try HopfieldNetwork(storing: patterns, by: rule, thresholds: thresholds)
  var grown = try HopfieldNetwork(
    storing: PatternSet(patterns.indices.prefix(3).map { patterns[$0] }), by: rule,
    thresholds: thresholds)
  for index in patterns.indices.dropFirst(3) {
    let given = try grown.learn(patterns[index])
    #expect(given == index, sourceLocation: sourceLocation)
  }
  #expect(grown.patterns == patterns, sourceLocation: sourceLocation)
  #expect(grown.thresholds == together.thresholds, sourceLocation: sourceLocation)
  #expect(
    grown.couplings().deviation(from: together.couplings()) <= tolerance,
    sourceLocation: sourceLocation)
  let cue = patterns[1].flipping(fraction: 0.1, using: &rng)
  let (a, b) = (grown.recall(from: cue), together.recall(from: cue))
  #expect(a.state == b.state && a.changes == b.changes, sourceLocation: sourceLocation)
}

/// A network of nothing learns: w = 0, and every state is fixed.
func checkEmpty(
  _ rule: LearningRule, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let network = try HopfieldNetwork(storing: PatternSet(size: 7), by: rule)
  #expect(network.couplings() == [Double](repeating: 0, count: 49), sourceLocation: sourceLocation)
  let state = Pattern([1, -1, 1, 1, -1, -1, 1])
  #expect(network.recall(from: state).state == state, sourceLocation: sourceLocation)
  #expect(network.energy(of: state) == 0, sourceLocation: sourceLocation)
}
