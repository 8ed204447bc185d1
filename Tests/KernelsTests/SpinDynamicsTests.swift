import HopfieldKernels
import HopfieldPatterns
import Testing

/// Parallel steps, sweeps and visits, against the same decisions taken one by one.
@Suite struct SpinDynamicsTests {
  @Test("A parallel step decides every neuron from the old state")
  func step() {
    for (neurons, patterns) in TiledPatterns.moderateSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 1)
      let state = twin.randomState()
      let overlaps = twin.overlaps(with: state)
      let fields = twin.fields(overlaps)
      let tables = FieldTables(for: twin.tiles)
      tables.prepare(twin.tiles, overlaps: overlaps)
      for rule in twin.rules(visits: neurons) {
        let expected = Pattern(
          (0..<neurons).map { rule.decide(fields[$0], state[$0], neuron: $0, visit: $0) })
        var next = state.words
        let changed = twin.tiles.step(
          tables, rule: rule.rule, noise: rule.noise, state: state.words, next: &next, threads: 1)
        #expect(next == expected.words, "N = \(neurons), P = \(patterns)")
        #expect(changed == expected.distance(to: state))
      }
    }
  }

  @Test("A sweep decides neuron after neuron, and keeps overlaps and tables in step")
  func sweep() {
    for (neurons, patterns) in TiledPatterns.moderateSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 0)
      let start = twin.randomState()
      for rule in twin.rules(visits: neurons) {
        var expected = start
        var overlaps = twin.overlaps(with: start)
        let tables = FieldTables(for: twin.tiles)
        tables.prepare(twin.tiles, overlaps: overlaps)
        let flips = twin.visit(Array(0..<neurons), rule, &expected)

        var state = start.words
        let counted = twin.tiles.sweep(
          tables, rule: rule.rule, noise: rule.noise, state: &state, overlaps: &overlaps)
        #expect(state == expected.words, "N = \(neurons), P = \(patterns)")
        #expect(counted == flips)
        #expect(overlaps == twin.overlaps(with: expected))
        #expect(twin.tiles.fields(tables, threads: 1) == twin.fields(overlaps))
      }
    }
  }

  @Test("Visits in any order, with repetition, decide one neuron after another")
  func visit() {
    for (neurons, patterns) in TiledPatterns.moderateSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 1)
      let start = twin.randomState()
      let order = (0..<min(neurons, 150)).map { _ in Int(twin.generator.next() % UInt64(neurons)) }
      for rule in twin.rules(visits: order.count) {
        var expected = start
        let flips = twin.visit(order, rule, &expected)
        var state = start.words
        var overlaps = twin.overlaps(with: start)
        let counted = twin.tiles.visit(
          order.map(UInt32.init), rule: rule.rule, noise: rule.noise, state: &state,
          overlaps: &overlaps)
        #expect(state == expected.words, "N = \(neurons), P = \(patterns)")
        #expect(counted == flips)
        #expect(overlaps == twin.overlaps(with: expected))

        // The same from rows of bits.
        state = start.words
        overlaps = twin.overlaps(with: start)
        let again = DensePatterns(twin.tiles, threads: 1).visit(
          order.map(UInt32.init), rule: rule.rule, noise: rule.noise, state: &state,
          overlaps: &overlaps)
        #expect(state == expected.words, "N = \(neurons), P = \(patterns)")
        #expect(again == flips)
        #expect(overlaps == twin.overlaps(with: expected))
      }
    }
  }

  @Test("At zero field a spin stays, also where a threshold makes it zero")
  func ties() {
    var twin = TiledPatterns(neurons: 100, patterns: 2)
    let state = twin.randomState()
    let overlaps = twin.overlaps(with: state)
    let tables = FieldTables(for: twin.tiles)
    tables.prepare(twin.tiles, overlaps: overlaps)
    let rule = FieldRule(selfTerm: 0, scaledThresholds: twin.fields(overlaps).map(Double.init))
    var next = state.words
    let changed = twin.tiles.step(
      tables, rule: rule, noise: nil, state: state.words, next: &next, threads: 1)
    #expect(changed == 0)
    #expect(next == state.words)
  }

  @Test("Sweeps are right where overlaps need exceptions and digits")
  func largeOverlaps() {
    // Patterns near one prototype, more neurons than 13 bits: all overlaps are large.
    for (neurons, patterns) in [(9601, 20), (9601, 50), (33_001, 40)] {
      var twin = TiledPatterns(alike: patterns, neurons: neurons)
      var expected = twin.randomState().gauged(by: Pattern(twin.rows[0]!))
      for i in 0..<neurons where i % 16 != 0 { expected[i] = twin.rows[0]![i] }
      let start = expected
      let rule = NaiveRule(selfTerm: patterns)
      var overlaps = twin.tiles.overlaps(with: start.words.span, threads: 1)
      #expect(overlaps.filter { $0.magnitude >= 8192 }.count == patterns)
      let tables = FieldTables(for: twin.tiles)
      tables.prepare(twin.tiles, overlaps: overlaps)
      var state = start.words
      let counted = twin.tiles.sweep(
        tables, rule: rule.rule, noise: nil, state: &state, overlaps: &overlaps)
      #expect(counted == twin.visit(Array(0..<neurons), rule, &expected))
      #expect(counted > neurons / 50)
      #expect(state == expected.words)
      #expect(overlaps == twin.overlaps(with: expected))
    }
  }
}

extension TiledPatterns {
  /// Patterns that differ from the first on one site in 32.
  init(alike count: Int, neurons: Int) {
    self.init(neurons: neurons, patterns: 1)
    let prototype = Pattern(rows[0]!)
    for slot in 1..<count {
      let pattern = prototype.flipping(fraction: 1 / 32, using: &generator)
      tiles.set(slot: slot, to: pattern.words.span)
      let row = pattern.spins.map(Int.init)
      if slot < rows.count { rows[slot] = row } else { rows.append(row) }
    }
    rows += Array(repeating: nil, count: tiles.slots - rows.count)
  }

  /// With and without self term, thresholds, noise and frozen neurons.
  mutating func rules(visits: Int) -> [NaiveRule] {
    let thresholds = (0..<neurons).map { _ in Double(generator.next() % 9) - 4 }
    let noise = (0..<visits).map { _ in Double(generator.next() % 2001) / 100 - 10 }
    let count = tiles.count
    return [
      NaiveRule(selfTerm: count), NaiveRule(thresholds: thresholds),
      NaiveRule(selfTerm: count, frozen: randomMask()),
      NaiveRule(selfTerm: count, thresholds: thresholds, noise: noise, frozen: randomMask()),
    ]
  }

  /// Visits `order` one after another; returns the number of flips.
  func visit(_ order: [Int], _ rule: NaiveRule, _ state: inout Pattern) -> Int {
    var overlaps = self.overlaps(with: state)
    var flips = 0
    for (visit, neuron) in order.enumerated() {
      let spin = state[neuron]
      let new = rule.decide(field(of: neuron, overlaps), spin, neuron: neuron, visit: visit)
      guard new != spin else { continue }
      state[neuron] = new
      flips += 1
      for (slot, row) in rows.enumerated() {
        if let row { overlaps[slot] += Int32(2 * new * row[neuron]) }
      }
    }
    return flips
  }
}
