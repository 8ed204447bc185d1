import HopfieldEnergy
import Testing

@Suite struct IdentityTests {
  /// The identity of a state of 100 spins with these overlaps, by default no mixture of anything.
  private func identity(
    _ overlaps: [Int32], size: Int = 100, empty: Set<Int> = [],
    agreement: ([Identity.Part]) -> Int = { _ in 0 }
  ) -> Identity {
    Identity(
      overlaps: overlaps, size: size, isStored: { !empty.contains($0) }, agreement: agreement)
  }

  @Test("An overlap of 0.9 is stored, just below is not; N is exact")
  func stored() {
    let close = identity([0, 90, -20])
    #expect(close.kind == .stored)
    #expect(close.match == .init(pattern: 1, weight: 0.9))
    #expect(!close.isExact && close.parts.isEmpty)
    #expect(identity([0, 88, -20]).kind == .other)
    #expect(identity([4, 100]).isExact)
    #expect(identity([9], size: 10).kind == .stored)
    #expect(identity([899], size: 999).kind == .other)
  }

  @Test("An overlap of -0.9 is reversed, and never exact")
  func reversed() {
    let exact = identity([10, -100])
    #expect(exact.kind == .reversed)
    #expect(exact.match == .init(pattern: 1, weight: -1))
    #expect(!exact.isExact)
    #expect(identity([-90]).kind == .reversed)
    #expect(identity([-88]).kind == .other)
  }

  @Test("The largest |overlap| matches, the lowest index among equals, empty slots never")
  func match() {
    #expect(identity([10, -50, 50, 20]).match == .init(pattern: 1, weight: -0.5))
    #expect(identity([0, 0, 0]).match == .init(pattern: 0, weight: 0))
    #expect(identity([0, 0, 0], empty: [0]).match?.pattern == 1)
    #expect(identity([0, -3, 2], empty: [1]).match?.pattern == 2)
  }

  @Test("Nothing stored: other, with no match")
  func empty() {
    for overlaps in [[], [0, 0]] as [[Int32]] {
      let identity = identity(overlaps, empty: [0, 1])
      #expect(identity.kind == .other && identity.match == nil && !identity.isExact)
    }
  }

  @Test("A mixture is asked of the 3, then 5, then 7 patterns of largest |overlap|, with signs")
  func mixtures() {
    let overlaps: [Int32] = [5, -50, 49, 0, 50, -30, 31, 6, 7]
    var asked: [[Int]] = []
    let none = identity(overlaps) { parts in
      asked.append(parts.map { $0.pattern * Int($0.weight) })
      return 94
    }
    #expect(none.kind == .other && none.parts.isEmpty)
    #expect(asked == [[-1, 4, 2], [-1, 4, 2, 6, -5], [-1, 4, 2, 6, -5, 8, 7]])

    let five = identity(overlaps) { $0.count == 5 ? 95 : 94 }
    #expect(five.kind == .mixture)
    #expect(five.parts.map(\.pattern) == [1, 4, 2, 6, 5])
    #expect(five.parts.map(\.weight) == [-1, 1, 1, 1, -1])
    #expect(five.match == .init(pattern: 1, weight: -0.5))
  }

  @Test("Agreement is at least 95 % of the sites, in whole sites")
  func agreement() {
    for (size, least) in [(100, 95), (10, 10), (19, 19), (20, 19), (21, 20), (256, 244)] {
      let overlaps = [Int32](repeating: 1, count: 3)
      #expect(identity(overlaps, size: size) { _ in least }.kind == .mixture, "N = \(size)")
      #expect(identity(overlaps, size: size) { _ in least - 1 }.kind == .other, "N = \(size)")
    }
  }

  @Test("Too few patterns are never asked for a mixture of more")
  func few() {
    #expect(identity([50, 50]) { _ in 100 }.kind == .other)
    #expect(identity([50, 50, 40, 30]) { $0.count == 3 ? 0 : 100 }.kind == .other)
  }
}
