import HopfieldDense
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Parallel updates: the bound of two on periods is for quadratic energies alone.
@Suite struct DenseCyclesTests {
  private let size = 8
  private var states: [Pattern] { (0..<1 << size).map { Pattern(index: $0, size: size) } }

  /// The attractors of the parallel dynamics, by enumeration.
  private func periods(of memory: DenseAssociativeMemory) -> Set<Int> {
    let successors = states.map {
      memory.recall(from: Cue($0), by: .synchronous, maxSteps: 1).state.index
    }
    let attractors = ReferenceAttractor.all(of: successors)
    for attractor in attractors where attractor.period > 1 {
      let recall = memory.recall(
        from: Cue(states[attractor.states[0]]), by: .synchronous)
      #expect(recall.outcome == .cycle(period: attractor.period, transient: 0))
      #expect(recall.state.index == attractor.states[0])
    }
    return Set(attractors.map(\.period))
  }

  @Test(
    "Periods of 3, 4, 6 and longer occur; at degree 2 none above 2",
    arguments: [
      (158, 10, Interaction.polynomial(degree: 3), 3), (37, 9, .polynomial(degree: 3), 4),
      (36, 8, .polynomial(degree: 4), 4), (86, 10, .polynomial(degree: 4), 6),
      (207, 11, .polynomial(degree: 4), 10), (158, 10, .rectified(degree: 2), 4),
      (127, 11, .rectified(degree: 3), 6), (127, 11, .rectified(degree: 4), 13),
    ] as [(UInt64, Int, Interaction, Int)])
  func periods(seed: UInt64, count: Int, interaction: Interaction, period: Int) {
    let patterns = PatternSet(Golden.patterns(seed: seed, count: count, size: size))
    let memory = DenseAssociativeMemory(storing: patterns, interaction: interaction)
    #expect(periods(of: memory).contains(period))
    let quadratic = DenseAssociativeMemory(
      storing: patterns, interaction: .polynomial(degree: 2))
    #expect(periods(of: quadratic).isSubset(of: [1, 2]))
  }
}
