import HopfieldPatterns
import TestSupport
import Testing

@Suite struct PatternSetTests {
  private static func states(_ count: Int, size: Int = 70) -> [Pattern] {
    Golden.patterns(seed: 31, count: count, size: size)
  }

  @Test(
    "A set gives its patterns back, from patterns, rows and insertions", arguments: [1, 16, 40])
  func filling(count: Int) {
    let states = Self.states(count)
    let set = PatternSet(states)
    var inserted = PatternSet(size: 70)
    for (index, state) in states.enumerated() { #expect(inserted.insert(state) == index) }
    let rows = PatternSet(rows: states.flatMap(\.spins), size: 70)
    #expect(set.count == count && set.indices == Array(0..<count))
    #expect(states.indices.allSatisfy { set[$0] == states[$0] })
    #expect(set == inserted && set == rows)
    #expect(set.load == Double(count) / 70)
  }

  @Test("Removing keeps every other index; the lowest empty slot is taken first")
  func slots() {
    let states = Self.states(40)
    var set = PatternSet(Array(states[..<35]))
    set.remove(at: 20)
    set.remove(at: 4)
    #expect(set.count == 33)
    #expect(!set.contains(index: 4) && set.contains(index: 5) && !set.contains(index: 35))
    #expect(set.indices == (0..<35).filter { $0 != 4 && $0 != 20 })
    #expect(set[34] == states[34])
    #expect(set.insert(states[35]) == 4)
    #expect(set.insert(states[36]) == 20)
    #expect(set.insert(states[37]) == 35)
    #expect(set[4] == states[35] && set[20] == states[36] && set[35] == states[37])
  }

  @Test("Appending fills empty slots first, in order")
  func appending() {
    let states = Self.states(30)
    var set = PatternSet(Array(states[..<16]))
    set.append(states[16..<20])
    #expect(set.indices == Array(0..<20))
    set.remove(at: 7)
    set.append(states[20..<23])
    #expect(set[7] == states[20] && set[20] == states[21] && set[21] == states[22])
    #expect(set.count == 22)
    set.append([])
    #expect(set.count == 22)
  }

  @Test("Removing all and storing again leaves the set as it was")
  func emptied() {
    let states = Self.states(20)
    var set = PatternSet(states)
    for index in set.indices { set.remove(at: index) }
    #expect(set.isEmpty && set.indices.isEmpty && set.load == 0)
    #expect(set.overlaps(with: states[0]).allSatisfy { $0 == 0 })
    for state in states { set.insert(state) }
    #expect(set == PatternSet(states))
  }

  @Test("Sets are equal with the same patterns at the same indices, whatever their history")
  func equality() {
    let states = Self.states(5)
    var a = PatternSet(states)
    var b = PatternSet(size: 70, capacity: 500)
    b.append(states)
    #expect(a == b)
    a.remove(at: 2)
    #expect(a != b)
    b.remove(at: 2)
    #expect(a == b)
    b.insert(-states[2])
    a.insert(states[2])
    #expect(a != b)
    #expect(PatternSet(size: 3) != PatternSet(size: 4))
    // What is left of a removed group does not count.
    var c = PatternSet(Array(states[..<1]))
    c.remove(at: 0)
    #expect(c == PatternSet(size: 70))
  }

  @Test("A copy does not follow the original")
  func copies() {
    let states = Self.states(4)
    let original = PatternSet(Array(states[..<3]))
    var copy = original
    copy.insert(states[3])
    copy.remove(at: 0)
    #expect(original == PatternSet(Array(states[..<3])))
    #expect(copy.indices == [1, 2, 3])
  }

  @Test("Every pattern is visited once, in order of index, empty slots skipped")
  func visiting() {
    let states = Self.states(40)
    var set = PatternSet(states)
    for index in [0, 15, 16, 39] { set.remove(at: index) }
    var seen: [Int] = []
    set.forEach { index, pattern in
      seen.append(index)
      #expect(pattern == states[index])
    }
    #expect(seen == set.indices)
  }

  @Test("Overlaps stand at their patterns' indices, zero at empty slots")
  func overlaps() {
    let states = Self.states(20)
    var set = PatternSet(states)
    set.remove(at: 3)
    let overlaps = set.overlaps(with: states[5])
    #expect(overlaps.count >= 20)
    for index in overlaps.indices {
      let expected = set.contains(index: index) ? states[index].overlap(with: states[5]) : 0
      #expect(overlaps[index] == expected)
    }
  }

  @Test("A mixture is the sign of a signed sum of an odd number of patterns")
  func mixture() {
    let states = Self.states(7, size: 100)
    let set = PatternSet(states)
    let parts = [(0, 1), (3, -1), (6, 1), (2, 5), (5, -1)].map { (pattern: $0.0, sign: $0.1) }
    let mixture = set.mixture(of: parts)
    for i in 0..<100 {
      let sum = states[0][i] - states[3][i] + states[6][i] + states[2][i] - states[5][i]
      #expect(mixture[i] == (sum > 0 ? 1 : -1))
    }
    #expect(set.mixture(of: [(2, -1)]) == -states[2])
  }
}
