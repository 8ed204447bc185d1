import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Sequences of patterns, against explicit sums, and against theory.
@Suite struct SequenceNetworkTests {
  /// N, sequences of patterns by index, and whether they close.
  struct Instance: CustomTestStringConvertible, Sendable {
    let size: Int
    let count: Int
    var sequences: [[Int]]?
    var isCyclic = true
    var testDescription: String {
      "N = \(size), \(sequences.map(String.init(describing:)) ?? "all \(count)")"
        + (isCyclic ? "" : ", open")
    }

    static let all = [
      Instance(size: 65, count: 5), Instance(size: 64, count: 40),
      Instance(size: 33, count: 4, isCyclic: false),
      Instance(size: 70, count: 9, sequences: [[8, 2, 5], [0, 7], [3]]),
      Instance(size: 31, count: 20, sequences: [[4, 3, 2, 1], [17, 11, 13]], isCyclic: false),
    ]

    func patterns(_ generator: inout SeededGenerator) -> PatternSet {
      PatternSet.random(count: count, size: size, using: &generator)
    }

    func reference(_ patterns: PatternSet) -> ReferenceSequence {
      var pairs: [(Int, Int)] = []
      for sequence in sequences ?? [Array(0..<count)] {
        pairs += zip(sequence, sequence.dropFirst())
        if isCyclic { pairs.append((sequence.last!, sequence[0])) }
      }
      return ReferenceSequence(patterns, pairs: pairs)
    }
  }

  @Test("Parallel steps are the matrix's, to the end of the cycle", arguments: Instance.all)
  func parallel(of instance: Instance) {
    var generator = SeededGenerator(seed: UInt64(instance.size))
    let patterns = instance.patterns(&generator)
    let twin = instance.reference(patterns)
    let network = SequenceNetwork(
      storing: patterns, sequences: instance.sequences, isCyclic: instance.isCyclic)
    for start in [patterns[3], .random(size: instance.size, using: &generator)] {
      var states = [start]
      while states.count <= 60, states.firstIndex(of: states.last!) == states.count - 1 {
        states.append(twin.step(states.last!))
      }
      let run = network.run(from: start, maxSteps: 60)
      #expect(run.state == states.last)
      #expect(run.changes == zip(states, states.dropFirst()).map { $0.distance(to: $1) })
      let first = states.firstIndex(of: states.last!)!
      let period = states.count - 1 - first
      #expect(
        run.outcome
          == (period == 0
            ? .stepLimit
            : period == 1 ? .fixedPoint : .cycle(period: period, transient: first)))
      let leaders = states.map { state in patterns.overlaps(with: state) }
      #expect(run.leaders.map(\.weight) == leaders.map { $0.max()! })
      #expect(run.leaders.map(\.pattern) == leaders.map { $0.firstIndex(of: $0.max()!)! })
    }
  }

  @Test("Without a delay the order of visits does not matter")
  func orders() {
    var generator = SeededGenerator(seed: 21)
    let patterns = PatternSet.random(count: 12, size: 100, using: &generator)
    let network = SequenceNetwork(storing: patterns)
    let start = Pattern.random(size: 100, using: &generator)
    let parallel = network.run(from: start, maxSteps: 9)
    for order in [VisitOrder.sequential, .permuted, .given(Array((0..<100).reversed()))] {
      let run = network.run(
        from: start, by: .asynchronous(order: order), maxSteps: 9, using: &generator)
      #expect(run.state == parallel.state)
      #expect(run.changes == parallel.changes)
    }
  }

  @Test("A cycle of stored patterns is a cycle of states, an open one ends in the last")
  func cycle() {
    var generator = SeededGenerator(seed: 22)
    let patterns = PatternSet.random(count: 10, size: 1000, using: &generator)
    let run = SequenceNetwork(storing: patterns).run(from: patterns[4])
    #expect(run.outcome == .cycle(period: 10, transient: 0))
    #expect(run.stays.map(\.pattern) == [4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4])
    #expect(run.leaders.allSatisfy { $0.weight == 1 })

    let cue = patterns[0].flipping(fraction: 0.3, using: &generator)
    let mended = SequenceNetwork(storing: patterns).run(from: cue, maxSteps: 3)
    #expect(mended.leaders.map(\.pattern) == [0, 1, 2, 3])
    #expect(mended.leaders.last?.weight == 1)

    let open = SequenceNetwork(
      storing: patterns, isCyclic: false, delay: .step(time: 4))
    let end = open.run(from: patterns[7], maxSteps: 40)
    #expect(end.stays.map(\.pattern) == [7, 8, 9])
    #expect(end.state == patterns[9])
    // The drive may still build up: nothing but the limit ends it.
    #expect(end.outcome == .stepLimit)
  }

  @Test("Overlaps at high load are those of During, Coolen and Sherrington")
  func load() {
    var generator = SeededGenerator(seed: 23)
    let rows = Golden.rows("m_of_alpha", of: "sequence_sync", in: "thresholds")
    let size = 4000
    for load in [0.1, 0.2] {
      let patterns = PatternSet.random(
        count: Int(load * Double(size)), size: size, using: &generator)
      let run = SequenceNetwork(storing: patterns).run(from: patterns[0], maxSteps: 20)
      #expect(run.leaders.map(\.pattern) == Array(0...20))
      let mean = run.leaders.suffix(10).reduce(0) { $0 + $1.weight } / 10
      let theory = rows.first { $0["alpha"] == load }!["m"]!
      // Ten states of N bits, and the shift of a finite N.
      #expect(abs(mean - theory) < 0.01, "alpha = \(load): \(mean), theory \(theory)")
    }
    let numbers = Golden.numbers(of: "sequence_sync", in: "thresholds")
    #expect(abs(SequenceNetwork.capacity(size: 1) - numbers["alpha_c"]!) < 1e-12)
  }

  @Test("Above the capacity the sequence is lost")
  func overload() {
    var generator = SeededGenerator(seed: 24)
    let patterns = PatternSet.random(count: 1400, size: 4000, using: &generator)
    let run = SequenceNetwork(storing: patterns).run(from: patterns[0], maxSteps: 20)
    #expect(abs(run.overlaps[20]) < 0.3)
  }

  @Test("A warm step has the probabilities of its fields")
  func warm() {
    var generator = SeededGenerator(seed: 25)
    let patterns = PatternSet.random(count: 2, size: 500, using: &generator)
    let network = SequenceNetwork(storing: patterns)
    // Every field is 1 and crosstalk of order M / N: P(follow) = 1 / (1 + exp(-2 / T)) on average.
    for dynamics in [Dynamics.parallelGlauber(temperature: 1), .glauber(temperature: 1)] {
      var followed = 0
      let twin = ReferenceSequence(patterns, pairs: [(0, 1), (1, 0)])
      var expected = 0.0
      for (i, field) in twin.fields(of: patterns[0]).enumerated() {
        let probability = logistic(2 * field / Double(500))
        expected += patterns[1][i] > 0 ? probability : 1 - probability
      }
      for _ in 0..<20 {
        let run = network.run(from: patterns[0], by: dynamics, maxSteps: 1, using: &generator)
        followed += 500 - run.state.distance(to: patterns[1])
      }
      let share = expected / 500
      #expect(
        abs(Double(followed) / 10_000 - share) < 4 * Binomial.deviation(share, of: 10_000))
    }
  }

  // MARK: - Delays

  @Test(
    "Delayed steps are the matrix's, parallel and site by site",
    arguments: [SequenceNetwork.Delay.exponential(time: 3.5), .step(time: 3)],
    [false, true])
  func delays(_ delay: SequenceNetwork.Delay, hasPast: Bool) {
    var generator = SeededGenerator(seed: 26)
    let patterns = PatternSet.random(count: 5, size: 65, using: &generator)
    var twin = ReferenceSequence(patterns, pairs: [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)])
    let network = SequenceNetwork(storing: patterns, delay: delay, strength: 1.7)
    let past = hasPast ? patterns[4] : nil
    for isParallel in [true, false] {
      twin.begin(delay, after: past)
      var walk = network.start(
        from: patterns[0], after: past, by: isParallel ? .synchronous : .asynchronous())
      var state = patterns[0]
      for _ in 0..<25 {
        let next = twin.delayedStep(state, strength: 1.7, isParallel: isParallel)
        let (changes, outcome) = walk.step()
        #expect(walk.state == next)
        #expect(changes == next.distance(to: state))
        #expect(outcome == nil)
        state = next
      }
    }
    // Visits in a list are the sweep's.
    let list = network.run(
      from: patterns[0], after: past, by: .asynchronous(order: .given(Array(0..<65))),
      maxSteps: 25)
    #expect(
      list.state
        == network.run(
          from: patterns[0], after: past, by: .asynchronous(), maxSteps: 25
        ).state)
  }

  @Test(
    "With a step delay patterns stay for tau (1 + 1 / lambda) / 2",
    arguments: [Dynamics.synchronous, .asynchronous(order: .permuted)], [1.5, 2, 4])
  func stepStays(by dynamics: Dynamics, strength: Double) {
    var generator = SeededGenerator(seed: 27)
    let (patterns, time) = (PatternSet.random(count: 4, size: 1500, using: &generator), 40)
    let network = SequenceNetwork(
      storing: patterns, delay: .step(time: time), strength: strength)
    let run = network.run(
      from: patterns[0], after: patterns[3], by: dynamics, maxSteps: 400, using: &generator)
    let expected = Double(time) * (1 + 1 / strength) / 2
    let stays = run.stays.dropLast()
    #expect(stays.count > 400 / 40)
    for (k, stay) in stays.enumerated() {
      #expect(stay.pattern == k % 4)
      // Crosstalk of the patterns, 1 / sqrt N each, and whole steps.
      #expect(abs(Double(stay.length) - expected) <= 3)
    }
    // From silence, the next pattern's drive alone builds up: lambda t / tau = 1.
    let silent = network.run(from: patterns[0], by: dynamics, maxSteps: 40, using: &generator)
    #expect(abs(Double(silent.stays[0].length) - Double(time) / strength) <= 3)
  }

  @Test(
    "With an exponential delay a pattern stays for tau (ln 2 - ln(1 - 1 / lambda)) after a long stay",
    arguments: [1.5, 2, 4])
  func exponentialStay(strength: Double) {
    var generator = SeededGenerator(seed: 28)
    let patterns = PatternSet.random(count: 4, size: 1500, using: &generator)
    let time = 40.0
    let network = SequenceNetwork(
      storing: patterns, delay: .exponential(time: time), strength: strength)
    let run = network.run(from: patterns[1], after: patterns[0], maxSteps: 150)
    let expected = time * ReferenceSequence.exponentialStay(strength: strength)
    #expect(run.stays[0].pattern == 1 && run.stays[1].pattern == 2)
    #expect(abs(Double(run.stays[0].length) - expected) <= 4)
    // From silence, the next pattern's drive alone builds up: lambda (1 - exp(-t / tau)) = 1.
    let silent = network.run(from: patterns[1], maxSteps: 150)
    let first = time * (ReferenceSequence.exponentialStay(strength: strength) - 0.6931471805599453)
    #expect(abs(Double(silent.stays[0].length) - first) <= 4)
  }

  @Test("Transitions of strength below one never leave a pattern")
  func weak() {
    var generator = SeededGenerator(seed: 29)
    let patterns = PatternSet.random(count: 4, size: 1000, using: &generator)
    let network = SequenceNetwork(storing: patterns, delay: .step(time: 5), strength: 0.8)
    #expect(network.run(from: patterns[2], maxSteps: 60).stays.map(\.pattern) == [2])
  }
  @Test("Sequences that name a pattern twice, or none, are a mistake") func mistakes() async {
    for order in [[[0, 1], [1, 2]], [[0, 9]]] {
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) { [order = order as [[Int]]] in
        var generator = SeededGenerator(seed: 1)
        let patterns = PatternSet.random(count: 3, size: 8, using: &generator)
        _ = SequenceNetwork(storing: patterns, sequences: order)
      }
      let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(message.contains(order.count == 2 ? "stands in sequence twice" : "no pattern 9"))
    }
  }
}
