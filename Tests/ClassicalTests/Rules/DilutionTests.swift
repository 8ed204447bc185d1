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

@Suite struct DilutionTests {
  private func random(count: Int, size: Int, seed: UInt64 = 99) -> PatternSet {
    var generator = SeededGenerator(seed: seed)
    return .random(count: count, size: size, using: &generator)
  }

  @Test("What is kept is the rule's coupling over the share, the rest is zero; enumeration agrees")
  func bruteForce() throws {
    let patterns = random(count: 5, size: 9)
    let rule = LearningRule.diluted(.hebbian, keeping: 0.6)
    let hebbian = HopfieldNetwork(storing: patterns).couplings()
    let couplings = try HopfieldNetwork(storing: patterns, by: rule).couplings()
    // The pair (i, j), i > j, has draw i (i - 1) / 2 + j.
    let reference = ReferenceNetwork(
      couplings: referenceCouplings(9) { i, j in
        let (high, low) = (max(i, j), min(i, j))
        var draw = SeededGenerator(seed: 1, stream: high * (high - 1) / 2 + low)
        return Double(draw.next() >> 11) * 0x1p-53 < 0.6 ? hebbian[i * 9 + j] / 0.6 : 0
      })
    try checkRule(rule, storing: patterns, reference: reference, tolerance: 0x1p-23)
    #expect(couplings.contains(0))
  }

  @Test("The share that is kept is the one asked for, in both directions alike")
  func share() throws {
    // An odd number of patterns: no coupling is zero by itself.
    let size = 200
    let patterns = random(count: 7, size: size)
    let rule = LearningRule.diluted(.hebbian, keeping: 0.3, seed: 5)
    let couplings = try HopfieldNetwork(storing: patterns, by: rule).couplings()
    let pairs = size * (size - 1) / 2
    let kept = Double(couplings.filter { $0 != 0 }.count) / Double(2 * pairs)
    #expect(abs(kept - 0.3) < 4 * Binomial.deviation(0.3, of: pairs))

    // The draws depend on the seed, and on nothing else.
    let others = random(count: 9, size: size, seed: 100)
    let zeros = couplings.map { $0 == 0 }
    let same = try HopfieldNetwork(storing: others, by: rule).couplings()
    #expect(same.map { $0 == 0 } == zeros)
    let other = try HopfieldNetwork(
      storing: patterns, by: .diluted(.hebbian, keeping: 0.3, seed: 6))
    #expect(other.couplings().map { $0 == 0 } != zeros)
  }

  @Test("A share of 1 keeps the rule as it is, thresholds included")
  func whole() throws {
    let patterns = random(count: 9, size: 60)
    for rule in [LearningRule.hebbian, .covariance(codingLevel: 0.3), .boundedSynapses] {
      let diluted = try HopfieldNetwork(storing: patterns, by: .diluted(rule, keeping: 1))
      let network = try HopfieldNetwork(storing: patterns, by: rule)
      #expect(diluted.couplings(as: Float.self) == network.couplings(as: Float.self))
      #expect(diluted.thresholds == network.thresholds)
    }
    // A diagonal that a rule keeps is not diluted.
    let own = LearningRule(name: "own", source: "here") { _, _ in
      Learned(.hebbian, selfCoupling: true)
    }
    let diluted = try HopfieldNetwork(storing: patterns, by: .diluted(own, keeping: 0.5))
    #expect((0..<60).allSatisfy { diluted.couplings(as: Float.self)[61 * $0] == 9 / 60 })
  }

  @Test("Wrong bits are those of Hebb's rule with P / c patterns", arguments: [0.5, 0.25])
  func noise(share: Double) throws {
    let (size, count) = (400, 40)
    let network = try HopfieldNetwork(
      storing: random(count: count, size: size), by: .diluted(.hebbian, keeping: share))
    // The crosstalk has the variance (P - 1) / c N, and the cuts make the signal vary by
    // (1/c - 1) / N.
    let variance = (Double(count - 1) / share + 1 / share - 1) / Double(size)
    let expected = erfc(1 / (2 * variance).squareRoot()) / 2
    let measured = unstableShare(of: network)
    let deviation = Binomial.deviation(expected, of: size * count)
    // Patterns share their couplings: counts spread more than independent bits would.
    #expect(abs(measured - expected) < 3 * 1.6 * deviation, "\(measured), not \(expected)")
  }

  @Test("Asymmetric dilution cuts each direction by itself, the same on any number of threads")
  func asymmetric() throws {
    let size = 200
    let patterns = random(count: 7, size: size)
    let hebbian = HopfieldNetwork(storing: patterns).couplings()
    let rows = try LearningRule.asymmetricallyDiluted(patterns, keeping: 0.3, threads: 1)
    let again = try LearningRule.asymmetricallyDiluted(patterns, keeping: 0.3, threads: 3)
    #expect(rows == again)
    for (coupling, whole) in zip(rows, hebbian) where coupling != 0 {
      #expect(coupling == Float(whole / 0.3))
    }
    var kept = (one: 0, both: 0)
    for i in 0..<size {
      #expect(rows[i * size + i] == 0)
      for j in 0..<i {
        let (there, back) = (rows[i * size + j] != 0, rows[j * size + i] != 0)
        kept.one += (there ? 1 : 0) + (back ? 1 : 0)
        kept.both += there && back ? 1 : 0
      }
    }
    let pairs = size * (size - 1) / 2
    let one = Double(kept.one) / Double(2 * pairs), both = Double(kept.both) / Double(pairs)
    #expect(abs(one - 0.3) < 4 * Binomial.deviation(0.3, of: 2 * pairs))
    #expect(abs(both - 0.09) < 4 * Binomial.deviation(0.09, of: pairs))
    #expect(try LearningRule.asymmetricallyDiluted(patterns, keeping: 1) == hebbian.map(Float.init))
  }

  @Test("The first parallel step is Derrida, Gardner and Zippelius's: m' = erf(m / √2α), α = P / C")
  func firstStep() throws {
    let (size, count, share, overlap) = (400, 30, 0.25, 0.8)
    let patterns = random(count: count, size: size)
    let rows = try LearningRule.asymmetricallyDiluted(patterns, keeping: share)
    var generator = SeededGenerator(seed: 7)
    var sum = 0
    let tried = 10
    for index in 0..<tried {
      let pattern = patterns[index]
      let start = pattern.flipping(fraction: (1 - overlap) / 2, using: &generator).spins
      for i in 0..<size {
        var field: Float = 0
        for j in 0..<size { field += rows[i * size + j] * Float(start[j]) }
        sum += field * Float(pattern[i]) > 0 ? 1 : -1
      }
    }
    // What the cuts make the signal vary by counts as noise: (1/c - m²) / N beside P / c N.
    let variance = (Double(count - 1) / share + 1 / share - overlap * overlap) / Double(size)
    let expected = erf(overlap / (2 * variance).squareRoot())
    let measured = Double(sum) / Double(tried * size)
    let deviation = 2 * Binomial.deviation((1 - expected) / 2, of: tried * size)
    #expect(abs(measured - expected) < 3 * 1.6 * deviation, "\(measured), not \(expected)")
  }
}
