internal import HopfieldKernels

/// Classification of states of spins, by the integer overlaps M = sum_i xi_i s_i.
extension Identity {
  /// What a state is among spin patterns, in this order: stored (m >= 0.9), reversed (m <= -0.9), a
  /// mixture of 3, 5 or 7 patterns, other.
  ///
  /// - Parameters:
  ///   - overlaps: M of every slot, in -size ... size.
  ///   - isStored: whether a slot holds a pattern.
  ///   - agreement: the number of sites on which the state equals the sign of the signed sum of
  ///     these patterns.
  package init(
    overlaps: [Int32], size: Int, isStored: (Int) -> Bool, agreement: ([Part]) -> Int
  ) {
    guard let best = Self.largest(1, of: overlaps, where: isStored).first else {
      self.init(kind: .other, match: nil, isExact: false)
      return
    }
    let overlap = Double(overlaps[best]) / Double(size)
    let match = Part(pattern: best, weight: overlap)
    if overlap >= 0.9 || overlap <= -0.9 {
      let isExact = Int(overlaps[best]) == size
      self.init(kind: overlap > 0 ? .stored : .reversed, match: match, isExact: isExact)
      return
    }
    let ranked = Self.largest(7, of: overlaps, where: isStored)
    let signed = ranked.map { Part(pattern: $0, weight: overlaps[$0] < 0 ? -1 : 1) }
    // At least 95 %, in integers.
    let parts = [3, 5, 7].lazy.filter { $0 <= signed.count }.map { Array(signed.prefix($0)) }
      .first { 100 * agreement($0) >= 95 * size }
    self.init(
      kind: parts == nil ? .other : .mixture, match: match, isExact: false, parts: parts ?? [])
  }

  /// The `count` slots of largest |overlap|, the largest first and the lower index among equals.
  private static func largest(
    _ count: Int, of overlaps: [Int32], where isStored: (Int) -> Bool
  ) -> [Int] {
    var ranked: [Int] = []
    var next = 0
    while next < overlaps.count {
      var index = next
      if ranked.count == count {
        let least = overlaps[ranked.last!].magnitude
        guard let larger = overlaps.nextIndex(from: next, above: least) else { break }
        index = larger
      }
      next = index + 1
      guard isStored(index) else { continue }
      let magnitude = overlaps[index].magnitude
      let place = ranked.firstIndex { overlaps[$0].magnitude < magnitude } ?? ranked.count
      ranked.insert(index, at: place)
      if ranked.count > count { ranked.removeLast() }
    }
    return ranked
  }
}
