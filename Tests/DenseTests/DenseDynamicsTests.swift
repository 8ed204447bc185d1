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

    var patterns: [Pattern] { Golden.patterns(seed: UInt64(size * 100 + count), count: count, size: size) }
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

  @Test("Steepest descent takes the largest drop, the lowest site among equals", arguments: Case.all)
  func steepest(_ test: Case) {
    let memory = test.memory
    let reference = test.reference
    for start in test.starts.prefix(2) {
      let spins = start.spins.map(Int.init)
      let drops = (0..<test.size).map { -reference.field($0, spins) * Double(spins[$0]) }
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
      let scale = (0..<test.size).map { abs(reference.field($0, spins)) }.max()!
      for i in 0..<test.size {
        #expect(abs(2 * fields[i] - reference.field(i, spins)) <= 1e-12 * scale)
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
