import HopfieldKernels
import HopfieldPatterns
import Testing

@Suite(.serialized) struct DensePatternsTests {
  @Test("Overlaps from rows are sums over sites, at every level and odd size")
  func counted() {
    let before = InstructionSet.current
    defer { InstructionSet.current = before }
    for (neurons, patterns) in TiledPatterns.allSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 1)
      let state = twin.randomState()
      let expected = twin.overlaps(with: state)
      for level in InstructionSet.available {
        InstructionSet.current = level
        let dense = DensePatterns(twin.tiles, threads: 1)
        #expect(
          dense.overlaps(with: state.words, threads: 1) == expected,
          "\(level), N = \(neurons), P = \(patterns)")
      }
    }
  }

  @Test("A pattern's overlap with itself is N, with its reverse -N, past any run of rows")
  func extremes() {
    for neurons in [1, 64, 1023, 1024, 1025, 2048, 9000] {
      let up = Pattern(repeating: 1, size: neurons)
      var tiles = PatternTiles(neurons: neurons, capacity: 2)
      tiles.set(slot: 0, to: up.words.span)
      tiles.set(slot: 1, to: (-up).words.span)
      let overlaps = DensePatterns(tiles, threads: 1).overlaps(with: up.words, threads: 1)
      #expect(overlaps[0] == Int32(neurons))
      #expect(overlaps[1] == -Int32(neurons))
      #expect(overlaps[2...].allSatisfy { $0 == 0 })
    }
  }

  @Test("Threads count the same overlaps")
  func threads() {
    let (neurons, patterns) = (1024, 33_000)
    var generator = SeededGenerator(seed: 3)
    var tiles = PatternTiles(neurons: neurons, capacity: patterns)
    let words = (0..<patterns * tiles.words).map { _ in generator.next() }
    tiles.append(words: words.span)
    let state = Pattern.random(size: neurons, using: &generator)
    let expected = tiles.overlaps(with: state.words.span, threads: 1)
    for threads in 1...3 {
      let dense = DensePatterns(tiles, threads: threads)
      #expect(dense.overlaps(with: state.words, threads: threads) == expected)
    }
  }

  @Test("Tables of 128-bit integers are summed with their carries")
  func sums() {
    for neurons in [1, 64, 101] {
      var twin = TiledPatterns(neurons: neurons, patterns: 77, holes: true)
      let overlaps = twin.overlaps(with: twin.randomState())
      // (-1)^k (k + 1) (2^63 - 1) 2^50, in two words.
      var table: [UInt64] = []
      for k in 0...neurons {
        let value = entry(k)
        table.append(UInt64(truncatingIfNeeded: value))
        table.append(UInt64(truncatingIfNeeded: value >> 64))
      }
      var expected: Int128 = 0
      for overlap in overlaps { expected += entry((Int(overlap) + neurons) / 2) }
      let sum = DensePatterns(twin.tiles, threads: 1).sum(of: table, at: overlaps)
      #expect(sum == expected)
    }
  }

  private func entry(_ k: Int) -> Int128 {
    let size = Int128(k + 1) * Int128(Int.max) * Int128(1 << 50)
    return k % 2 == 0 ? size : -size
  }

  @Test("The next large overlap is found, or none")
  func ranking() {
    let overlaps = (0..<200).map { Int32($0 % 2 == 0 ? $0 : -$0) }
    #expect(overlaps.nextIndex(from: 0, above: 0) == 1)
    #expect(overlaps.nextIndex(from: 3, above: 2) == 3)
    #expect(overlaps.nextIndex(from: 0, above: 150) == 151)
    #expect(overlaps.nextIndex(from: 199, above: 198) == 199)
    #expect(overlaps.nextIndex(from: 0, above: 199) == nil)
    #expect([Int32]().nextIndex(from: 0, above: 0) == nil)
  }
}
