import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Many cues at once: the same bytes on any number of threads, and the same as one by one.
@Suite struct BatchRecallTests {
  static let dynamics: [Dynamics] = [
    .asynchronous(), .asynchronous(order: .given((0..<130).reversed())),
    .asynchronous(order: .permuted), .asynchronous(order: .random),
    .asynchronous(order: .steepest), .synchronous, .glauber(temperature: 0.5),
    .parallelGlauber(temperature: 0.5), .annealed(sweeps: 10),
  ]

  private let network: HopfieldNetwork
  private let cues: [Cue]

  init() {
    var generator = SeededGenerator(seed: 61)
    let patterns = PatternSet.random(count: 17, size: 130, using: &generator)
    network = HopfieldNetwork(storing: patterns)
    cues = (0..<37).map { c in
      let damaged = patterns[c % 17].flipping(fraction: 0.25, using: &generator)
      switch c % 3 {
      case 0: return Cue(damaged)
      case 1: return Cue(damaged, known: { $0 < 70 })
      default: return Cue(damaged, known: { $0 % 2 == 0 }, clampingKnown: true)
      }
    }
  }

  @Test("Threads do not change a batch, nor does batching change a recall", arguments: dynamics)
  func threads(_ dynamics: Dynamics) {
    let alone = cues.enumerated().map { c, cue in
      var generator = SeededGenerator(seed: 7, stream: c)
      return network.recall(from: cue, by: dynamics, maxSteps: 40, using: &generator)
    }
    for threads in [1, 2, 8] {
      let recalls = network.recalls(from: cues, by: dynamics, maxSteps: 40, threads: threads) {
        SeededGenerator(seed: 7, stream: $0)
      }
      #expect(recalls == alone, "\(threads) threads")
      #expect(recalls.flatMap(\.state.words) == alone.flatMap(\.state.words))
    }
  }

  @Test("Batches of every size, limited steps and free networks give what single recalls give")
  func sizes() {
    var generator = SeededGenerator(seed: 62)
    let patterns = PatternSet.random(count: 60, size: 97, using: &generator)
    let thresholds = (0..<97).map { _ in Golden.symmetric(&generator) / 4 }
    for network in [
      HopfieldNetwork(storing: patterns, thresholds: thresholds),
      HopfieldNetwork(storing: patterns, selfCoupling: true), HopfieldNetwork(storing: patterns),
    ] {
      for count in [0, 1, 2, 5, 16, 33] {
        let cues = (0..<count).map { _ in Cue(.random(size: 97, using: &generator)) }
        for (dynamics, limit) in [
          (Dynamics.synchronous, 1000), (.synchronous, 2), (.asynchronous(), 1),
        ] {
          let recalls = network.recalls(
            from: cues, by: dynamics, maxSteps: limit, threads: 2,
            generator: { SeededGenerator(seed: 1, stream: $0) })
          let alone = cues.map { network.recall(from: $0, by: dynamics, maxSteps: limit) }
          #expect(recalls == alone, "\(count) cues, at most \(limit) steps")
        }
      }
    }
  }

  @Test("Progress counts every cue, one call at a time")
  func progress() {
    for dynamics in [Dynamics.asynchronous(), .synchronous] {
      var calls: [Int] = []
      _ = network.recalls(
        from: cues, by: dynamics, threads: 8, progress: { calls.append($0) },
        generator: { SeededGenerator(seed: 1, stream: $0) })
      #expect(calls.last == cues.count)
      #expect(calls == calls.sorted())
    }
  }
}
