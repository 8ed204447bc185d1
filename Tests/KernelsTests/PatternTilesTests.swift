import HopfieldKernels
import HopfieldPatterns
import Testing

@Suite struct PatternTilesTests {
  @Test("Patterns come out as they went in, from words and from spins, by slot and by group")
  func roundTrip() {
    for (neurons, patterns) in TiledPatterns.allSizes {
      let twin = TiledPatterns(neurons: neurons, patterns: patterns)
      let states = twin.rows.prefix(patterns).map { Pattern($0!) }
      var packed = PatternTiles(neurons: neurons, capacity: patterns)
      let spins = states.flatMap(\.spins)
      packed.append(spins: spins.span)
      #expect(packed.count == patterns && twin.tiles.count == patterns)
      for tiles in [twin.tiles, packed] {
        for slot in [0, patterns / 2, patterns - 1] {
          #expect(tiles.words(ofSlot: slot) == states[slot].words, "N = \(neurons), slot \(slot)")
        }
        var rows: [UInt64] = []
        for group in 0..<tiles.groups { rows += tiles.words(ofGroup: group) }
        #expect(rows.prefix(patterns * tiles.words).elementsEqual(states.flatMap(\.words)))
        #expect(rows.dropFirst(patterns * tiles.words).allSatisfy { $0 == 0 })
      }
    }
  }

  @Test("Spins from int8: positive is up, zero and negative are down")
  func signs() {
    var tiles = PatternTiles(neurons: 6, capacity: 0)
    let rows: [Int8] = [1, 0, -1, 127, -128, 5]
    tiles.append(spins: rows.span)
    #expect(tiles.words(ofSlot: 0) == [0b101001])
  }

  @Test("Sets grow one pattern at a time to any number, and to any capacity at once")
  func growth() {
    for neurons in [1, 33, 65] {
      var generator = SeededGenerator(seed: 5)
      let states = (0..<100).map { _ in Pattern.random(size: neurons, using: &generator) }
      for capacity in [0, 1, 16, 40, 1000] {
        var tiles = PatternTiles(neurons: neurons, capacity: capacity)
        for (slot, state) in states.enumerated() {
          #expect(tiles.freeSlot == slot)
          tiles.set(slot: slot, to: state.words.span)
        }
        #expect(tiles.count == 100 && tiles.slots == 112)
        #expect(states.indices.allSatisfy { tiles.words(ofSlot: $0) == states[$0].words })
      }
    }
  }

  @Test("Appending to full groups keeps what is there")
  func appending() {
    var generator = SeededGenerator(seed: 6)
    let states = (0..<55).map { _ in Pattern.random(size: 70, using: &generator) }
    var tiles = PatternTiles(neurons: 70, capacity: 0)
    let first = states[..<32].flatMap(\.words)
    let second = states[32...].flatMap(\.words)
    tiles.append(words: first.span)
    tiles.append(words: second.span)
    #expect(states.indices.allSatisfy { tiles.words(ofSlot: $0) == states[$0].words })
  }

  @Test("An emptied slot is the lowest free one, and its bits are gone")
  func holes() {
    var twin = TiledPatterns(neurons: 65, patterns: 40)
    twin.tiles.set(slot: 37, to: nil)
    twin.tiles.set(slot: 5, to: nil)
    #expect(twin.tiles.count == 38)
    #expect(twin.tiles.freeSlot == 5)
    #expect(!twin.tiles.isActive(5) && twin.tiles.isActive(6) && !twin.tiles.isActive(40))
    #expect(!twin.tiles.isActive(-1) && !twin.tiles.isActive(1000))
    #expect(twin.tiles.words(ofGroup: 0)[10..<12].allSatisfy { $0 == 0 })
    let state = twin.randomState()
    twin.tiles.set(slot: 5, to: state.words.span)
    twin.tiles.set(slot: 5, to: (-state).words.span)
    #expect(twin.tiles.count == 39 && twin.tiles.freeSlot == 37)
    #expect(twin.tiles.words(ofSlot: 5) == (-state).words)
  }

  @Test("Copies share nothing that can be seen: a change in one is not in the other")
  func copyOnWrite() {
    let original = TiledPatterns(neurons: 100, patterns: 20)
    var copy = original.tiles
    copy.set(slot: 3, to: nil)
    copy.set(slot: 4, to: Pattern(repeating: 1, size: 100).words.span)
    copy.set(slot: 20, to: Pattern(repeating: 1, size: 100).words.span)
    #expect(original.tiles.count == 20 && copy.count == 20)
    #expect(original.tiles.isActive(3) && !original.tiles.isActive(20))
    #expect(original.tiles.words(ofSlot: 3) == Pattern(original.rows[3]!).words)
    #expect(original.tiles.words(ofSlot: 4) == Pattern(original.rows[4]!).words)
    #expect(copy.words(ofSlot: 4) == Pattern(repeating: 1, size: 100).words)
  }

  @Test("No pattern at all: no slots, no overlaps, fields of zero")
  func empty() {
    let tiles = PatternTiles(neurons: 65, capacity: 0)
    #expect(tiles.count == 0 && tiles.slots == 0 && tiles.freeSlot == 0)
    let state = Pattern(repeating: 1, size: 65)
    #expect(tiles.overlaps(with: state.words.span, threads: 2).isEmpty)
    let tables = FieldTables(for: tiles)
    tables.prepare(tiles, overlaps: [])
    #expect(tiles.fields(tables, threads: 2) == [Int64](repeating: 0, count: 65))
    #expect(tiles.gram(of: 64, threads: 1) == [Int32](repeating: 0, count: 65))
  }
}
