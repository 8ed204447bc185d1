/// What a recalled state is among the patterns that were stored.
public struct Identity: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// A stored pattern, or close to one (overlap at least 0.9; modern: one weight above 0.5).
    case stored
    /// The reverse of a stored pattern (overlap at most -0.9), which has the same energy under
    /// Hebb's rule.
    case reversed
    /// The sign of an odd signed sum of 3, 5 or 7 patterns, on at least 95 % of the sites (Amit,
    /// Gutfreund and Sompolinsky 1985).
    case mixture
    /// Several memories share the weight (Ramsauer et al. 2021).
    case metastable
    /// None of these: a spin-glass state, or no fixed point at all.
    case other
  }

  /// A pattern and the sign or weight with which it takes part.
  public struct Part: Hashable, Sendable {
    public let pattern: Int
    public let weight: Double

    public init(pattern: Int, weight: Double) {
      self.pattern = pattern
      self.weight = weight
    }
  }

  public let kind: Kind
  /// The pattern that matches best, with its overlap (its sign kept) or similarity; nil where
  /// nothing is stored.
  public let match: Part?
  /// Whether the state equals the matching pattern.
  public let isExact: Bool
  /// Of a mixture, its patterns with signs +1 and -1; of a metastable state, the memories with
  /// their weights, the largest first.
  public let parts: [Part]

  public init(kind: Kind, match: Part?, isExact: Bool, parts: [Part] = []) {
    self.kind = kind
    self.match = match
    self.isExact = isExact
    self.parts = parts
  }
}
