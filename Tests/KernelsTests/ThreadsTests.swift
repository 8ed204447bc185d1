import HopfieldKernels
import HopfieldPatterns
import Testing

/// Results do not depend on the number of threads, where the work is large enough to divide.
@Suite struct ThreadsTests {
  /// Enough for `Parallel.worthwhile`, and no multiple of a block or a word.
  private static let neurons = 32_801
  private static let patterns = 1025

  @Test("Overlaps, fields, Gram rows and parallel steps are the same on 1, 2 and 3 threads")
  func threads() {
    var generator = SeededGenerator(seed: 8)
    let set = PatternSet.random(count: Self.patterns, size: Self.neurons, using: &generator)
    let state = Pattern.random(size: Self.neurons, using: &generator)
    let tiles = set.tiles
    #expect(tiles.neurons * tiles.slots >= Parallel.worthwhile)

    let overlaps = tiles.overlaps(with: state.words.span, threads: 1)
    for slot in [0, 511, Self.patterns - 1] {
      #expect(Int(overlaps[slot]) == set[slot].dot(state))
    }
    let tables = FieldTables(for: tiles)
    tables.prepare(tiles, overlaps: overlaps)
    let fields = tiles.fields(tables, threads: 1)
    let gram = tiles.gram(of: 77, threads: 1)
    let rule = FieldRule(selfTerm: tiles.count)
    var next = state.words
    let changed = tiles.step(
      tables, rule: rule, noise: nil, state: state.words, next: &next, threads: 1)
    #expect(changed > 0)
    for neuron in [0, 16_400, Self.neurons - 1] {
      #expect(fields[neuron] == tiles.field(of: neuron, overlaps: overlaps))
    }

    for threads in [2, 3] {
      #expect(tiles.overlaps(with: state.words.span, threads: threads) == overlaps)
      #expect(tiles.fields(tables, threads: threads) == fields)
      #expect(tiles.gram(of: 77, threads: threads) == gram)
      var other = state.words
      let count = tiles.step(
        tables, rule: rule, noise: nil, state: state.words, next: &other, threads: threads)
      #expect(count == changed)
      #expect(other == next)
    }
  }

  @Test("Ranges cover everything once, start at the multiple, and are one a thread at most")
  func ranges() {
    for count in [0, 1, 2, 3, 7, 64, 101] {
      for multiple in [1, 2, 16] {
        for threads in [1, 2, 3, 8] {
          let slots = Slots<Range<Int>>(count: threads)
          for part in 0..<threads { slots[part] = 0..<0 }
          Parallel.forEachRange(of: count, multiple: multiple, threads: threads) {
            slots[$0] = $1
          }
          let ranges = slots.all.filter { !$0.isEmpty }
          #expect(ranges.flatMap { Array($0) } == Array(0..<count))
          #expect(ranges.allSatisfy { $0.lowerBound % multiple == 0 })
        }
      }
    }
  }

  @Test("Every part is done once, on any number of threads, and progress counts them one by one")
  func parts() {
    for threads in [1, 2, 3, 64] {
      var seen: [Int] = []
      let slots = Slots<Int>(count: 50) { seen.append($0) }
      Parallel.forEach(50, threads: threads) { slots[$0] = $0 * $0 }
      #expect(slots.all == (0..<50).map { $0 * $0 })
      #expect(seen == Array(1...50))
    }
  }
}
