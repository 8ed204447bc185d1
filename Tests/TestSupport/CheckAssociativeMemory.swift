package import HopfieldEnergy
package import HopfieldPatterns
package import Testing

/// The law of descent, for any memory: the energy never rises, the running energy is the energy of
/// the state, a recall ends at a fixed point, and fixed points stay.
///
/// - Parameter tolerance: what energies and states may be off by, relative to 1 or the energy; 0
///   where everything is an integer.
package func checkAssociativeMemory<Memory: AssociativeMemory>(
  _ memory: Memory, from starts: [Memory.State], tolerance: Double = 0, maxSteps: Int = 1000,
  sourceLocation: SourceLocation = #_sourceLocation
) where Memory.State: ComparableState {
  for start in starts {
    var descent = Descent(of: memory, from: memory.start(from: start))
    var before = memory.energy(of: start)
    #expect(descent.running.state == start, sourceLocation: sourceLocation)
    #expect(
      isClose(descent.running.energy, before, tolerance), "at the start",
      sourceLocation: sourceLocation)
    while descent.outcome == nil, descent.changes.count < maxSteps {
      var drop = 0.0
      descent.advance {
        let step = memory.descend(&$0)
        drop = step.energyDrop
        return step
      }
      let energy = memory.energy(of: descent.running.state)
      let allowed = tolerance * max(1, abs(energy))
      #expect(energy <= before + allowed, "the energy rises", sourceLocation: sourceLocation)
      #expect(isClose(drop, before - energy, 2 * tolerance), sourceLocation: sourceLocation)
      #expect(
        isClose(descent.running.energy, energy, tolerance), "the running energy drifts",
        sourceLocation: sourceLocation)
      before = energy
    }
    let recall = descent.recall
    #expect(recall.outcome == .fixedPoint, sourceLocation: sourceLocation)
    #expect(recall.energyTrace.count == recall.steps + 1, sourceLocation: sourceLocation)

    let again = memory.recall(from: recall.state, maxSteps: maxSteps)
    #expect(again.outcome == .fixedPoint, "a fixed point stays", sourceLocation: sourceLocation)
    #expect(
      again.state.deviation(from: recall.state) <= tolerance, "a fixed point moves",
      sourceLocation: sourceLocation)
  }
}

/// The laws of descent and of symmetry, for a memory that `make` builds from patterns and
/// thresholds: E(s) = E(-s) where that holds; multiplying patterns, thresholds and state site by
/// site with the same signs changes no energy and gauges every recall (Mattis 1976); so does
/// renumbering the sites.
///
/// - Parameters:
///   - isEven: whether the energy of a state is that of its reverse.
///   - recall: how to recall from a state, the sites being renumbered: site k was `order[k]`. The
///     default is for networks whose sites all move at once.
package func checkAssociativeMemory<Memory: AssociativeMemory>(
  storing patterns: [Memory.State], thresholds: [Double]? = nil, from starts: [Memory.State],
  isEven: Bool, tolerance: Double = 0, signs: Pattern, order: [Int],
  sourceLocation: SourceLocation = #_sourceLocation,
  recall: (_ memory: Memory, _ start: Memory.State, _ order: [Int]) -> Recall<Memory.State> = {
    memory, start, _ in memory.recall(from: start)
  },
  make: (_ patterns: [Memory.State], _ thresholds: [Double]?) -> Memory
) where Memory.State: MemoryState {
  let memory = make(patterns, thresholds)
  checkAssociativeMemory(
    memory, from: starts, tolerance: tolerance, sourceLocation: sourceLocation)

  let gauged = make(
    patterns.map { $0.gauged(by: signs) },
    thresholds.map { $0.enumerated().map { $1 * Double(signs[$0]) } })
  let renumbered = make(
    patterns.map { $0.relabelled(by: order) },
    thresholds.map { $0.relabelled(by: order) })

  for start in starts {
    if isEven {
      #expect(
        isClose(memory.energy(of: -start), memory.energy(of: start), tolerance),
        "E(s) = E(-s)", sourceLocation: sourceLocation)
    }
    let asIs = recall(memory, start, Array(order.indices))
    let inGauge = recall(gauged, start.gauged(by: signs), Array(order.indices))
    expectSame(
      inGauge, asIs, as: { $0.gauged(by: signs) }, tolerance, "gauge", sourceLocation)
    let inOrder = recall(renumbered, start.relabelled(by: order), order)
    expectSame(
      inOrder, asIs, as: { $0.relabelled(by: order) }, tolerance, "relabelling", sourceLocation)
  }
}

/// The same for a memory of spins, under sequential and parallel dynamics at T = 0.
package func checkAssociativeMemory<Memory: SpinMemory>(
  storing patterns: [Pattern], thresholds: [Double]? = nil, from starts: [Pattern],
  isEven: Bool, tolerance: Double = 0, seed: UInt64 = 1,
  sourceLocation: SourceLocation = #_sourceLocation,
  make: ([Pattern], [Double]?) -> Memory
) where Memory.State == Pattern {
  var generator = SeededGenerator(seed: seed)
  let size = starts[0].size
  let signs = Pattern.random(size: size, using: &generator)
  let order = Golden.distinct(seed: generator.next(), size: size, count: size)
  var inverse = order
  for (k, site) in order.enumerated() { inverse[site] = k }
  let isNewOrder = { (given: [Int]) in given == order && given != Array(0..<size) }

  // Sites in their old order, under their new numbers.
  checkAssociativeMemory(
    storing: patterns, thresholds: thresholds, from: starts, isEven: isEven, tolerance: tolerance,
    signs: signs, order: order, sourceLocation: sourceLocation,
    recall: { memory, start, given in
      memory.recall(
        from: Memory.cue(knowing: start),
        by: .asynchronous(order: isNewOrder(given) ? .given(inverse) : .sequential))
    }, make: make)
  checkAssociativeMemory(
    storing: patterns, thresholds: thresholds, from: starts, isEven: isEven, tolerance: tolerance,
    signs: signs, order: order, sourceLocation: sourceLocation,
    recall: { memory, start, _ in
      memory.recall(from: Memory.cue(knowing: start), by: .synchronous)
    }, make: make)
}

// MARK: - Comparing

private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  a == b || abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}

private func expectSame<State: MemoryState & Sendable>(
  _ moved: Recall<State>, _ recall: Recall<State>, as symmetry: (State) -> State,
  _ tolerance: Double, _ name: Comment, _ location: SourceLocation
) {
  #expect(
    moved.state.deviation(from: symmetry(recall.state)) <= tolerance, name,
    sourceLocation: location)
  #expect(moved.outcome == recall.outcome, name, sourceLocation: location)
  #expect(moved.identity.kind == recall.identity.kind, name, sourceLocation: location)
  #expect(
    moved.identity.match?.pattern == recall.identity.match?.pattern, name,
    sourceLocation: location)
  if tolerance == 0 { #expect(moved.changes == recall.changes, name, sourceLocation: location) }
  #expect(moved.energyTrace.count == recall.energyTrace.count, name, sourceLocation: location)
  for (a, b) in zip(moved.energyTrace, recall.energyTrace) {
    #expect(isClose(a, b, tolerance), name, sourceLocation: location)
  }
}
