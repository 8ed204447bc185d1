/// What a recall starts from: a pattern, of which some sites may be unknown and some clamped.
///
///     let whole = Cue(damaged)
///     let upperHalf = Cue(digit, known: { $0 < 128 })               // the rest is filled in
///     let fixed = Cue(digit, known: { $0 < 128 }, clampingKnown: true)   // and the half stays
///
/// Unknown sites start at the sign of the field that the known ones exert; where that is zero, at
/// the pattern's own value. Clamped sites never move.
public struct Cue: Hashable, Sendable {
  /// The spins given; at unknown sites, what to fall back to.
  public let pattern: Pattern
  /// +1 at known sites; nil where all are known.
  public let known: Pattern?
  /// Whether the known sites are held.
  public let isClamped: Bool

  /// All sites known, none clamped.
  public init(_ pattern: Pattern) {
    self.pattern = pattern
    known = nil
    isClamped = false
  }

  /// The sites where `known` holds are known, and held if `clampingKnown`.
  public init(
    _ pattern: Pattern, known: (Int) throws -> Bool, clampingKnown: Bool = false
  ) rethrows {
    self.init(
      pattern, known: try Pattern(size: pattern.size, where: known), clampingKnown: clampingKnown)
  }

  /// The sites where `known` is +1 are known, and held if `clampingKnown`.
  public init(_ pattern: Pattern, known: Pattern, clampingKnown: Bool = false) {
    precondition(
      known.size == pattern.size, "a mask of \(known.size) sites for \(pattern.size) spins")
    self.pattern = pattern
    self.known = known
    isClamped = clampingKnown
  }

  /// The number of sites, N.
  public var size: Int { pattern.size }

  /// The known sites in ascending order.
  public var knownSites: [Int] {
    guard let known else { return Array(0..<size) }
    return (0..<size).filter { known[$0] > 0 }
  }

  /// The sites that never move, as words of bits, or nil where all may.
  package var frozenWords: [UInt64]? {
    guard isClamped else { return nil }
    return (known ?? Pattern(repeating: 1, size: size)).words
  }
}
