import HopfieldPatterns
import TestSupport
import Testing

/// Means over many spins at a fixed seed, within four standard deviations.
@Suite struct FamiliesTests {
  private let count = 60
  private let size = 2000

  @Test("Random patterns are drawn pattern after pattern, and are unbiased and uncorrelated")
  func random() {
    var drawn = SeededGenerator(seed: 1)
    var same = drawn
    // More than are drawn together, with and without padding in their last word.
    for (count, size) in [(150, 100), (64, 128), (1, 63), (0, 10)] {
      let set = PatternSet.random(count: count, size: size, using: &drawn)
      #expect(set.count == count)
      for mu in 0..<count { #expect(set[mu] == Pattern.random(size: size, using: &same)) }
    }
    #expect(drawn == same)

    let large = PatternSet.random(count: count, size: size, using: &drawn)
    // Of count x size independent signs: 1 / sqrt(120 000) = 0.0029.
    #expect(abs(large.meanSpin) < 4 / Double(count * size).squareRoot())
    // Of 1770 pairs of overlaps of deviation 1 / sqrt N, uncorrelated among pairs.
    #expect(abs(large.meanPairOverlap) < 4 / Double(count * (count - 1) / 2 * size).squareRoot())
  }

  @Test(
    "Biased patterns have their mean, and overlap by its square", arguments: [-0.6, 0, 0.4, 0.9])
  func biased(bias: Double) {
    var generator = SeededGenerator(seed: 2)
    let set = PatternSet.biased(count: count, size: size, bias: bias, using: &generator)
    // A spin has variance 1 - b^2.
    let deviation = ((1 - bias * bias) / Double(count * size)).squareRoot()
    #expect(abs(set.meanSpin - bias) < 4 * deviation)
    // Each pair of a site adds ~ b x (deviation of either spin) twice: at most 2 |b| deviation of
    // the mean, and the pairs' own part.
    let pairs = (1 - bias * bias) / Double(count * (count - 1) / 2 * size).squareRoot()
    #expect(abs(set.meanPairOverlap - bias * bias) < 4 * (2 * abs(bias) * deviation + pairs))
  }

  @Test("Bias 1 is all up, -1 all down") func extremes() {
    var generator = SeededGenerator(seed: 2)
    #expect(Pattern.random(size: 99, bias: 1, using: &generator).upCount == 99)
    #expect(Pattern.random(size: 99, bias: -1, using: &generator).upCount == 0)
  }

  @Test("Correlated patterns overlap by the correlation on average", arguments: [0, 0.25, 0.7, 1])
  func correlated(correlation: Double) {
    var generator = SeededGenerator(seed: 3)
    let set = PatternSet.correlated(
      count: count, size: size, correlation: correlation, using: &generator)
    // In the prototype's gauge the family is biased, with b = sqrt(correlation).
    let b = correlation.squareRoot()
    let deviation = ((1 - correlation) / Double(count * size)).squareRoot()
    let pairs = (1 - correlation) / Double(count * (count - 1) / 2 * size).squareRoot()
    #expect(abs(set.meanPairOverlap - correlation) <= 4 * (2 * b * deviation + pairs) + 1e-12)
  }

  @Test("A family of none is empty, and of any count complete", arguments: [0, 1, 15, 16, 17, 33])
  func counts(count: Int) {
    var generator = SeededGenerator(seed: 4)
    #expect(PatternSet.random(count: count, size: 9, using: &generator).count == count)
    #expect(PatternSet.biased(count: count, size: 9, bias: 0.5, using: &generator).count == count)
    #expect(
      PatternSet.correlated(count: count, size: 9, correlation: 0.5, using: &generator).count
        == count)
  }
}

extension PatternSet {
  fileprivate var meanSpin: Double {
    let ups = indices.reduce(0) { $0 + self[$1].upCount }
    return Double(2 * ups) / Double(count * size) - 1
  }

  fileprivate var meanPairOverlap: Double {
    var sum = 0.0
    forEach { index, pattern in
      sum += overlaps(with: pattern).prefix(index).reduce(0, +)
    }
    return sum / Double(count * (count - 1) / 2)
  }
}
