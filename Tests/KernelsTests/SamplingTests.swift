import HopfieldKernels
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct SamplingTests {
  @Test("A unit is the top 53 bits of one draw: from 0 up to, not including, 1")
  func units() {
    var drawn = SeededGenerator(seed: 4)
    var raw = drawn
    for _ in 0..<1000 { #expect(drawn.unit() == Double(raw.next() >> 11) / 9_007_199_254_740_992) }
    var ones = Constant(value: .max)
    var zeros = Constant(value: 0)
    #expect(ones.unit() == 1.0.nextDown)
    #expect(zeros.unit() == 0)
  }

  @Test("An index is one draw modulo the bound")
  func indices() {
    var drawn = SeededGenerator(seed: 4)
    var raw = drawn
    for bound in 1...200 { #expect(drawn.index(below: bound) == Int(raw.next() % UInt64(bound))) }
  }

  @Test("Distinct indices are those of the golden convention")
  func golden() {
    for (size, count) in [(1, 0), (1, 1), (10, 10), (100, 20), (777, 150)] {
      for seed in 0..<20 as Range<UInt64> {
        var generator = SeededGenerator(seed: seed)
        let sites = generator.distinct(count, below: size).map(Int.init)
        #expect(sites == Golden.distinct(seed: seed, size: size, count: count))
        #expect(Set(sites).count == count)
      }
    }
  }

  @Test("All permutations of four come equally often")
  func shuffles() {
    var generator = SeededGenerator(seed: 12)
    var counts: [[UInt32]: Int] = [:]
    for _ in 0..<24_000 { counts[generator.distinct(4, below: 4), default: 0] += 1 }
    let test = ChiSquare(counts: Array(counts.values), law: Array(repeating: 1 / 24, count: 24))
    #expect(counts.count == 24)
    // At a fixed seed: one seed in a thousand would fail.
    #expect(test.p > 0.001)
  }

  @Test("The logarithm and the power are the C library's")
  func functions() {
    #expect(logarithm(1) == 0)
    #expect(logarithm(0) == -.infinity)
    #expect(abs(logarithm(10) - 2.302585092994046) < 1e-15)
    #expect(power(2, 10) == 1024)
    #expect(power(0.01, 0.5) == 0.1)
  }
}

private struct Constant: RandomNumberGenerator {
  let value: UInt64
  mutating func next() -> UInt64 { value }
}
