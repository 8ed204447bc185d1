/// Draws from any generator, by algorithms that are ours: the standard library's may change, and
/// with them every seeded result.
extension RandomNumberGenerator {
  /// A uniform double in [0, 1): the top 53 bits of one draw.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A uniform index below `bound`: one draw modulo `bound`, biased by less than bound / 2^64.
  package mutating func index(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// `count` distinct indices below `bound`, the first steps of a Fisher-Yates shuffle.
  ///
  /// O(bound).
  package mutating func distinct(_ count: Int, below bound: Int) -> [UInt32] {
    precondition(count >= 0 && count <= bound, "\(count) distinct indices below \(bound)")
    var indices = (0..<UInt32(bound)).map { $0 }
    for j in 0..<count { indices.swapAt(j, j + index(below: bound - j)) }
    indices.removeLast(bound - count)
    return indices
  }
}
