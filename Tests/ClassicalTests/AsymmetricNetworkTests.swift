import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Networks whose couplings need not be symmetric, state by state against explicit sums.
@Suite struct AsymmetricNetworkTests {
  /// A random matrix with thresholds, its values whole multiples of 1/16, so that nothing rounds and
  /// ties occur.
  struct Instance: CustomTestStringConvertible, Sendable {
    let size: Int
    let seed: UInt64
    var testDescription: String { "N = \(size), seed \(seed)" }

    static let all = [1, 3, 6, 7].flatMap { size in
      (0..<3).map { Instance(size: size, seed: UInt64(100 * size + $0)) }
    }

    func build(selfCoupling: Bool = false) -> (network: AsymmetricNetwork, twin: ReferenceNetwork) {
      var generator = SeededGenerator(seed: seed)
      var rows = (0..<size * size).map { _ in Float(Int(generator.next() % 9) - 4) / 16 }
      let thresholds = (0..<size).map { _ in Double(Int(generator.next() % 3) - 1) / 16 }
      let patterns = PatternSet.random(count: 2, size: size, using: &generator)
      let network = AsymmetricNetwork(
        storing: patterns, couplings: rows, thresholds: thresholds, selfCoupling: selfCoupling)
      if !selfCoupling { for i in 0..<size { rows[i * size + i] = 0 } }
      let couplings = (0..<size).map { i in (0..<size).map { Double(rows[i * size + $0]) } }
      return (network, ReferenceNetwork(couplings: couplings, thresholds: thresholds))
    }

    var states: [Pattern] { (0..<1 << size).map { Pattern(index: $0, size: size) } }
  }

  @Test("Fields and fixed points are the matrix's", arguments: Instance.all, [false, true])
  func statics(of instance: Instance, selfCoupling: Bool) {
    let (network, twin) = instance.build(selfCoupling: selfCoupling)
    for state in instance.states {
      #expect(network.localFields(at: state) == twin.fields(at: state))
      #expect(network.isFixedPoint(state) == twin.isFixedPoint(state))
    }
  }

  @Test("Parallel runs end in the cycles of enumeration, of any period", arguments: Instance.all)
  func parallel(of instance: Instance) {
    let (network, twin) = instance.build()
    let successors = instance.states.map { twin.step($0).index }
    for start in instance.states {
      let (transient, cycle) = ReferenceAttractor.orbit(of: start.index, under: successors)
      let run = network.run(from: start, by: .synchronous)
      #expect(run.state.index == cycle[0])
      if cycle.count == 1 {
        #expect(run.outcome == .fixedPoint)
        #expect(run.steps == transient + 1)
      } else {
        #expect(run.outcome == .cycle(period: cycle.count, transient: transient))
        #expect(run.steps == transient + cycle.count)
      }
      #expect(run.leaders.count == run.steps + 1)
    }
  }

  @Test("Sweeps are the matrix's, whether they settle or not", arguments: Instance.all)
  func sweeps(of instance: Instance) {
    let (network, twin) = instance.build()
    let orders = [nil, Array((0..<instance.size).reversed())]
    for start in instance.states {
      for order in orders {
        var expected = start
        var changes: [Int] = []
        repeat {
          changes.append(twin.visit(order ?? Array(0..<instance.size), &expected))
        } while changes.last! > 0 && changes.count < 20
        let run = network.run(
          from: start, by: .asynchronous(order: order.map(VisitOrder.given) ?? .sequential),
          maxSteps: 20)
        #expect(run.state == expected)
        #expect(run.changes == changes)
        #expect(run.outcome == (changes.last! == 0 ? .fixedPoint : .stepLimit))
      }
    }
  }

  @Test("A ring of N neurons turns: parallel updates have period N, sweeps come to rest")
  func ring() {
    let size = 9
    var rows = [Float](repeating: 0, count: size * size)
    for i in 0..<size { rows[i * size + (i + size - 1) % size] = 1 }
    let network = AsymmetricNetwork(storing: PatternSet(size: size), couplings: rows)
    let start = Pattern(size: size) { $0 == 4 }
    #expect(
      network.run(from: start, by: .synchronous).outcome == .cycle(period: size, transient: 0))
    let swept = network.run(from: start)
    #expect(swept.outcome == .fixedPoint)
    #expect(swept.leaders.isEmpty && swept.overlaps.isEmpty && swept.stays.isEmpty)
  }

  @Test("One that follows and one that flees never rest, one at a time either")
  func chase() {
    let network = AsymmetricNetwork(
      storing: PatternSet(size: 2), couplings: [0, 1, -1, 0])
    let run = network.run(from: Pattern([1, 1]), maxSteps: 50)
    #expect(run.outcome == .stepLimit)
    #expect(run.changes.allSatisfy { $0 > 0 })
    #expect(
      network.run(from: Pattern([1, 1]), by: .synchronous).outcome
        == .cycle(period: 4, transient: 0))
  }

  @Test("With symmetric couplings it is Hopfield's network")
  func symmetric() {
    var generator = SeededGenerator(seed: 11)
    // N a power of two: couplings are exact floats.
    let patterns = PatternSet.random(count: 9, size: 128, using: &generator)
    let hopfield = HopfieldNetwork(storing: patterns)
    let network = AsymmetricNetwork(
      storing: patterns, couplings: hopfield.couplings(as: Float.self))
    for dynamics in [Dynamics.asynchronous(), .synchronous, .asynchronous(order: .permuted)] {
      let cue = patterns[3].flipping(fraction: 0.2, using: &generator)
      var (one, other) = (generator, generator)
      let recall = hopfield.recall(from: Cue(cue), by: dynamics, using: &one)
      let run = network.run(from: cue, by: dynamics, using: &other)
      #expect(run.state == recall.state)
      #expect(run.changes == recall.changes)
      #expect(run.outcome == recall.outcome)
      #expect(run.overlaps == patterns.overlaps(with: recall.state))
      #expect(run.leaders.last?.pattern == 3)
    }
  }

  @Test("Signs of the sites gauge every run (Mattis)")
  func gauge() {
    var generator = SeededGenerator(seed: 12)
    let size = 70
    let rows = (0..<size * size).map { _ in Float(Golden.symmetric(&generator)) }
    let signs = Pattern.random(size: size, using: &generator)
    let gauged = (0..<size * size).map { k in
      rows[k] * Float(signs[k / size] * signs[k % size])
    }
    let none = PatternSet(size: size)
    let network = AsymmetricNetwork(storing: none, couplings: rows)
    let other = AsymmetricNetwork(storing: none, couplings: gauged)
    for dynamics in [Dynamics.asynchronous(), .synchronous] {
      let start = Pattern.random(size: size, using: &generator)
      let run = network.run(from: start, by: dynamics, maxSteps: 30)
      let same = other.run(from: start.gauged(by: signs), by: dynamics, maxSteps: 30)
      #expect(same.state == run.state.gauged(by: signs))
      #expect(same.changes == run.changes)
    }
  }

  @Test("Parallel heat bath comes to the law of its transition matrix")
  func warm() {
    var generator = SeededGenerator(seed: 13)
    let temperature = 0.8
    let couplings: [[Double]] = [[0, 1, -0.5], [-0.75, 0, 0.5], [0.25, 1, 0]]
    let twin = ReferenceNetwork(couplings: couplings)
    let network = AsymmetricNetwork(
      storing: PatternSet(size: 3), couplings: couplings.flatMap { $0.map(Float.init) })
    // P(s -> t) is a product over the sites of 1 / (1 + exp(-2 h t / T)).
    let matrix = (0..<8).map { s in
      let fields = twin.fields(at: Pattern(index: s, size: 3))
      return (0..<8).map { t in
        (0..<3).reduce(1.0) { p, i in
          let up = logistic(2 * fields[i] / temperature)
          return p * (t >> i & 1 == 1 ? up : 1 - up)
        }
      }
    }
    var law = [Double](repeating: 1.0 / 8, count: 8)
    for _ in 0..<200 {
      law = (0..<8).map { t in (0..<8).reduce(0) { $0 + law[$1] * matrix[$1][t] } }
    }
    var counts = [Int](repeating: 0, count: 8)
    var walk = network.start(
      from: Pattern(index: 0, size: 3), by: .parallelGlauber(temperature: temperature))
    for _ in 0..<4000 {
      // A few steps apart, states are independent.
      for _ in 0..<5 { _ = walk.step(using: &generator) }
      counts[walk.state.index] += 1
    }
    #expect(ChiSquare(counts: counts, law: law).p > 1e-3)
  }

  // MARK: - Dilution

  @Test("A neuron on C connections errs as Hebb's with C neighbours does: one step from a pattern")
  func dilutedStep() {
    var generator = SeededGenerator(seed: 14)
    let (size, connections, count) = (3000, 24, 8)
    let patterns = PatternSet.random(count: count, size: size, using: &generator)
    let network = AsymmetricNetwork(
      storing: patterns, connections: connections, using: &generator)
    // C xi h is C and a sum of C (P - 1) signs, as for C + 1 neurons of a full network.
    let expected = Binomial.unstableBit(size: connections + 1, count: count)
    let changed = patterns.indices.map {
      network.run(from: patterns[$0], by: .synchronous, maxSteps: 1).changes[0]
    }
    let share = Double(changed.reduce(0, +)) / Double(size * count)
    #expect(abs(share - expected) < 4 * Binomial.deviation(expected, of: size * count))
  }

  @Test("Diluted fields are sums over C inputs, and sweeps see the newest state")
  func dilutedSums() {
    var generator = SeededGenerator(seed: 15)
    let size = 40
    let patterns = PatternSet.random(count: 70, size: size, using: &generator)
    let network = AsymmetricNetwork(storing: patterns, connections: 5, using: &generator)
    // What neuron j does to the others shows when it is reversed.
    let up = Pattern(repeating: 1, size: size)
    let base = network.localFields(at: up)
    var couplings = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for j in 0..<size {
      let fields = network.localFields(at: up.flipping(sites: [j]))
      for i in 0..<size { couplings[i][j] = (base[i] - fields[i]) / 2 }
    }
    let full = HopfieldNetwork(storing: patterns).couplings(as: Double.self)
    for i in 0..<size {
      // Sums of 70 signs may be zero: at most five are not.
      let connected = couplings[i].indices.filter { abs(couplings[i][$0]) > 1e-9 }
      #expect(connected.count <= 5 && !connected.contains(i))
      for j in connected {
        #expect(abs(couplings[i][j] - full[i * size + j] * Double(size) / 5) < 1e-12)
      }
    }
    let twin = ReferenceNetwork(couplings: couplings)
    let start = Pattern.random(size: size, using: &generator)
    var expected = start
    let changes = (0..<4).map { _ in twin.visit(Array(0..<size), &expected) }
    let run = network.run(from: start, maxSteps: 4)
    #expect(Array(run.changes.prefix(4)) == Array(changes.prefix(run.steps)))
    #expect(run.state == expected)
  }

  @Test("Diluted overlaps follow the curve of Derrida, Gardner and Zippelius")
  func dilution() {
    var generator = SeededGenerator(seed: 16)
    let rows = Golden.rows("rows", of: "diluted_DGZ", in: "thresholds")
    let row = rows.first { $0["alpha"] == 0.3 && $0["T"] == 0 }!
    let patterns = PatternSet.random(count: 18, size: 3000, using: &generator)
    let network = AsymmetricNetwork(storing: patterns, connections: 60, using: &generator)
    let run = network.run(from: patterns[0], by: .synchronous, maxSteps: 4)
    // C and N are finite: loops of connections close within these steps.
    #expect(abs(run.overlaps[0] - row["m"]!) < 0.03)
  }
}
