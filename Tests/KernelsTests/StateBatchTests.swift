import HopfieldKernels
import Testing

/// Batches step as their states do alone, and know when a state has returned.
@Suite struct StateBatchTests {
  @Test("A batch of states steps as plain sums have each of them step", arguments: sizes)
  func steps(neurons: Int) {
    StateBatchTwin(neurons: neurons, patterns: max(1, neurons / 9)).walk()
  }

  static let sizes = [1, 63, 64, 65, 600]
}

/// A batch beside single steps with fields from sums in plain Swift.
private struct StateBatchTwin {
  let neurons: Int
  let rows: [[Int8]]
  let states: [[Int8]]

  init(neurons: Int, patterns: Int) {
    self.neurons = neurons
    var seed: UInt64 = 1982
    func spin() -> Int8 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return seed >> 40 & 1 == 0 ? -1 : 1
    }
    let rows = (0..<patterns).map { _ in (0..<neurons).map { _ in spin() } }
    self.rows = rows
    // Patterns with every ninth spin drawn anew, and a state like none of them.
    states =
      (0..<4).map { k in rows[k % patterns].enumerated().map { $0 % 9 == 0 ? spin() : $1 } }
      + [(0..<neurons).map { _ in spin() }]
  }

  private func words(_ spins: [Int8]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (neurons + 63) / 64)
    for (i, spin) in spins.enumerated() where spin > 0 { words[i / 64] |= 1 << (i % 64) }
    return words
  }

  func walk() {
    var tiles = PatternTiles(neurons: neurons, capacity: rows.count)
    let spins = rows.flatMap { $0 }
    tiles.append(spins: spins.span)
    // The second state holds its first spins.
    let held = words((0..<neurons).map { $0 < neurons / 3 ? 1 : -1 })
    let batch = StateBatch(
      tiles, selfTerm: rows.count, scaledThresholds: nil, states: states.map(words),
      frozen: states.indices.map { $0 == 1 ? held : nil }, threads: 2)
    var histories = states.map { [$0] }
    for _ in 0..<8 {
      let changed = batch.step(Array(states.indices), threads: 2)
      for k in states.indices {
        let old = histories[k].last!
        let overlaps = rows.map { row in zip(row, old).reduce(0) { $0 + Int($1.0) * Int($1.1) } }
        var fields = old.map { -rows.count * Int($0) }
        for (row, overlap) in zip(rows, overlaps) {
          for i in 0..<neurons { fields[i] += Int(row[i]) * overlap }
        }
        let new = zip(fields, old).enumerated().map { i, pair -> Int8 in
          if k == 1 && i < neurons / 3 || pair.0 == 0 { return pair.1 }
          return pair.0 > 0 ? 1 : -1
        }
        histories[k].append(new)
        #expect(batch.words(of: k) == words(new))
        #expect(changed[k] == zip(old, new).count { $0 != $1 })
        let moved = rows.map { row in zip(row, new).reduce(0) { $0 + Int($1.0) * Int($1.1) } }
        #expect(batch.overlaps(of: k).prefix(rows.count).map(Int.init) == moved)
        #expect(batch.squares[k] == moved.reduce(0) { $0 + $1 * $1 })
        let isBack = histories[k].count > 2 && histories[k].suffix(3).first == new
        #expect(batch.hasReturned(k) == isBack)
      }
    }
  }
}
