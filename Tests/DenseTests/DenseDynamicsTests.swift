import HopfieldDense
import HopfieldEnergy
import HopfieldKernels
import HopfieldPatterns
import TestSupport
import Testing

/// Every dynamics against the naive twin, at every instruction set and at sizes around the tile's.
@Suite(.serialized) struct DenseDynamicsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let size: Int
    let count: Int
    let interaction: Interaction
    var testDescription: String { "\(count) patterns of \(size) spins, \(interaction)" }

    static let interactions: [Interaction] = [
      .polynomial(degree: 1), .polynomial(degree: 2), .polynomial(degree: 3),
      .polynomial(degree: 4), .polynomial(degree: 9), .polynomial(degree: 14),
      .rectified(degree: 1), .rectified(degree: 2), .rectified(degree: 5),
      .rectified(degree: 12), .exponential,
    ]
    static let all: [Case] = interactions.flatMap { interaction in
      [(1, 3), (2, 1), (7, 40), (31, 5), (32, 16), (33, 17), (64, 33), (65, 16), (80, 48)].map {
        Case(size: $0.0, count: $0.1, interaction: interaction)
      }
    }

    var patterns: [Pattern] {
      Golden.patterns(seed: UInt64(size * 100 + count), count: count, size: size)
    }
    var memory: DenseAssociativeMemory {
      DenseAssociativeMemory(storing: PatternSet(patterns), interaction: interaction)
    }
    var reference: ReferenceDense {
      ReferenceDense(storing: patterns, interaction: interaction, size: size)
    }
    var starts: [Pattern] {
      var rng = SeededGenerator(seed: 9)
      return [
        patterns[0].flipping(fraction: 0.2, using: &rng), .random(size: size, using: &rng),
        patterns[count - 1], -patterns[0],
      ]
    }
  }

  private func atEveryLevel(_ body: () -> Void) {
    let best = InstructionSet.current
    defer { InstructionSet.current = best }
    for level in InstructionSet.available {
      InstructionSet.current = level
      body()
    }
  }

  @Test("Sweeps, visits and parallel updates equal the naive twin", arguments: Case.all)
  func updates(_ test: Case) {
    let memory = test.memory
    let reference = test.reference
    let order = Golden.distinct(seed: 4, size: test.size, count: test.size)
    let relaxed = test.starts.map { reference.relax($0) }
    let visited = test.starts.map { reference.relax($0, order: order) }
    let stepped = test.starts.map { reference.step($0) }
    atEveryLevel {
      for (k, start) in test.starts.enumerated() {
        let recall = memory.recall(from: start)
        #expect(recall.state == relaxed[k].state)
        #expect(recall.changes == relaxed[k].flips)
        let given = memory.recall(from: Cue(start), by: .asynchronous(order: .given(order)))
        #expect(given.state == visited[k].state)
        #expect(given.changes == visited[k].flips)
        let step = memory.recall(from: Cue(start), by: .synchronous, maxSteps: 1)
        #expect(step.state == stepped[k].state)
        #expect(memory.isFixedPoint(start) == (relaxed[k].flips[0] == 0))
      }
    }
  }

  @Test("Cues with unknown and clamped sites equal the naive twin", arguments: Case.all)
  func cues(_ test: Case) {
    let memory = test.memory
    let reference = test.reference
    var rng = SeededGenerator(seed: 3)
    let known = Pattern.random(size: test.size, using: &rng)
    for start in test.starts.prefix(2) {
      let cue = Cue(start, known: known, clampingKnown: true)
      let completed = reference.completed(cue)
      let relaxed = reference.relax(completed, frozen: cue.knownSites)
      let stepped = reference.step(completed, frozen: cue.knownSites)
      atEveryLevel {
        #expect(memory.completed(cue) == completed)
        #expect(memory.recall(from: cue).state == relaxed.state)
        #expect(
          memory.recall(from: cue, by: .synchronous, maxSteps: 1).state == stepped.state)
      }
      let free = memory.start(from: Cue(start, known: known), by: .asynchronous())
      #expect(free.state == completed)
    }
  }

  /// Sizes at which overlaps leave the window of the fast sweep, patterns whose mean overlap is far
  /// from 0, and slots that are empty.
  @Test(
    "Every instruction set gives the same recalls, bit for bit",
    arguments: [
      (300, 500, 0.0, Interaction.polynomial(degree: 2)), (301, 700, 0, .polynomial(degree: 3)),
      (512, 900, 0, .polynomial(degree: 4)), (700, 333, 0.3, .polynomial(degree: 4)),
      (333, 600, 0, .rectified(degree: 3)), (1001, 700, 0, .polynomial(degree: 5)),
      (600, 650, 0.1, .polynomial(degree: 6)), (450, 1100, 0, .polynomial(degree: 8)),
      (400, 520, 0, .rectified(degree: 10)), (3300, 4000, 0, .polynomial(degree: 3)),
      (500, 300, 0, .exponential), (900, 200, 0.2, .exponential),
    ] as [(Int, Int, Double, Interaction)])
  func levels(size: Int, count: Int, correlation: Double, interaction: Interaction) {
    var rng = SeededGenerator(seed: 77)
    let patterns = PatternSet.correlated(
      count: count, size: size, correlation: correlation, using: &rng)
    var memory = DenseAssociativeMemory(storing: patterns, interaction: interaction)
    for index in [3, 17, count - 1] { memory.forget(index) }
    let damaged = patterns[0].flipping(fraction: 0.3, using: &rng)
    let cue = Cue(damaged, known: { $0 % 3 != 0 }, clampingKnown: true)
    let temperature = abs(memory.localFields(at: patterns[0])[0]) / 2
    typealias Results = [Recall<Pattern>]
    var reference: Results?
    atEveryLevel {
      let generator = { SeededGenerator(seed: 5) }
      var (one, other) = (generator(), generator())
      let results: Results = [
        memory.recall(from: damaged, maxSteps: 4),
        memory.recall(from: cue, maxSteps: 4),
        memory.recall(from: Cue(damaged), by: .synchronous, maxSteps: 3),
        memory.recall(
          from: Cue(damaged), by: .asynchronous(order: .permuted), maxSteps: 2, using: &one),
        memory.evolve(
          damaged, by: .glauber(temperature: temperature), sweeps: 3, using: &other),
      ]
      if reference == nil { reference = results }
      #expect(results == reference)
      for result in results where result.outcome == .fixedPoint {
        #expect(memory.isFixedPoint(result.state) || result.state == results[1].state)
        #expect(result.energy == memory.energy(of: result.state))
      }
    }
  }

  @Test("Steepest descent takes the largest drop, the lowest of equals", arguments: Case.all)
  func steepest(_ test: Case) {
    let memory = test.memory
    let reference = test.reference
    for start in test.starts.prefix(2) {
      let spins = start.spins.map(Int.init)
      let drops = zip(reference.fields(spins), spins).map { -$0 * Double($1) }
      let step = memory.recall(
        from: Cue(start), by: .asynchronous(order: .steepest), maxSteps: 1000)
      #expect(step.outcome == .fixedPoint)
      #expect(memory.isFixedPoint(step.state))
      var descent = Descent(
        of: memory, from: memory.start(from: Cue(start), by: .asynchronous(order: .steepest)))
      descent.advance()
      let largest = drops.max()!
      guard largest > 0 else {
        #expect(descent.outcome == .fixedPoint)
        continue
      }
      let flipped = (0..<test.size).filter { descent.running.state[$0] != start[$0] }
      #expect(flipped.count == 1)
      #expect(drops[flipped[0]] >= largest * (1 - 1e-12))
      if test.interaction != .exponential { #expect(flipped[0] == drops.firstIndex(of: largest)!) }
    }
  }

  @Test("Energies and fields equal the naive twin", arguments: Case.all)
  func energies(_ test: Case) {
    let memory = test.memory
    let reference = test.reference
    for state in test.starts {
      let energy = reference.energy(of: state)
      #expect(abs(memory.energy(of: state) - energy) <= 1e-12 * abs(energy))
      let spins = state.spins.map(Int.init)
      let fields = memory.localFields(at: state)
      let expected = reference.fields(spins)
      let scale = expected.map { abs($0) }.max()!
      for i in 0..<test.size {
        #expect(abs(2 * fields[i] - expected[i]) <= 1e-12 * scale)
        guard i % 7 == 0 else { continue }
        // 2 h is the difference of two energies.
        var up = state
        var down = state
        up[i] = 1
        down[i] = -1
        let difference = memory.energy(of: down) - memory.energy(of: up)
        #expect(abs(2 * fields[i] - difference) <= 1e-11 * max(abs(energy), scale))
      }
    }
  }

  @Test("The laws of descent and of symmetry", arguments: Case.all.filter { $0.size > 2 })
  func laws(_ test: Case) {
    let isExact = test.interaction != .exponential
    checkAssociativeMemory(
      storing: test.patterns, from: Array(test.starts.prefix(2)), isEven: test.interaction.isEven,
      tolerance: isExact ? 0 : 1e-13
    ) { patterns, _ in
      DenseAssociativeMemory(storing: PatternSet(patterns), interaction: test.interaction)
    }
  }
}
