import HopfieldClassical
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct PottsPatternTests {
  @Test("Overlaps are Kanter's: 1, 0 and -1 / (q - 1)")
  func overlap() {
    let pattern = PottsPattern([0, 1, 2, 0, 1, 2], colourCount: 3)
    #expect(pattern.overlap(with: pattern) == 1)
    #expect(pattern.overlap(with: PottsPattern([1, 2, 0, 1, 2, 0], colourCount: 3)) == -0.5)
    // A third of the sites agree, as by chance.
    #expect(pattern.overlap(with: PottsPattern([0, 1, 0, 1, 2, 0], colourCount: 3)) == 0)
  }

  @Test("Random patterns have all colours alike", arguments: [2, 3, 256])
  func random(colourCount: Int) {
    var generator = SeededGenerator(seed: 46)
    let pattern = PottsPattern.random(size: 5000, colourCount: colourCount, using: &generator)
    var counts = [Int](repeating: 0, count: colourCount)
    for colour in pattern.colours { counts[Int(colour)] += 1 }
    let law = [Double](repeating: 1 / Double(colourCount), count: colourCount)
    #expect(ChiSquare(counts: counts, law: law).p > 1e-3)
  }

  @Test("Recolouring changes as many sites as it says, to any other colour")
  func recolouring() {
    var generator = SeededGenerator(seed: 47)
    let pattern = PottsPattern.random(size: 3000, colourCount: 4, using: &generator)
    for count in [0, 1, 1500, 3000] {
      let changed = pattern.recolouring(count: count, using: &generator)
      #expect(changed.agreements(with: pattern) == 3000 - count)
    }
    let all = pattern.recolouring(count: 3000, using: &generator)
    var shifts = [Int](repeating: 0, count: 3)
    for i in 0..<3000 { shifts[(all[i] - pattern[i] + 4) % 4 - 1] += 1 }
    #expect(ChiSquare(counts: shifts, law: [1.0 / 3, 1.0 / 3, 1.0 / 3]).p > 1e-3)
  }
}
