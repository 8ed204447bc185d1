import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@testable import HopfieldClassical

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

@Suite struct MarginalistTests {
  /// The rule in double, term by term: the last of `patterns` is the newest.
  private func reference(_ patterns: [Pattern], strength: Double) -> ReferenceNetwork {
    let size = patterns[0].size
    let weights = patterns.indices.map {
      let age = Double(patterns.count - 1 - $0) / Double(size)
      return strength * exp(-strength * strength * age / 2) / Double(size)
    }
    return ReferenceNetwork(
      couplings: referenceCouplings(size) { i, j in
        zip(patterns, weights).reduce(0) { $0 + Double($1.0[i] * $1.0[j]) * $1.1 }
      })
  }

  @Test("Couplings, energies and fixed points are those of brute force", arguments: [1, 4.108, 8])
  func bruteForce(strength: Double) throws {
    let patterns = Golden.patterns(seed: 89, count: 11, size: 9)
    try checkRule(
      .marginalist(strength: strength), storing: PatternSet(patterns),
      reference: reference(patterns, strength: strength), tolerance: strength * 0x1p-23)
  }

  @Test("Patterns that were removed do not count, and leave no gap in age")
  func removed() throws {
    let patterns = Golden.patterns(seed: 90, count: 20, size: 9)
    var set = PatternSet(patterns)
    for index in [0, 7, 19] { set.remove(at: index) }
    let left = patterns.indices.filter { ![0, 7, 19].contains($0) }.map { patterns[$0] }
    try checkRule(
      .marginalist(strength: 3), storing: set, reference: reference(left, strength: 3),
      tolerance: 1e-6)
  }

  @Test("Patterns added one by one make the couplings of all together")
  func incremental() throws {
    #expect(LearningRule.marginalist.isIncremental)
    let patterns = Golden.patterns(seed: 91, count: 60, size: 50)
    let whole = try HopfieldNetwork(storing: PatternSet(patterns), by: .marginalist)
    let grown = try learnedOneByOne(.marginalist, patterns)
    // Each addition rounds; what was rounded fades with the rest.
    #expect(grown.couplings().deviation(from: whole.couplings()) < 60 * 0x1p-24)
  }

  @Test("Noise comes to that of Hebb's rule at P = N, and stays there")
  func noise() throws {
    let (size, strength) = (100, 4.108)
    var generator = SeededGenerator(seed: 92)
    let patterns = PatternSet.random(count: 300, size: size, using: &generator)
    let network = try HopfieldNetwork(storing: patterns, by: .marginalist(strength: strength))
    let couplings = network.couplings()
    let mean = couplings.reduce(0) { $0 + $1 * $1 } / Double(size * (size - 1))
    // N <w²> = (1/N) Σ Λ², a geometric series that has ended at age 3 N.
    let step = strength * strength / Double(size)
    let expected = step / (1 - exp(-step)) / Double(size)
    // 4950 pairs, whose squares have a variance of at most twice their mean squared.
    #expect(abs(mean / expected - 1) < 4 * (2.0 / 4950).squareRoot())
  }

  @Test("The newest patterns are known and the oldest are not; Hebb's rule knows none by then")
  func palimpsest() throws {
    let size = 400
    var generator = SeededGenerator(seed: 93)
    let patterns = PatternSet.random(count: size, size: size, using: &generator)
    let network = try HopfieldNetwork(storing: patterns, by: .marginalist)
    let overlaps = Array(remanentOverlaps(of: network).reversed())
    // Theory: the last 0.049 N = 20.
    #expect(overlaps[..<10].allSatisfy { $0 > 0.95 })
    #expect(overlaps[80...].allSatisfy { $0 < 0.7 })
    let known = Double(overlaps.filter { $0 > 0.7 }.count) / Double(size)
    #expect(abs(known - 0.049) < 0.015, "\(known)")
    let capacity = try #require(LearningRule.marginalist.capacity(PatternSet(size: 1000)))
    #expect(abs(capacity - 48.9584712436556) < 1e-4)

    let hebbian = remanentOverlaps(of: HopfieldNetwork(storing: patterns))
    #expect(hebbian.allSatisfy { $0 < 0.7 })
    // Below ε = 2.465 noise wins over every pattern.
    let faint = try HopfieldNetwork(storing: patterns, by: .marginalist(strength: 1.5))
    #expect(remanentOverlaps(of: faint).allSatisfy { $0 < 0.7 })
  }
}
