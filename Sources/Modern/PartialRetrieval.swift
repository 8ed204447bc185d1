internal import HopfieldKernels

/// A softmax retrieval from some of the memories: it merges with those from the others, exactly.
///
///     var all = PartialRetrieval(dimension: 128)
///     for shard in shards { all.merge(shard.partialRetrievals([query])[0]) }
///     print(all.result)                              // as if all memories were in one network
///
/// With scores z (in units of log 2) and values v, it holds
///
///     maximum ≥ max z,   sum = Σ 2^{z − maximum},   vector = Σ 2^{z − maximum} v
///
/// Maxima are whole numbers, so that rescaling rounds nothing. The same merge joins the parts of one
/// pass, threads and machines. Merging is associative and commutative but for the rounding of sums.
///
/// - Source: Milakov and Gimelshein 2018 (online softmax); Rabe and Staats 2021.
public struct PartialRetrieval: Equatable, Sendable {
  /// A whole number that no score passes, in units of log 2; hugely negative for no memory.
  public private(set) var maximum: Double
  /// Σ 2^{z − maximum}.
  public private(set) var sum: Double
  /// Σ 2^{z − maximum} v.
  public private(set) var vector: [Double]

  /// The retrieval from no memory: merging it changes nothing.
  public init(dimension: Int) {
    self.init(
      maximum: -.greatestFiniteMagnitude, sum: 0, vector: [Double](repeating: 0, count: dimension))
  }

  /// The parts as another process sent them.
  public init(maximum: Double, sum: Double, vector: [Double]) {
    self.maximum = maximum
    self.sum = sum
    self.vector = vector
  }

  /// Joins the retrieval from other memories to this one.
  public mutating func merge(_ other: PartialRetrieval) {
    precondition(
      vector.count == other.vector.count,
      "a retrieval of \(vector.count) coordinates meets one of \(other.vector.count)")
    guard other.sum > 0 else { return }
    guard sum > 0 else {
      self = other
      return
    }
    let top = max(maximum, other.maximum)
    let (mine, theirs) = (power(2, maximum - top), power(2, other.maximum - top))
    maximum = top
    sum = sum * mine + other.sum * theirs
    vector = zip(vector, other.vector).map { $0 * mine + $1 * theirs }
  }

  /// The retrieval as it stands: Σ p v; zeros where no memory has any weight.
  public var result: [Double] { sum > 0 ? vector.map { $0 / sum } : vector }
}
