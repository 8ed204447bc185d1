import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct DenseErrorsTests {
  /// Bits whose flip lowers the energy, by energies in whole numbers.
  @Test(arguments: [2, 3, 4])
  func flipsAreThoseOfTheEnergies(degree: Int) {
    let (size, count) = (9, 60)
    var random = SeededGenerator(seed: 13)
    let share = DenseErrors.share(
      degree: degree, size: size, patterns: count, probes: 100, random: &random)
    random = SeededGenerator(seed: 13)
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    func energy(_ state: Pattern) -> Int {
      (0..<count).reduce(0) { sum, k in
        sum - (0..<degree).reduce(1) { p, _ in p * patterns[k].dot(state) }
      }
    }
    var flips = 0
    for k in 0..<count {
      let before = energy(patterns[k])
      flips += (0..<size).count { energy(patterns[k].flipping(sites: [$0])) < before }
    }
    #expect(flips > 0)
    #expect(share == Double(flips) / Double(count * size))
  }

  /// Patterns that one flip of energy makes unstable, with exponentials written out.
  @Test func exponentialPatternsAreFixedWhereNoFlipLowersTheEnergy() {
    let (size, load) = (10, 0.55)
    var random = SeededGenerator(seed: 14)
    let share = ExponentialRun.fixed(size: size, load: load, probes: 100, random: &random)
    random = SeededGenerator(seed: 14)
    // e^5.5 = 244.7
    let patterns = PatternSet.random(count: 245, size: size, using: &random)
    // e^(M - N): powers of e^-2, which are far enough from ties in whole multiples.
    let powers = (0...size).map { k in (0..<k).reduce(1.0) { p, _ in p * 0.1353352832366127 } }
    func energy(_ state: Pattern) -> Double {
      (0..<245).reduce(0) { $0 - powers[patterns[$1].distance(to: state)] }
    }
    let fixed = (0..<100).count { k in
      let before = energy(patterns[k])
      return (0..<size).allSatisfy { energy(patterns[k].flipping(sites: [$0])) >= before - 1e-12 }
    }
    #expect(fixed > 0 && fixed < 100)
    #expect(share == Double(fixed) / 100)
  }

  @Test func oneFlippedBitOfAloneIsRepaired() {
    var random = SeededGenerator(seed: 15)
    // e^0: one pattern.
    #expect(
      ExponentialRun.repaired(size: 20, load: 0, flips: 5, probes: 9, random: &random) == 1)
  }
}
