import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct DescentTests {
  private let memory = TinyMemory(fields: [1, -2, 0.5, 3, -0.5])
  private let start = [-1, 1, -1, -1, 1]

  @Test("A recall has the trace of its energies and counts the last, idle step")
  func trace() {
    let recall = memory.recall(from: start)
    #expect(recall.state == [1, -1, 1, 1, -1])
    #expect(recall.outcome == .fixedPoint)
    #expect(recall.changes == [5, 0])
    #expect(recall.steps == 2)
    #expect(recall.energyTrace == [7, -7, -7])
    #expect(recall.energy == -7)
  }

  @Test("Stepping by hand gives what recall gives, and an ended recall takes no further step")
  func stepping() {
    var descent = Descent(of: memory, from: memory.start(from: start))
    #expect(descent.outcome == nil && descent.energyTrace == [7] && descent.changes.isEmpty)
    #expect(descent.recall.outcome == .stepLimit)
    let goesOn = [descent.advance(), descent.advance()]
    #expect(goesOn == [true, false])
    #expect(descent.recall == memory.recall(from: start))
    let ended = descent.recall
    descent.advance()
    #expect(descent.recall == ended)
    let finished = descent.finish(maxSteps: 100)
    #expect(finished == ended)
  }

  @Test("Steps are limited, in sweeps; a limit of none leaves the start")
  func limits() {
    let one = memory.recall(from: start, maxSteps: 1)
    #expect(one.outcome == .stepLimit && one.steps == 1 && one.energyTrace == [7, -7])
    let none = memory.recall(from: start, maxSteps: 0)
    #expect(none.outcome == .stepLimit && none.state == start && none.energyTrace == [7])
    #expect(none.steps == 0 && none.energy == 7)
  }

  @Test("In steepest order K sweeps allow K N flips; annealing descends after its sweeps")
  func unusualLimits() {
    let steepest = memory.recall(from: start, by: .asynchronous(order: .steepest), maxSteps: 1)
    #expect(steepest.steps == 5 && steepest.outcome == .stepLimit)
    let more = memory.recall(from: start, by: .asynchronous(order: .steepest), maxSteps: 2)
    #expect(more.steps == 6 && more.outcome == .fixedPoint)
    let most = memory.recall(from: start, by: .asynchronous(order: .steepest), maxSteps: .max)
    #expect(most == more)

    var generator = SeededGenerator(seed: 1)
    let annealed = memory.recall(
      from: start, by: .annealed(sweeps: 10), maxSteps: 5, using: &generator)
    #expect(annealed.outcome == .fixedPoint)
    #expect((11...12).contains(annealed.steps))
    #expect(annealed.state == [1, -1, 1, 1, -1])
  }

  @Test("A heat bath runs for its sweeps and ends as a step limit")
  func evolving() {
    var generator = SeededGenerator(seed: 1)
    let warm = memory.evolve(
      start, by: .glauber(temperature: 1), sweeps: 20, using: &generator)
    #expect(warm.outcome == .stepLimit && warm.steps == 20 && warm.energyTrace.count == 21)
    #expect(warm.energy == memory.energy(of: warm.state))
  }

  @Test("An independent spin is up with probability 1 / (1 + exp(-2 h / T))")
  func probability() {
    let (field, temperature, draws) = (0.3, 0.8, 20_000)
    let spin = TinyMemory(fields: [field])
    var generator = SeededGenerator(seed: 3)
    var running = spin.start(from: [1], by: .glauber(temperature: temperature))
    var ups = 0
    for _ in 0..<draws {
      _ = running.step(using: &generator)
      if running.state[0] > 0 { ups += 1 }
    }
    // 1 / (1 + exp(-0.75)); four standard deviations, 0.013.
    let expected = 0.679178699175393
    #expect(
      abs(Double(ups) / Double(draws) - expected) < 4 * Binomial.deviation(expected, of: draws))
  }

  @Test("Batches give each cue its own generator, in order, and count progress")
  func batches() {
    let cues = (0..<20).map { c in (0..<5).map { (c >> $0) & 1 == 1 ? 1 : -1 } }
    let dynamics = Dynamics.glauber(temperature: 1, order: .permuted)
    let alone = cues.enumerated().map { c, cue in
      var generator = SeededGenerator(seed: 9, stream: c)
      return memory.recall(from: cue, by: dynamics, maxSteps: 7, using: &generator)
    }
    for threads in [1, 2, 8, nil] as [Int?] {
      var progress: [Int] = []
      let recalls = memory.recalls(
        from: cues, by: dynamics, maxSteps: 7, threads: threads, progress: { progress.append($0) },
        generator: { SeededGenerator(seed: 9, stream: $0) })
      #expect(recalls == alone)
      #expect(progress == Array(1...20))
    }
    let none = memory.recalls(from: [], generator: { SeededGenerator(seed: 9, stream: $0) })
    #expect(none.isEmpty)
  }

  @Test("A given order that is no permutation stops with a message")
  func misuse() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let memory = TinyMemory(fields: [1, 2, 3])
      _ = memory.recall(from: [1, 1, 1], by: .asynchronous(order: .given([0, 1, 1])))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("no permutation of 0 ..< 3"))
  }
}
