import HopfieldPatterns
import TestSupport
import Testing

@Suite struct SeededGeneratorTests {
  @Test("The first draws of two seeds are SplitMix64's")
  func golden() {
    struct File: Decodable {
      let checks: [String: [String]]
      enum CodingKeys: String, CodingKey { case checks = "splitmix64_check" }
    }
    let checks = Golden.load(File.self, from: "large_instances").checks
    #expect(checks.count == 2)
    for (seed, name) in [(0, "seed_0_first3"), (1_234_567, "seed_1234567_first3")] {
      var generator = SeededGenerator(seed: UInt64(seed))
      #expect(checks[name] == (0..<3).map { _ in String(generator.next()) })
    }
  }

  @Test("Stream k of a seed starts from the seed's output k + 1")
  func streams() {
    for seed in [0, 7, .max] as [UInt64] {
      var parent = SeededGenerator(seed: seed)
      for stream in 0..<50 {
        let expected = SeededGenerator(seed: parent.next())
        #expect(SeededGenerator(seed: seed, stream: stream) == expected)
      }
    }
    #expect(SeededGenerator(seed: 1, stream: 1_000_000_000) != SeededGenerator(seed: 1, stream: 0))
  }

  @Test("The same seed gives the same draws, and a copy goes its own way")
  func values() {
    var a = SeededGenerator(seed: 5)
    var b = SeededGenerator(seed: 5)
    #expect((0..<10).map { _ in a.next() } == (0..<10).map { _ in b.next() })
    var copy = a
    _ = copy.next()
    #expect(copy != a && a == b)
  }

  @Test("Each of the 64 bits is set in half of the draws")
  func bits() {
    var generator = SeededGenerator(seed: 6)
    let draws = 40_000
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<draws {
      let word = generator.next()
      for bit in 0..<64 where word >> bit & 1 == 1 { counts[bit] += 1 }
    }
    // 4.5 standard deviations: 64 bits together pass with probability 0.9996.
    let allowed = 4.5 * Binomial.deviation(0.5, of: draws)
    #expect(counts.allSatisfy { abs(Double($0) / Double(draws) - 0.5) < allowed })
  }
}
