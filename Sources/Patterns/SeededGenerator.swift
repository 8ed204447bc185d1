/// A reproducible random number generator with numbered, independent streams: SplitMix64.
///
///     var rng = SeededGenerator(seed: 1982)
///     var third = SeededGenerator(seed: 1982, stream: 3)
///     let patterns = PatternSet.random(count: 60, size: 1_000, using: &rng)
///
/// The same seed gives the same numbers on every machine and in every version. Give each trial, cue
/// or thread its own stream, and results do not depend on who runs when.
///
/// - Complexity: O(1) a draw, and O(1) to reach any stream.
/// - Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators";
///   constants of Vigna's public-domain SplitMix64. Not for cryptography.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64
  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The generator whose initial state is `seed`.
  public init(seed: UInt64) { state = seed }

  /// Stream number `stream` of `seed`: its initial state is output `stream` (from 0) of the
  /// generator that `seed` starts.
  public init(seed: UInt64, stream: Int) {
    precondition(stream >= 0, "stream \(stream) is negative")
    var parent = SeededGenerator(seed: seed &+ UInt64(stream) &* Self.increment)
    state = parent.next()
  }

  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// The next `count` numbers.
  ///
  /// - Complexity: O(count), about a nanosecond each: no call for each of them.
  func numbers(_ count: Int) -> [UInt64] {
    (0..<count).map {
      Self.mixed(state &+ (UInt64(truncatingIfNeeded: $0) &+ 1) &* Self.increment)
    }
  }

  /// Leaves out the next `count` numbers.
  mutating func skip(_ count: Int) { state &+= UInt64(count) &* Self.increment }

  private static func mixed(_ state: UInt64) -> UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
