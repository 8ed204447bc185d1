package import HopfieldKernels

/// P patterns of N spins in one buffer of bits: what a network stores.
///
///     var rng = SeededGenerator(seed: 1982)
///     var patterns = PatternSet.random(count: 60, size: 1_000, using: &rng)
///     let slot = patterns.insert(.random(size: 1_000, using: &rng))
///
/// The buffer is in the layout of the kernels (N P / 8 bytes, tiles of 32 neurons by 16 patterns):
/// overlaps, fields and flips all read it as it is, and no second copy exists. A pattern keeps its
/// index for good; removing one leaves an empty slot, which the next insertion takes.
public struct PatternSet: Sendable {
  /// The spins of each pattern, N.
  public let size: Int
  package private(set) var tiles: PatternTiles

  /// An empty set with room for `capacity` patterns.
  public init(size: Int, capacity: Int = 0) {
    self.size = size
    tiles = PatternTiles(neurons: size, capacity: capacity)
  }

  /// The patterns of a sequence, which all have the same size, in its order.
  public init(_ patterns: some Collection<Pattern>) {
    precondition(!patterns.isEmpty, "no pattern to take the size from: use init(size:)")
    self.init(size: patterns.first!.size, capacity: patterns.count)
    append(patterns)
  }

  /// Rows of `size` numbers, one pattern a row; positive is +1.
  ///
  /// - Complexity: O(N P), at the speed of memory.
  public init(rows: [Int8], size: Int) {
    precondition(
      size > 0 && rows.count % size == 0, "\(rows.count) spins are no rows of \(size)")
    self.init(size: size, capacity: rows.count / size)
    append(rows: rows)
  }

  /// The number of patterns, P; empty slots do not count.
  public var count: Int { tiles.count }
  public var isEmpty: Bool { count == 0 }

  /// The load alpha = P / N.
  public var load: Double { Double(count) / Double(size) }

  /// The indices of the patterns, ascending.
  public var indices: [Int] { (0..<tiles.slots).filter(tiles.isActive) }

  /// Whether slot `index` holds a pattern.
  public func contains(index: Int) -> Bool { tiles.isActive(index) }

  /// Pattern `index`.
  ///
  /// - Complexity: O(N).
  public subscript(index: Int) -> Pattern {
    Pattern(words: tiles.words(ofSlot: index), size: size)
  }

  /// Stores a pattern in the lowest empty slot and returns its index.
  ///
  /// - Complexity: O(N), amortised.
  @discardableResult
  public mutating func insert(_ pattern: Pattern) -> Int {
    precondition(pattern.size == size, "a pattern of \(pattern.size) spins, not \(size)")
    let slot = tiles.freeSlot
    tiles.set(slot: slot, to: pattern.words.span)
    return slot
  }

  /// Forgets pattern `index`; every other pattern keeps its index.
  ///
  /// - Complexity: O(N).
  public mutating func remove(at index: Int) {
    precondition(contains(index: index), "no pattern \(index)")
    tiles.set(slot: index, to: nil)
  }

  /// Stores many patterns at once: 16 at a time where no slot is empty.
  public mutating func append(_ patterns: some Collection<Pattern>) {
    for pattern in patterns {
      precondition(pattern.size == size, "a pattern of \(pattern.size) spins, not \(size)")
    }
    guard tiles.count == tiles.slots else {
      for pattern in patterns { insert(pattern) }
      return
    }
    append(words: patterns.flatMap(\.words))
  }

  /// Stores rows of `size` numbers where no slot is empty and no group partly filled.
  package mutating func append(rows: [Int8]) { tiles.append(spins: rows.span) }

  /// Stores rows of ceil(N / 64) words where no slot is empty.
  package mutating func append(words: [UInt64]) { tiles.append(words: words.span) }

  /// The overlap m of `state` with each pattern, by index; 0 for an empty slot.
  ///
  /// - Complexity: O(N P).
  public func overlaps(with state: Pattern) -> [Double] {
    precondition(state.size == size, "a state of \(state.size) spins, not \(size)")
    return tiles.overlaps(with: state.words.span, threads: Parallel.processors)
      .map { Double($0) / Double(size) }
  }

  /// The sign of a signed sum of an odd number of patterns: a mixture state (Amit, Gutfreund and
  /// Sompolinsky 1985).
  ///
  ///     let mixture = patterns.mixture(of: [(0, 1), (1, 1), (2, -1)])
  public func mixture(of parts: [(pattern: Int, sign: Int)]) -> Pattern {
    precondition(parts.count % 2 == 1, "a mixture of \(parts.count) patterns: not an odd number")
    return Pattern(
      words: majority(
        of: parts.map { tiles.words(ofSlot: $0.pattern) },
        reversed: parts.map { $0.sign < 0 ? .max : 0 }),
      size: size)
  }

  /// Calls `body` with every pattern in ascending order of index: 16 times cheaper than as many
  /// subscripts.
  public func forEach(_ body: (_ index: Int, Pattern) throws -> Void) rethrows {
    for group in 0..<tiles.groups {
      let rows = tiles.words(ofGroup: group)
      for slot in 0..<PatternTiles.slotsPerGroup {
        let index = group * PatternTiles.slotsPerGroup + slot
        guard contains(index: index) else { continue }
        let words = Array(rows[slot * tiles.words..<(slot + 1) * tiles.words])
        try body(index, Pattern(words: words, size: size))
      }
    }
  }
}

extension PatternSet: Equatable {
  public static func == (a: PatternSet, b: PatternSet) -> Bool {
    a.size == b.size && a.indices == b.indices && a.indices.allSatisfy { a[$0] == b[$0] }
  }
}

/// The bits that more than half of an odd number of rows have, 64 at a time; rows are turned by XOR with
/// `reversed`.
///
/// Counts are kept in binary, one word a digit; `start` is such that the highest digit is 1 exactly
/// where the count passes half.
private func majority(of rows: [[UInt64]], reversed: [UInt64]) -> [UInt64] {
  let digits = Int.bitWidth - rows.count.leadingZeroBitCount
  let start = (1 << (digits - 1)) - (rows.count + 1) / 2
  var counts = [UInt64](repeating: 0, count: digits)
  return rows[0].indices.map { word in
    for digit in 0..<digits { counts[digit] = start >> digit & 1 == 1 ? .max : 0 }
    for row in rows.indices {
      var carry = rows[row][word] ^ reversed[row]
      for digit in 0..<digits {
        (counts[digit], carry) = (counts[digit] ^ carry, counts[digit] & carry)
      }
    }
    return counts[digits - 1]
  }
}
