public import HopfieldEnergy
public import HopfieldPatterns

/// What a state is: stored, reversed, a mixture, or none of these.
extension HopfieldNetwork {
  /// What `state` is among the stored patterns.
  ///
  ///     print(network.identity(of: recall.state).kind)      // stored
  ///
  /// - Complexity: O(N P).
  public func identity(of state: Pattern) -> Identity {
    identity(of: state, overlaps: engine(at: state).overlaps)
  }

  /// The same from integer overlaps; O(P + N).
  func identity(of state: Pattern, overlaps: [Int32]) -> Identity {
    let ranked = largest(7, of: overlaps)
    guard let best = ranked.first else { return Identity(kind: .other, match: nil, isExact: false) }
    let overlap = Double(overlaps[best]) / Double(size)
    let match = Identity.Part(pattern: best, weight: overlap)
    if overlap >= 0.9 {
      return Identity(kind: .stored, match: match, isExact: Int(overlaps[best]) == size)
    }
    if overlap <= -0.9 { return Identity(kind: .reversed, match: match, isExact: false) }
    let signed = ranked.map { Identity.Part(pattern: $0, weight: overlaps[$0] < 0 ? -1 : 1) }
    for count in [3, 5, 7] where count <= signed.count {
      let parts = Array(signed.prefix(count))
      // At least 95 %, in integers.
      if 100 * (size - mixture(of: parts).distance(to: state)) >= 95 * size {
        return Identity(kind: .mixture, match: match, isExact: false, parts: parts)
      }
    }
    return Identity(kind: .other, match: match, isExact: false)
  }

  /// sgn of the signed sum of an odd number of patterns (Amit, Gutfreund and Sompolinsky 1985).
  func mixture(of parts: [Identity.Part]) -> Pattern {
    let signed = parts.map { $0.weight < 0 ? -patterns[$0.pattern] : patterns[$0.pattern] }
    return Pattern(size: size) { i in signed.reduce(0) { $0 + $1[i] } > 0 }
  }

  /// The `count` patterns of largest |overlap|, the largest first and the lower index among equals.
  private func largest(_ count: Int, of overlaps: [Int32]) -> [Int] {
    var ranked: [Int] = []
    for (index, overlap) in overlaps.enumerated() {
      let isSmaller = ranked.count == count && overlap.magnitude <= overlaps[ranked.last!].magnitude
      guard !isSmaller, patterns.contains(index: index) else { continue }
      let place = ranked.firstIndex { overlaps[$0].magnitude < overlap.magnitude } ?? ranked.count
      ranked.insert(index, at: place)
      if ranked.count > count { ranked.removeLast() }
    }
    return ranked
  }
}
