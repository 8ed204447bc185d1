internal import HopfieldKernels

/// N spins, each +1 or -1: a memory, a cue or the state of a network.
///
///     var pattern = Pattern([1, -1, -1, 1])
///     pattern[2] = 1
///     print(pattern.overlap(with: -pattern))      // -1.0
///
/// One bit a spin, in words of 64: 1000 neurons take 125 bytes.
public struct Pattern: Hashable, Sendable {
  /// The number of spins, N.
  public let size: Int

  /// Spin i is +1 where bit i % 64 of word i / 64 is set; bits from N on are 0.
  package private(set) var words: [UInt64]

  /// All spins equal.
  public init(repeating spin: Int, size: Int) {
    Self.check(spin)
    precondition(size > 0 && size < 1 << 30, "\(size) spins, not 1 to 2^30 - 1")
    self.size = size
    words = [UInt64](repeating: spin > 0 ? .max : 0, count: (size + 63) / 64)
    clearPadding()
  }

  /// The pattern whose spin i is +1 where `isUp(i)`.
  public init(size: Int, where isUp: (Int) throws -> Bool) rethrows {
    self.init(repeating: -1, size: size)
    for i in 0..<size where try isUp(i) { words[i / 64] |= 1 << (i % 64) }
  }

  /// Spins from numbers: +1 where a number is positive, -1 elsewhere.
  ///
  /// So both -1/+1 and 0/1 serve.
  public init(_ values: some Collection<some SignedNumeric & Comparable>) {
    self.init(repeating: -1, size: values.count)
    for (i, value) in values.enumerated() where value > 0 { words[i / 64] |= 1 << (i % 64) }
  }

  /// The same from int8, as files have them: not generic, so that other modules get it at full speed.
  public init(_ values: [Int8]) { self.init(values[...]) }

  /// The same from a part of an array.
  public init(_ values: ArraySlice<Int8>) {
    self.init(repeating: -1, size: values.count)
    for word in words.indices {
      let first = values.startIndex + word * 64
      var bits: UInt64 = 0
      for k in 0..<min(64, values.endIndex - first) where values[first + k] > 0 { bits |= 1 << k }
      words[word] = bits
    }
  }

  /// The pattern with these words; bits from `size` on are ignored.
  package init(words: [UInt64], size: Int) {
    precondition(words.count == (size + 63) / 64, "\(words.count) words for \(size) spins")
    self.size = size
    self.words = words
    clearPadding()
  }

  private mutating func clearPadding() {
    if size % 64 != 0 { words[words.count - 1] &= (1 << UInt64(size % 64)) - 1 }
  }

  private static func check(_ spin: Int) {
    precondition(spin == 1 || spin == -1, "a spin is +1 or -1, not \(spin)")
  }

  /// Spin i, +1 or -1.
  public subscript(i: Int) -> Int {
    get {
      precondition(i >= 0 && i < size, "spin \(i) of \(size)")
      return words[i / 64] >> (i % 64) & 1 == 1 ? 1 : -1
    }
    set {
      precondition(i >= 0 && i < size, "spin \(i) of \(size)")
      Self.check(newValue)
      if newValue > 0 { words[i / 64] |= 1 << (i % 64) } else { words[i / 64] &= ~(1 << (i % 64)) }
    }
  }

  /// The spins as -1 and +1, site 0 first.
  public var spins: [Int8] {
    (0..<size).map { words[$0 / 64] >> ($0 % 64) & 1 == 1 ? 1 : -1 }
  }

  /// The number of spins that are +1.
  public var upCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Every spin reversed.
  public static prefix func - (pattern: Pattern) -> Pattern {
    Pattern(words: pattern.words.map(~), size: pattern.size)
  }
}

// MARK: - Families

extension Pattern {
  /// Independent spins, +1 and -1 alike: 64 spins a draw, lowest bit first.
  public static func random(
    size: Int, using generator: inout some RandomNumberGenerator
  ) -> Pattern {
    Pattern(words: generator.words((size + 63) / 64), size: size)
  }

  /// Independent spins of mean `bias`: +1 with probability (1 + bias) / 2.
  ///
  /// - Parameters:
  ///   - size: N.
  ///   - bias: from -1 (all down) to 1 (all up).
  ///   - generator: one draw a spin.
  public static func random(
    size: Int, bias: Double, using generator: inout some RandomNumberGenerator
  ) -> Pattern {
    precondition(bias >= -1 && bias <= 1, "a bias of \(bias), not -1 to 1")
    return Pattern(size: size) { _ in generator.unit() < (1 + bias) / 2 }
  }
}

extension RandomNumberGenerator {
  /// The next `count` numbers: `SeededGenerator` gives them all at once.
  mutating func words(_ count: Int) -> [UInt64] {
    guard var seeded = self as? SeededGenerator else { return (0..<count).map { _ in next() } }
    let words = seeded.numbers(count)
    seeded.skip(count)
    self = seeded as! Self
    return words
  }
}
