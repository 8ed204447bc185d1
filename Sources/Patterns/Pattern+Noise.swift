internal import HopfieldKernels

/// Ways to damage a pattern: what a memory is asked to mend.
extension Pattern {
  /// Exactly `count` spins, drawn without repetition, reversed.
  ///
  ///     let cue = patterns[0].flipping(count: 200, using: &rng)
  ///
  /// - Complexity: O(N).
  public func flipping(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> Pattern {
    precondition(count >= 0 && count <= size, "\(count) flips of \(size) spins")
    return flipping(sites: generator.distinct(count, below: size).lazy.map(Int.init))
  }

  /// Exactly `fraction` of the spins, rounded half up, reversed; the overlap becomes 1 - 2 fraction.
  public func flipping(
    fraction: Double, using generator: inout some RandomNumberGenerator
  ) -> Pattern {
    precondition(fraction >= 0 && fraction <= 1, "a fraction of \(fraction), not 0 to 1")
    return flipping(count: Self.share(fraction, of: size), using: &generator)
  }

  /// `fraction` of the `known` spins, rounded half up, reversed; the others stay.
  public func flipping(
    fraction: Double, of known: [Int], using generator: inout some RandomNumberGenerator
  ) -> Pattern {
    precondition(fraction >= 0 && fraction <= 1, "a fraction of \(fraction), not 0 to 1")
    let chosen = generator.distinct(Self.share(fraction, of: known.count), below: known.count)
    return flipping(sites: chosen.lazy.map { known[Int($0)] })
  }

  /// Each spin reversed with the same probability, on its own.
  public func flipping(
    probability: Double, using generator: inout some RandomNumberGenerator
  ) -> Pattern {
    precondition(probability >= 0 && probability <= 1, "a probability of \(probability)")
    return flipping(sites: (0..<size).filter { _ in generator.unit() < probability })
  }

  /// The spins at `sites` reversed.
  public func flipping(sites: some Sequence<Int>) -> Pattern {
    var flipped = self
    for i in sites { flipped[i] = -flipped[i] }
    return flipped
  }

  /// The spins at `sites` set to `spin`: a masked region, an erased corner.
  public func masking(_ sites: some Sequence<Int>, with spin: Int = -1) -> Pattern {
    var masked = self
    for i in sites { masked[i] = spin }
    return masked
  }

  /// round-half-up(fraction x count).
  ///
  /// The tiny term mends products such as 0.15 * 10 whose exact value is a half and whose double
  /// falls short of it.
  package static func share(_ fraction: Double, of count: Int) -> Int {
    let exact = fraction * Double(count)
    return min(count, Int((exact + 0.5 + exact.ulp).rounded(.down)))
  }
}
