internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Whole patterns") struct ExactPatternsTests {
  @Test("The wrong bits of a pattern") func wrongBits() {
    #expect(abs(Capacity.expectedWrongBits(patterns: 72, size: 1000) - 0.0867) < 5e-5)
    #expect(Capacity.expectedWrongBits(patterns: 1, size: 1000) == 0)
  }

  /// Counted with numpy over 4 × 10⁵ patterns and more; standard errors 0.0004, 0.0014, 0.0003, 0.0005.
  @Test("Fixed points among patterns, against counts")
  func counts() {
    for (patterns, size, share, tolerance) in [
      (72, 1000, 0.9217, 0.0012), (100, 1000, 0.5252, 0.0042), (10, 100, 0.9675, 0.001),
      (14, 100, 0.8038, 0.0035),
    ] {
      let found = Capacity.exactPatternProbability(patterns: patterns, size: size)
      #expect(abs(found - share) < tolerance, "\(patterns) patterns of \(size): \(found)")
    }
  }

  /// Of the 1024 sets of three patterns of five neurons with a given first one, it is fixed in 844.
  @Test("The smallest networks, roughly; no errors, no patterns, and far too many") func limits() {
    let small = Capacity.exactPatternProbability(patterns: 3, size: 5)
    #expect(abs(small - 844.0 / 1024) < 0.02)
    #expect(Capacity.exactPatternProbability(patterns: 1, size: 50) == 1)
    #expect(Capacity.exactPatternProbability(patterns: 2, size: 2) <= 1)
    #expect(Capacity.exactPatternProbability(patterns: 100_000, size: 1000) < 1e-9)
    let plain = Capacity.exactPatternProbability(patterns: 72, size: 1000)
    let kept = Capacity.exactPatternProbability(patterns: 72, size: 1000, selfCoupling: true)
    #expect(kept > plain && kept < 1)
  }

  @Test("Bits become independent as networks grow") func independence() {
    var last = 1.0
    for (patterns, size) in [(72, 1000), (543, 10_000), (4343, 100_000)] {
      let wrong = Capacity.expectedWrongBits(patterns: patterns, size: size)
      let found = Capacity.exactPatternProbability(patterns: patterns, size: size)
      let gap = (found - (1 - wrong / Double(size)).power(size)) / (wrong * wrong)
      #expect(gap > 0 && gap < last)
      last = gap
    }
  }
}

extension Double {
  fileprivate func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * self }
  }
}
