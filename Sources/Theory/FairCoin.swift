#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// The tosses of a fair coin: single probabilities and tails, accurate for any number of tosses.
///
///     let tail = FairCoin.probability(ofAtLeast: 60, tosses: 100)
///
/// A sum of ±1 with no bias is such a count, and so is half of Cover's count of dichotomies.
enum FairCoin {
  /// ln of the probability of exactly `heads` in `tosses`.
  ///
  /// Through Loader's saddle point: ln n! differs from Stirling's formula by a small number, so that
  /// nothing large cancels, as ln n! − ln k! − ln (n − k)! would (that loses six digits at n = 10⁹).
  ///
  /// - Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.
  static func logProbability(of heads: Int, tosses: Int) -> Double {
    precondition(tosses >= 0, "\(tosses) tosses")
    guard heads >= 0, heads <= tosses else { return -.infinity }
    let n = Double(tosses)
    guard heads > 0, heads < tosses else { return -n * ln2 }
    let k = Double(heads)
    let rest = Double(tosses - heads)
    let corrections = stirlingError(tosses) - stirlingError(heads) - stirlingError(tosses - heads)
    let excess = Double(2 * heads - tosses) / 2
    let deviances = deviance(k, excess: excess) + deviance(rest, excess: -excess)
    return corrections - deviances + 0.5 * log(n / (2 * .pi * k * rest))
  }

  /// The probability of at least `heads` in `tosses`.
  ///
  /// - Complexity: O(√tosses): the terms fall like those of a normal law.
  static func probability(ofAtLeast heads: Int, tosses: Int) -> Double {
    if heads <= 0 { return 1 }
    if heads > tosses { return 0 }
    // In the upper half the terms fall from the first one on.
    if 2 * heads <= tosses { return 1 - probability(ofAtLeast: tosses - heads + 1, tosses: tosses) }
    var term = 1.0
    var sum = 1.0
    var k = heads
    while k < tosses, term > 1e-18 * sum {
      term *= Double(tosses - k) / Double(k + 1)
      sum += term
      k += 1
    }
    return exp(logProbability(of: heads, tosses: tosses) + log(sum))
  }

  /// x ln(x/μ) + μ − x with μ = x − excess, without cancellation where x is close to μ.
  private static func deviance(_ x: Double, excess: Double) -> Double {
    let mean = x - excess
    guard abs(excess) < 0.1 * (x + mean) else { return x * log(x / mean) - excess }
    let v = excess / (x + mean)
    var sum = excess * v
    var power = 2 * x * v
    for j in 1...60 {
      power *= v * v
      let next = sum + power / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// ln n! − ln(√(2πn) (n/e)ⁿ) for n > 0.
  private static func stirlingError(_ count: Int) -> Double {
    let n = Double(count)
    guard count > 15 else {
      let factorial = (1...count).reduce(1.0) { $0 * Double($1) }
      return log(factorial) - (n + 0.5) * log(n) + n - 0.5 * log(2 * .pi)
    }
    let square = n * n
    let tail = 1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188 - 691.0 / 360360 / square) / square) / square
    return (1.0 / 12 - (1.0 / 360 - tail / square) / square) / n
  }

  private static let ln2 = 0.6931471805599453
}
