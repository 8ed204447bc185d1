import HopfieldPatterns
import TestSupport
import Testing

@Suite struct NoiseTests {
  private let pattern = Pattern(hex: "0cfa344ecea5ccdfce66f6bd7", size: 100)

  @Test("A count flips exactly so many spins, those of the golden convention")
  func count() {
    for seed in 0..<10 as Range<UInt64> {
      for count in [0, 1, 20, 99, 100] {
        var generator = SeededGenerator(seed: seed)
        let flipped = pattern.flipping(count: count, using: &generator)
        let sites = Golden.distinct(seed: seed, size: 100, count: count)
        #expect(flipped == pattern.flipping(sites: sites))
        #expect(flipped.distance(to: pattern) == count)
      }
    }
  }

  @Test("A fraction is rounded half up, also where its double falls just short of a half")
  func rounding() {
    // fraction, N, expected: exact products 1.5, 0.5, 2.5, 3.5, 14.5, 34.5 and their neighbours.
    let cases: [(Double, Int, Int)] = [
      (0.15, 10, 2), (0.05, 10, 1), (0.25, 10, 3), (0.35, 10, 4), (0.145, 100, 15),
      (0.345, 100, 35), (0.149, 10, 1), (0.151, 10, 2), (0.2, 1000, 200), (0.1, 256, 26),
      (0, 10, 0), (1, 10, 10), (0.999, 10, 10), (0.5, 1, 1), (0.49, 1, 0), (0.57, 100, 57),
      (0.285, 100, 29), (0.575, 100, 58), (1.0 / 3, 100, 33),
    ]
    for (fraction, size, expected) in cases {
      #expect(Pattern.share(fraction, of: size) == expected, "\(fraction) of \(size)")
      var generator = SeededGenerator(seed: 1)
      let start = Pattern(repeating: 1, size: size)
      let flipped = start.flipping(fraction: fraction, using: &generator)
      #expect(flipped.distance(to: start) == expected)
    }
  }

  @Test("Every count of thousandths rounds as the exact product does")
  func thousandths() {
    for thousandth in 0...1000 {
      for size in [1, 10, 100, 256, 784, 1000, 12_345] {
        let exact = (2 * thousandth * size + 1000) / 2000
        #expect(Pattern.share(Double(thousandth) / 1000, of: size) == exact)
      }
    }
  }

  @Test("A fraction of the known sites flips among them, and no other")
  func known() {
    let known = (0..<100).filter { $0 % 3 == 0 }
    var generator = SeededGenerator(seed: 2)
    let flipped = pattern.flipping(fraction: 0.25, of: known, using: &generator)
    let moved = (0..<100).filter { flipped[$0] != pattern[$0] }
    // 8.5 rounds up.
    #expect(moved.count == 9)
    #expect(Set(moved).isSubset(of: known))
    let places = Golden.distinct(seed: 2, size: known.count, count: 9)
    #expect(Set(moved) == Set(places.map { known[$0] }))
    #expect(pattern.flipping(fraction: 1, of: [], using: &generator) == pattern)
  }

  @Test("A probability flips each spin on its own, one draw a spin")
  func probability() {
    var drawn = SeededGenerator(seed: 3)
    var raw = drawn
    let flipped = pattern.flipping(probability: 0.3, using: &drawn)
    for i in 0..<100 {
      let isFlipped = Double(raw.next() >> 11) * 0x1p-53 < 0.3
      #expect(flipped[i] == (isFlipped ? -pattern[i] : pattern[i]))
    }
    #expect(pattern.flipping(probability: 0, using: &drawn) == pattern)
    #expect(pattern.flipping(probability: 1, using: &drawn) == -pattern)
  }

  @Test("The number of flips at a probability is binomial", arguments: [0.05, 0.3, 0.5])
  func statistics(probability: Double) {
    let size = 100_000
    var generator = SeededGenerator(seed: 4)
    let start = Pattern(repeating: 1, size: size)
    let flips = start.flipping(probability: probability, using: &generator).distance(to: start)
    let deviation = Binomial.deviation(probability, of: size)
    #expect(abs(Double(flips) / Double(size) - probability) < 4 * deviation)
  }

  @Test("Flipping and masking given sites touch those alone")
  func sites() {
    let up = Pattern(repeating: 1, size: 70)
    let flipped = up.flipping(sites: [0, 69])
    #expect((0..<70).filter { flipped[$0] < 0 } == [0, 69])
    #expect(up.flipping(sites: [3, 3]) == up)
    #expect(up.masking(10..<20).upCount == 60)
    #expect((-up).masking([5, 5], with: 1).upCount == 1)
    #expect(up.masking([] as [Int]) == up)
  }
}
