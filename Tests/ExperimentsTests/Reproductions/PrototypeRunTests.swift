import HopfieldPatterns
import HopfieldTheory
import Testing

@testable import HopfieldExperiments

@Suite struct PrototypeRunTests {
  /// One step by explicit couplings, on the prototypes and examples that the run draws.
  @Test func errorsAreThoseOfTheFields() {
    let (size, prototypes, examples) = (40, 3, 4)
    var random = SeededGenerator(seed: 16)
    let share = PrototypeRun.errors(
      size: size, prototypes: prototypes, overlap: 0.5, examples: examples, random: &random)
    random = SeededGenerator(seed: 16)
    let concepts = PatternSet.random(count: prototypes, size: size, using: &random)
    var stored: [Pattern] = []
    for k in 0..<prototypes {
      for _ in 0..<examples {
        stored.append(concepts[k].flipping(probability: 0.25, using: &random))
      }
    }
    var wrong = 0
    for k in 0..<prototypes {
      for i in 0..<size {
        let field = stored.reduce(0) { sum, example in
          sum + example[i] * (example.dot(concepts[k]) - example[i] * concepts[k][i])
        }
        if field * concepts[k][i] < 0 { wrong += 1 }
      }
    }
    #expect(wrong > 0)
    #expect(share == Double(wrong) / Double(prototypes * size))
  }

  /// s = 1 by hand: 0.7 Phi(-4) + 0.3 Phi(4); many examples: the normal formula.
  @Test func binomialSums() {
    let one = PrototypeRun.binomialError(examples: 1, overlap: 0.4, load: 0.01)
    #expect(abs(one - (0.7 * 3.167124183311992e-5 + 0.3 * (1 - 3.167124183311992e-5))) < 1e-12)
    let many = PrototypeRun.binomialError(examples: 400, overlap: 0.1, load: 0.05)
    let normal = Familiarity.prototypeError(examples: 400, overlap: 0.1, load: 0.05)
    #expect(abs(many / normal - 1) < 0.02)
  }
}
