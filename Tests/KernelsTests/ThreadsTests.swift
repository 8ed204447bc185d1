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

  @Test("Work within shared work, and of several tasks at once, is done once too")
  func nested() async {
    let rows = Slots<[Int]>(count: 20)
    Parallel.forEach(20, threads: 4) { row in
      let cells = Slots<Int>(count: 30)
      Parallel.forEach(30, threads: 4) { cells[$0] = 100 * row + $0 }
      rows[row] = cells.all
    }
    #expect(rows.all == (0..<20).map { row in (0..<30).map { 100 * row + $0 } })

    let sums = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          var sum = 0
          for round in 0..<200 {
            let slots = Slots<Int>(count: 7)
            Parallel.forEach(7, threads: 3) { slots[$0] = task + round * $0 }
            sum += slots.all.reduce(0, +)
          }
          return sum
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums.sorted() == (0..<8).map { 200 * 7 * $0 + 21 * 199 * 100 })
  }

  @Test("Shares cover everything once, shrink, and are multiples of the least")
  func shares() {
    for count in [0, 1, 4, 63, 64, 65, 1000] {
      for threads in [1, 2, 3, 8] {
        let shares = Parallel.shares(of: count, threads: threads, atLeast: 4, atMost: 64)
        let lengths = shares.map(\.count)
        #expect(shares.flatMap { Array($0) } == Array(0..<count))
        #expect(lengths == lengths.sorted(by: >))
        #expect(lengths.dropLast().allSatisfy { $0 % 4 == 0 && $0 <= 64 })
      }
    }
    // By hand: three tenths of 64 for each of two threads, three tenths of the rest, and so on.
    let shares = Parallel.shares(of: 64, threads: 2, atLeast: 4, atMost: 64)
    #expect(shares.map(\.count) == [20, 20, 8, 8, 4, 4])
  }
}
