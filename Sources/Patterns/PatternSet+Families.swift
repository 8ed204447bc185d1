internal import HopfieldKernels

/// The families of random patterns that the literature measures memories with.
extension PatternSet {
  /// Independent, unbiased patterns: the family of Hopfield 1982 and of Amit, Gutfreund and
  /// Sompolinsky 1985.
  ///
  /// 64 spins a draw, pattern after pattern.
  ///
  /// - Complexity: O(N P); made 64 patterns at a time.
  public static func random(
    count: Int, size: Int, using generator: inout some RandomNumberGenerator
  ) -> PatternSet {
    var patterns = PatternSet(size: size, capacity: count)
    let words = (size + 63) / 64
    // The same draws as pattern by pattern, but some four times faster.
    for first in stride(from: 0, to: count, by: 64) {
      let rows = min(64, count - first)
      var drawn = generator.words(rows * words)
      if size % 64 != 0 {
        let padding = UInt64.max << UInt64(size % 64)
        for row in 1...rows { drawn[row * words - 1] &= ~padding }
      }
      patterns.append(words: drawn)
    }
    return patterns
  }

  /// Independent patterns of mean activity `bias`: each spin is +1 with probability
  /// (1 + bias) / 2, so that two patterns overlap by bias^2 on average.
  ///
  /// - Source: Amit, Gutfreund and Sompolinsky 1987, "Information storage in neural networks with
  ///   low levels of activity".
  public static func biased(
    count: Int, size: Int, bias: Double, using generator: inout some RandomNumberGenerator
  ) -> PatternSet {
    generate(count: count, size: size) { Pattern.random(size: size, bias: bias, using: &generator) }
  }

  /// Patterns around one random prototype: each spin agrees with the prototype's with probability
  /// (1 + sqrt(correlation)) / 2, so that two patterns overlap by `correlation` on average.
  ///
  /// - Source: Fontanari 1990 (examples of a concept), with b = sqrt(correlation).
  public static func correlated(
    count: Int, size: Int, correlation: Double, using generator: inout some RandomNumberGenerator
  ) -> PatternSet {
    precondition(correlation >= 0 && correlation <= 1, "a correlation of \(correlation)")
    let prototype = Pattern.random(size: size, using: &generator)
    return generate(count: count, size: size) {
      prototype.flipping(probability: (1 - correlation.squareRoot()) / 2, using: &generator)
    }
  }

  private static func generate(count: Int, size: Int, pattern: () -> Pattern) -> PatternSet {
    var patterns = PatternSet(size: size, capacity: count)
    for first in stride(from: 0, to: count, by: 16) {
      patterns.append((first..<min(first + 16, count)).map { _ in pattern() })
    }
    return patterns
  }
}
