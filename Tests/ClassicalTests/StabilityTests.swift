import HopfieldClassical
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct StabilityTests {
  @Test("Unstable bits are spins against their fields, on any number of threads")
  func unstableBits() {
    var generator = SeededGenerator(seed: 71)
    var patterns = PatternSet.random(count: 50, size: 101, using: &generator)
    patterns.remove(at: 20)
    let network = HopfieldNetwork(storing: patterns)
    let twin = ReferenceNetwork(storing: patterns.indices.map { patterns[$0] }, size: 101)
    let expected = patterns.indices.map { index in
      twin.step(patterns[index]).distance(to: patterns[index])
    }
    for threads in [1, 2, 8, nil] as [Int?] {
      var progress: [Int] = []
      let counts = network.unstableBits(threads: threads) { progress.append($0) }
      #expect(counts == expected)
      #expect(progress == Array(1...49))
    }
    #expect(network.unstableBits(of: 21) == expected[20])
    #expect(HopfieldNetwork(storing: PatternSet(size: 3)).unstableBits().isEmpty)
  }

  @Test("The expected error of a bit is 1/2 erfc(sqrt(1 / (2 alpha)))")
  func expectedError() {
    for row in Golden.rows("grid", of: "one_step_error", in: "capacity") {
      let count = Int((row["alpha"]! * 500).rounded())
      let network = HopfieldNetwork(
        storing: PatternSet(rows: .init(repeating: 1, count: 500 * count), size: 500))
      #expect(abs(network.expectedBitError! / row["P_error"]! - 1) < 1e-12)
    }
    #expect(HopfieldNetwork(storing: PatternSet(size: 3)).expectedBitError == 0)
  }

  @Test("Capacity is the critical load of the theory times N")
  func capacity() {
    let golden = Golden.numbers(of: "critical_T0", in: "ags_meanfield")["alpha_c"]!
    #expect(abs(HopfieldNetwork.capacity(size: 1000) / 1000 - golden) < 1e-12)
  }

  @Test("Correlation is the mean overlap of pairs and the largest in size")
  func correlation() {
    var generator = SeededGenerator(seed: 72)
    for (count, size) in [(2, 5), (20, 64), (33, 100)] {
      var patterns = PatternSet.random(count: count, size: size, using: &generator)
      if count > 2 { patterns.remove(at: 7) }
      let indices = patterns.indices
      let overlaps = indices.flatMap { a in
        indices.filter { $0 < a }.map { patterns[a].overlap(with: patterns[$0]) }
      }
      let correlation = patterns.correlation(threads: 2)
      #expect(abs(correlation.mean - overlaps.reduce(0, +) / Double(overlaps.count)) < 1e-12)
      #expect(correlation.largest == overlaps.map(abs).max())
    }
    #expect(PatternSet(size: 4).correlation() == (0, 0))
    #expect(PatternSet([Pattern([1, -1])]).correlation() == (0, 0))
  }
}
