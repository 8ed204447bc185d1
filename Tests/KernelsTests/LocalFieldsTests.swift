import HopfieldKernels
import HopfieldPatterns
import Testing

@Suite struct LocalFieldsTests {
  @Test("Fields are sums of overlaps, for all neurons and for one")
  func fields() {
    for (neurons, patterns) in TiledPatterns.allSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 1)
      let overlaps = twin.overlaps(with: twin.randomState())
      let expected = twin.fields(overlaps)
      let tables = FieldTables(for: twin.tiles)
      tables.prepare(twin.tiles, overlaps: overlaps)
      #expect(
        twin.tiles.fields(tables, threads: 1) == expected, "N = \(neurons), P = \(patterns)")
      for neuron in Set([0, neurons / 2, neurons - 1]) {
        #expect(twin.tiles.field(of: neuron, overlaps: overlaps) == expected[neuron])
      }
    }
  }

  @Test("The Gram row of a neuron is N times its couplings, P on the diagonal")
  func gram() {
    for (neurons, patterns) in TiledPatterns.allSizes {
      let twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 0)
      for neuron in Set([0, neurons - 1]) {
        let gram = twin.tiles.gram(of: neuron, threads: 1)
        #expect(gram == twin.gram(of: neuron), "N = \(neurons), P = \(patterns)")
        #expect(gram[neuron] == Int32(twin.tiles.count))
      }
    }
  }

  @Test("Tables serve overlaps of any size: exceptions, two digits, three")
  func largeOverlaps() {
    for patterns in [1, 16, 17, 33, 100, 1000] {
      let twin = TiledPatterns(neurons: 65, patterns: patterns, holes: true)
      let tables = FieldTables(for: twin.tiles)
      for size in OverlapSize.allCases {
        let overlaps = twin.rows.enumerated().map { $1 == nil ? 0 : size.overlap(of: $0) }
        tables.prepare(twin.tiles, overlaps: overlaps)
        #expect(
          twin.tiles.fields(tables, threads: 1) == twin.fields(overlaps),
          "\(size), P = \(patterns)")
      }
    }
  }

  @Test("A net of many equal patterns of many neurons has fields N P, exactly")
  func alike() {
    for (neurons, patterns) in [(9001, 33), (40_000, 70), (70_001, 40)] {
      var generator = SeededGenerator(seed: 3)
      let pattern = Pattern.random(size: neurons, using: &generator)
      var tiles = PatternTiles(neurons: neurons, capacity: patterns)
      for slot in 0..<patterns { tiles.set(slot: slot, to: pattern.words.span) }
      let overlaps = tiles.overlaps(with: pattern.words.span, threads: 1)
      #expect(overlaps[..<patterns].allSatisfy { $0 == Int32(neurons) })
      let tables = FieldTables(for: tiles)
      tables.prepare(tiles, overlaps: overlaps)
      let expected = pattern.spins.map { Int64($0) * Int64(neurons) * Int64(patterns) }
      #expect(tiles.fields(tables, threads: 1) == expected)
      #expect(tiles.field(of: neurons - 1, overlaps: overlaps) == expected[neurons - 1])
    }
  }
}

/// Overlaps that call for one way or another of splitting them.
///
/// What the tables are prepared from need not be reachable by a state of so few neurons.
private enum OverlapSize: CaseIterable {
  case sixteenBits, oneSign, fewExceptions, allExceptions, twoDigits, threeDigits, extreme

  func overlap(of slot: Int) -> Int32 {
    switch self {
    case .sixteenBits: slot % 2 == 0 ? 8191 : -8191
    case .oneSign: 2047
    case .fewExceptions: slot % 40 == 3 ? 200_001 : Int32(slot % 90) - 45
    case .allExceptions: 8192 + Int32(slot)
    case .twoDigits: Int32(slot * 7919 % 2_000_003) - 1_000_000
    case .threeDigits: Int32(truncatingIfNeeded: slot &* 0x9E37_79B1) / 2
    case .extreme: slot % 3 == 0 ? 1 << 29 : -(1 << 29)
    }
  }
}
