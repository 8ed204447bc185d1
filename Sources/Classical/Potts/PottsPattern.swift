internal import HopfieldKernels

/// N spins of q states each, its *colours* 0 to q − 1: a memory, a cue or the state of a Potts network.
///
///     var pattern = PottsPattern.random(size: 1_000, colourCount: 3, using: &rng)
///     pattern[2] = 1
///     print(pattern.overlap(with: pattern))      // 1.0
///
/// One byte a spin.
public struct PottsPattern: Hashable, Sendable {
  /// The number of colours, q.
  public let colourCount: Int
  /// The colour of every spin, site 0 first.
  public private(set) var colours: [UInt8]

  /// The pattern of these colours, each below `colourCount`, which is 2 to 256.
  public init(_ colours: [UInt8], colourCount: Int) {
    precondition(colourCount >= 2 && colourCount <= 256, "\(colourCount) colours, not 2 to 256")
    precondition(
      colours.count > 0 && colours.count < 1 << 30, "\(colours.count) spins, not 1 to 2^30 - 1")
    let highest = colours.max()!
    precondition(highest < colourCount, "colour \(highest) of \(colourCount)")
    self.colourCount = colourCount
    self.colours = colours
  }

  /// Independent spins, all colours alike: one draw a spin.
  public static func random(
    size: Int, colourCount: Int, using generator: inout some RandomNumberGenerator
  ) -> PottsPattern {
    PottsPattern(
      (0..<size).map { _ in UInt8(generator.index(below: colourCount)) },
      colourCount: colourCount)
  }

  /// The number of spins, N.
  public var size: Int { colours.count }

  /// The colour of spin i, 0 to q − 1.
  public subscript(i: Int) -> Int {
    get { Int(colours[i]) }
    set {
      precondition(newValue >= 0 && newValue < colourCount, "colour \(newValue) of \(colourCount)")
      colours[i] = UInt8(newValue)
    }
  }

  /// The number of sites at which the two have the same colour.
  ///
  /// - Complexity: O(N).
  public func agreements(with other: PottsPattern) -> Int {
    precondition(
      size == other.size && colourCount == other.colourCount,
      "\(size) spins of \(colourCount) colours and \(other.size) of \(other.colourCount)")
    return zip(colours, other.colours).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
  }

  /// The overlap m = Σ_i u(sᵢ, tᵢ) / (N (q − 1)), u(a, b) = q δ_ab − 1: 1 for equal patterns, 0 on
  /// average for independent ones, −1 / (q − 1) where no site agrees (Kanter 1988).
  ///
  /// - Complexity: O(N).
  public func overlap(with other: PottsPattern) -> Double {
    Double(colourCount * agreements(with: other) - size) / Double(size * (colourCount - 1))
  }

  /// Exactly `count` spins, drawn without repetition, in another colour, all others alike.
  ///
  ///     let cue = patterns[0].recolouring(count: 200, using: &rng)
  ///
  /// - Complexity: O(N).
  public func recolouring(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> PottsPattern {
    precondition(count >= 0 && count <= size, "\(count) changes of \(size) spins")
    var pattern = self
    for site in generator.distinct(count, below: size) {
      let shift = 1 + generator.index(below: colourCount - 1)
      pattern[Int(site)] = (self[Int(site)] + shift) % colourCount
    }
    return pattern
  }
}
