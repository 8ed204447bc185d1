#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Whole patterns under Hebb's rule: how many of their bits one step flips, and how often none.
extension Capacity {
  /// The expected number of a stored pattern's bits that flip in the first step, exactly.
  ///
  ///     let wrong = Capacity.expectedWrongBits(patterns: 72, size: 1000)   // 0.0867
  ///
  /// - Complexity: O(√(N P)).
  public static func expectedWrongBits(
    patterns: Int, size: Int, selfCoupling: Bool = false
  ) -> Double {
    Double(size) * bitRates(patterns: patterns, size: size, selfCoupling: selfCoupling).error
  }

  /// The probability that a given stored pattern is a fixed point.
  ///
  ///     let share = Capacity.exactPatternProbability(patterns: 72, size: 1000)   // 0.9216
  ///
  /// Not (1 − P_error)^N, which is 0.9169 here: errors come in company, for a pattern that happens to
  /// be like others has more noise at all its bits. With λ wrong bits expected and γ the excess of
  /// pairs of wrong bits over λ², it is (1 + γλ)^(−1/γ), the chance of no event where the rate itself
  /// varies (as a gamma law). γ is −1/N for independent bits.
  ///
  /// λ is exact, γ a sum over the number of patterns that agree at both bits, with normal noise given
  /// that number. Within about 0.4 % of counts for 100 neurons, 0.2 % for 1000.
  ///
  /// - Complexity: O(√(N P)).
  public static func exactPatternProbability(
    patterns: Int, size: Int, selfCoupling: Bool = false
  ) -> Double {
    let wrong = expectedWrongBits(patterns: patterns, size: size, selfCoupling: selfCoupling)
    guard wrong > 0 else { return 1 }
    let pairs =
      Double(size) * Double(size - 1)
      * pairErrorRate(patterns: patterns, size: size, selfCoupling: selfCoupling)
    let excess = pairs / wrong / wrong - 1
    guard abs(excess) > 1e-9 else { return exp(-wrong) }
    return excess * wrong > -1 ? exp(-log1p(excess * wrong) / excess) : 0
  }

  /// The probability that two given bits both are wrong.
  ///
  /// Where n of the other patterns have, at the two bits, the two bits' own relation, and n' have not,
  /// the noises are n − n' + A ± B with A and B sums of n(N − 2) and of n'(N − 2) independent ±1.
  private static func pairErrorRate(patterns: Int, size: Int, selfCoupling: Bool) -> Double {
    let others = patterns - 1
    let signal = signal(patterns: patterns, size: size, selfCoupling: selfCoupling)
    // Sums move in steps of 2: the last one that is wrong lies 1 below the normal law's limit.
    let isTiePossible = ((size - 1) * others + signal) % 2 == 0
    let limit = signal + (isTiePossible ? 1 : 0)
    let reach = Int(4.5 * Double(others).squareRoot()) + 1
    // An eighth of a standard deviation is as good as every number: the terms are smooth.
    let step = max(1, Int(Double(others).squareRoot() / 16))
    var sum = 0.0
    for agreeing in stride(
      from: max(0, others / 2 - reach), through: min(others, others / 2 + reach), by: step)
    {
      let common = max((Double(agreeing) * Double(size - 2)).squareRoot(), 1e-9)
      let opposed = (Double(others - agreeing) * Double(size - 2)).squareRoot()
      let distance = Double(limit + 2 * agreeing - others)
      let both = Gaussian.average(step: 0, width: 0) { z, _ in
        Gaussian.distribution(-(distance + abs(opposed * z)) / common)
      }
      sum += exp(FairCoin.logProbability(of: agreeing, tosses: others)) * both
    }
    return sum * Double(step)
  }
}
