internal import HopfieldPatterns

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Pearson's test of counts against a law.
package struct ChiSquare: Sendable {
  package private(set) var statistic = 0.0
  package private(set) var degrees = -1

  /// Cells that expect fewer than five are pooled.
  package init(counts: [Int], law: [Double]) {
    precondition(counts.count == law.count, "\(counts.count) counts for \(law.count) cells")
    let total = Double(counts.reduce(0, +))
    var pooled = (observed: 0.0, expected: 0.0)
    for (count, probability) in zip(counts, law) {
      let expected = total * probability
      guard expected < 5 else {
        add(Double(count), expected)
        continue
      }
      pooled.observed += Double(count)
      pooled.expected += expected
    }
    if pooled.expected > 0 { add(pooled.observed, pooled.expected) }
  }

  private mutating func add(_ observed: Double, _ expected: Double) {
    statistic += (observed - expected) * (observed - expected) / expected
    degrees += 1
  }

  /// The probability of a statistic at least as large: Q(k/2, x/2), in closed form for whole k.
  package var p: Double {
    let half = statistic / 2
    let isOdd = degrees % 2 == 1
    // Q(a + 1, y) = Q(a, y) + y^a e^-y / Gamma(a + 1), from Q(1/2, y) = erfc(sqrt y) or Q(1, y).
    var q = isOdd ? erfc(half.squareRoot()) : exp(-half)
    var term = isOdd ? 2 * (half / .pi).squareRoot() * exp(-half) : exp(-half) * half
    var a = isOdd ? 1.5 : 2.0
    while a <= Double(degrees) / 2 {
      q += term
      term *= half / a
      a += 1
    }
    return q
  }
}

/// 1 / (1 + exp(-x)), a heat bath's probability of +1 at x = 2 h / T.
package func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// Binomial sums, as the tests of stability need them.
package enum Binomial {
  /// P(k successes of n) at probability 1/2, to about 1e-12: by the product where it is short, else
  /// by Loader's saddle-point form, in which nothing large cancels.
  package static func half(_ n: Int, _ k: Int) -> Double {
    guard k >= 0, k <= n else { return 0 }
    guard n > 1000 else {
      let binomial = (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
      return binomial * pow(2, -Double(n))
    }
    let (x, y, mean) = (Double(k), Double(n - k), Double(n) / 2)
    let deviance = x * log(x / mean) + mean - x + y * log(y / mean) + mean - y
    let correction = stirling(Double(n)) - stirling(x) - stirling(y)
    return (Double(n) / (2 * .pi * x * y)).squareRoot() * exp(correction - deviance)
  }

  /// ln n! less Stirling's formula, for n in the hundreds and above.
  private static func stirling(_ n: Double) -> Double {
    1 / (12 * n) - 1 / (360 * n * n * n) + 1 / (1260 * n * n * n * n * n)
  }

  /// The standard deviation of a share of `n` trials.
  package static func deviation(_ share: Double, of n: Int) -> Double {
    (share * (1 - share) / Double(n)).squareRoot()
  }

  /// The probability that a bit of a stored random pattern is against its field: N xi_i h_i is
  /// N - 1 + S without diagonal, N + P - 1 + S with, and S is a sum of (N - 1)(P - 1) signs.
  package static func unstableBit(size: Int, count: Int, selfCoupling: Bool = false) -> Double {
    let signs = (size - 1) * (count - 1)
    let margin = size - 1 + (selfCoupling ? count : 0)
    // S = 2 k - signs < -margin
    let last = (signs - margin + 1) / 2 - 1
    guard signs >= margin, last >= 0 else { return 0 }
    var term = half(signs, last)
    var sum = 0.0
    for k in stride(from: last, through: 0, by: -1) {
      sum += term
      term *= Double(k) / Double(signs - k + 1)
    }
    return sum
  }
}

/// Laws of small warm networks, by summing over all states.
extension ReferenceNetwork {
  /// exp(-E / T) / Z: what single-spin heat bath comes to.
  package func boltzmann(temperature: Double) -> [Double] {
    let weights = (0..<1 << size).map {
      exp(-energy(of: Pattern(index: $0, size: size)) / temperature)
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
