import HopfieldClassical
import HopfieldPatterns
import HopfieldTheory
import Testing

@testable import HopfieldExperiments

@Suite struct DilutedRunTests {
  /// The first step is the sign of the fields, which the network gives.
  @Test func theFirstStepAlignsWithTheFields() {
    let (size, connections) = (300, 20)
    var random = SeededGenerator(seed: 8)
    let overlaps = DilutedRun.overlaps(
      size: size, connections: connections, load: 0.3, steps: 2, random: &random)
    random = SeededGenerator(seed: 8)
    // 0.3 x 20 patterns beside the one that is looked at.
    let patterns = PatternSet.random(count: 7, size: size, using: &random)
    let network = AsymmetricNetwork(
      storing: patterns, connections: connections, using: &random)
    let fields = network.localFields(at: patterns[0])
    let agreeing = (0..<size).reduce(0.0) { sum, i in
      let spin = fields[i] == 0 ? Double(patterns[0][i]) : fields[i] > 0 ? 1 : -1
      return sum + spin * Double(patterns[0][i])
    }
    #expect(overlaps.count == 2)
    #expect(abs(overlaps[0] - agreeing / Double(size)) < 1e-12)
  }

  /// One step from a fresh state is the theory's but for 1/C.
  @Test func aStepIsThatOfTheory() {
    var random = SeededGenerator(seed: 9)
    let end = DilutedRun.step(
      from: 0.5, size: 2_000, connections: 100, load: 0.2, random: &random)
    let theory = Dilution.step(overlap: 0.5, load: 0.2)
    // 21 patterns of 2000 bits: 4 errors of 0.0033, and 1/C.
    #expect(abs(end - theory) < 4 * 0.0033 + 0.01)
  }
}
