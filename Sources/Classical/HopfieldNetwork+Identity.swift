public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// What a state is: stored, reversed, a mixture, or none of these.
extension HopfieldNetwork {
  /// What `state` is among the stored patterns.
  ///
  ///     print(network.identity(of: recall.state).kind)      // stored
  ///
  /// - Complexity: O(N P).
  public func identity(of state: Pattern) -> Identity {
    identity(
      of: state,
      overlaps: patterns.tiles.overlaps(
        with: state.words.span, threads: Parallel.processors))
  }

  /// The same from integer overlaps; O(P + N).
  func identity(of state: Pattern, overlaps: [Int32]) -> Identity {
    Identity(overlaps: overlaps, size: size, isStored: patterns.contains) { parts in
      size - patterns.mixture(of: parts.map { ($0.pattern, Int($0.weight)) }).distance(to: state)
    }
  }
}
