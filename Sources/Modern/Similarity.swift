/// How alike a state and a memory are: the score before β.
///
///     let network = ModernHopfieldNetwork(storing: images, similarity: .negativeSquaredDistance)
///
/// A state ξ has similarities zᵢ with the memories xᵢ, and p = separation(β z). With
/// f(z) = [Ω*(βz) − Ω*(0)]/β, which for softmax is the logarithm of a mean of exponentials,
///
/// | similarity | zᵢ | energy | step |
/// |---|---|---|---|
/// | `dot` | xᵢ·ξ | −f + ½ ξ·ξ + ½ max \|x\|² (Ramsauer's, at least 0) | Σ pᵢ xᵢ |
/// | `cosine` | xᵢ·ξ / (\|xᵢ\| \|ξ\|) | −f | Σ pᵢ x̂ᵢ over its length, x̂ = x / \|x\| |
/// | `negativeSquaredDistance` | −½ \|xᵢ − ξ\|² | −f (the quadratic is inside) | Σ pᵢ xᵢ |
/// | `negativeManhattanDistance` | −Σ \|xᵢ − ξ\| | −f | none that descends: one-shot |
///
/// Which combinations descend, that is, whose `recall` never raises the energy (each step minimises a
/// bound that touches it: Ω* is convex and lies above its tangents), and which are for a
/// single `retrieve` only (Millidge et al. 2022):
///
/// | | softmax | softmaxOne | topK | sparsemax | entmax | normmax |
/// |---|---|---|---|---|---|---|
/// | dot | descends | descends | descends | descends | descends | descends |
/// | cosine | descends | descends | descends | descends | descends | descends |
/// | negativeSquaredDistance | descends | descends | descends | descends | descends | descends |
/// | negativeManhattanDistance | one-shot | one-shot | one-shot | one-shot | one-shot | one-shot |
///
/// The null memory of `softmaxOne` lies at the origin: its score is 0, and −½ |ξ|² or −Σ |ξ| under
/// the distances. Zero vectors have cosine similarity 0 with everything; where the cosine's step has
/// length 0, the state stays.
///
/// - Source: Ramsauer et al. 2021, eq. 2 (energy) and 3 (step); the others follow by the same
///   argument (concave-convex procedure; on the sphere, generalised power iteration).
public enum Similarity: String, CaseIterable, Hashable, Sendable {
  case dot
  case cosine
  case negativeSquaredDistance
  case negativeManhattanDistance

  /// Whether `recall` descends the energy: else only `retrieve` is defined.
  public var descends: Bool { self != .negativeManhattanDistance }
}
