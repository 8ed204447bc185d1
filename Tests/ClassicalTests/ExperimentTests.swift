import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Numbers of the literature, and exact expectations, by experiment at fixed seeds.
@Suite struct ExperimentTests {
  /// Patterns of one network share its couplings, so that counts spread more than independent
  /// trials do: over many networks of N = 100, by 1.45 times in shares of patterns and by 1.6 times
  /// in bits (measured apart from these tests).
  private let spread = 1.6

  private struct Counts {
    var patterns = 0
    var fixed = 0
    var unstableBits = 0
    let size: Int
    var share: Double { Double(fixed) / Double(patterns) }
    var bitShare: Double { Double(unstableBits) / Double(patterns * size) }
  }

  private func count(
    networks: Int, size: Int, count: Int, seed: UInt64, make: (PatternSet) -> HopfieldNetwork
  ) -> Counts {
    var counts = Counts(size: size)
    for trial in 0..<networks {
      var generator = SeededGenerator(seed: seed, stream: trial)
      let patterns = PatternSet.random(count: count, size: size, using: &generator)
      let network = make(patterns)
      patterns.forEach { _, pattern in
        counts.patterns += 1
        if network.isFixedPoint(pattern) { counts.fixed += 1 }
        for (i, field) in network.localFields(at: pattern).enumerated()
        where field * Double(pattern[i]) < 0 { counts.unstableBits += 1 }
      }
    }
    return counts
  }

  @Test(
    "Hopfield 1982, 0/1 units, U = 0, N = 100: .99, .61, .16 of 5, 10, 15 patterns are fixed",
    arguments: [(5, 0.99), (10, 0.61), (15, 0.16)])
  func hopfield1982(stored: Int, share: Double) {
    let counts = count(networks: 60, size: 100, count: stored, seed: 1982) {
      HopfieldNetwork(storing: $0, unitThresholds: .init(repeating: 0, count: 100))
    }
    let deviation = spread * Binomial.deviation(share, of: counts.patterns)
    // Three standard deviations, and the rounding of the published share.
    #expect(abs(counts.share - share) < 3 * deviation + 0.005, "\(counts.share)")
  }

  @Test(
    "±1 units, N = 100: 1.00, .98, .72 of 5, 10, 15 patterns, and wrong bits as the binomial has",
    arguments: [(5, 1.0), (10, 0.98), (15, 0.72)])
  func spins(stored: Int, share: Double) {
    let counts = count(networks: 60, size: 100, count: stored, seed: 1982) {
      HopfieldNetwork(storing: $0)
    }
    let expected = Binomial.unstableBit(size: 100, count: stored)
    let bits = counts.patterns * 100
    // Where less than one wrong bit is expected the count is Poisson: three at the most.
    let allowed = 3 * spread * Binomial.deviation(expected, of: bits) + 3 / Double(bits)
    #expect(abs(counts.bitShare - expected) < allowed, "\(counts.bitShare), not \(expected)")
    let deviation = spread * Binomial.deviation(share, of: counts.patterns)
    #expect(abs(counts.share - share) < 3 * deviation + 0.005, "\(counts.share)")
  }

  @Test("The exact error of a bit is the golden one, and what networks show, W_ii kept or not")
  func exactErrors() {
    for row in Golden.rows("rows", of: "exact_finite_N", in: "capacity") {
      let (size, stored) = (Int(row["N"]!), Int(row["p"]!))
      let without = Binomial.unstableBit(size: size, count: stored)
      let with = Binomial.unstableBit(size: size, count: stored, selfCoupling: true)
      #expect(abs(without / row["P_error"]! - 1) < 1e-9)
      #expect(abs(with / row["P_error_with_diagonal"]! - 1) < 1e-9)
    }
    for selfCoupling in [false, true] {
      for (networks, size, stored) in [(40, 200, 30), (300, 7, 3)] {
        let counts = count(networks: networks, size: size, count: stored, seed: 3) {
          HopfieldNetwork(storing: $0, selfCoupling: selfCoupling)
        }
        let expected = Binomial.unstableBit(size: size, count: stored, selfCoupling: selfCoupling)
        let deviation = spread * Binomial.deviation(expected, of: counts.patterns * size)
        #expect(abs(counts.bitShare - expected) < 3.5 * deviation)
      }
    }
  }

  @Test("McEliece 1987: at P = N / (2 ln N), N = 1000, nine patterns in ten have no wrong bit")
  func mceliece() {
    // The asymptotic count is N Phi(-sqrt(2 ln N)) = .1008 wrong bits a pattern; at N = 1000 and the
    // whole P = 72 the exact one is .0867. Wrong bits are Poisson: P(none) = exp(-.0867).
    let counts = count(networks: 6, size: 1000, count: 72, seed: 4) {
      HopfieldNetwork(storing: $0)
    }
    let expected = 1000 * Binomial.unstableBit(size: 1000, count: 72)
    #expect(abs(expected - 0.0867) < 1e-4)
    let deviation = spread * (expected / Double(counts.patterns)).squareRoot()
    #expect(abs(1000 * counts.bitShare - expected) < 3 * deviation)
    let exact = 0.917
    #expect(abs(counts.share - exact) < 3 * spread * Binomial.deviation(exact, of: counts.patterns))
  }

  @Test("Below capacity damaged patterns come back; far above it they do not stay")
  func retrieval() {
    var generator = SeededGenerator(seed: 5)
    let size = 1000
    let low = HopfieldNetwork(storing: .random(count: 60, size: size, using: &generator))
    for index in 0..<20 {
      let cue = low.patterns[index].flipping(fraction: 0.2, using: &generator)
      #expect(low.recall(from: cue).state.overlap(with: low.patterns[index]) > 0.99)
    }
    let high = HopfieldNetwork(storing: .random(count: 300, size: size, using: &generator))
    for index in 0..<10 {
      let recall = high.recall(from: high.patterns[index])
      // The remanent overlap is near 0.35.
      #expect(recall.state.overlap(with: high.patterns[index]) < 0.7)
    }
  }
}
