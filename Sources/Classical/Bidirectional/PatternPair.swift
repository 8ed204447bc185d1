public import HopfieldPatterns

/// The state of a bidirectional memory: one pattern on each layer.
public struct PatternPair: Hashable, Sendable {
  /// The layer of n neurons.
  public var x: Pattern
  /// The layer of m neurons.
  public var y: Pattern

  public init(x: Pattern, y: Pattern) {
    self.x = x
    self.y = y
  }
}
