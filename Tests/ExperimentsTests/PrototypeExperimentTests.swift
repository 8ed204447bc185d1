import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct PrototypeExperimentTests {
  @Test func errorsAreThoseOfPlainSums() {
    let (size, prototypes, examples) = (30, 3, 4)
    let row = PrototypeExperiment(
      size: size, prototypes: prototypes, overlap: 0.5, examples: [examples], trials: 300, seed: 3
    ).measure()[0]
    let plain = plainTrials(120) { random in
      let concepts = random.patterns(prototypes, size: size)
      let shown = concepts.flatMap { concept in
        (0..<examples).map { _ in
          Pattern(size: size) { (random.share() < 0.75) == (concept[$0] > 0) }
        }
      }
      let network = ReferenceNetwork(storing: shown, size: size)
      func wrong(_ state: Pattern) -> Double {
        Double(network.step(state).distance(to: state)) / Double(size)
      }
      let end = network.relax(shown[0]).state
      return [wrong(concepts[0]), wrong(shown[0]), concepts[0].overlap(with: end)]
    }
    #expect(Estimate(row.prototypeError, error: row.standardError).deviation(from: plain[0]) < 4)
    #expect(Estimate(row.exampleError, error: plain[1].error).deviation(from: plain[1]) < 4)
    let end = Estimate(row.generalization, error: row.generalizationError)
    #expect(end.deviation(from: plain[2]) < 4)
  }

  /// Examples that are their prototype, however many: Hebb's network of the prototypes.
  @Test func exactExamplesAreHebbsNetwork() {
    let rows = PrototypeExperiment(
      size: 60, prototypes: 12, overlap: 1, examples: [1, 3], trials: 100, seed: 3
    ).measure()
    let exact = Estimate(Binomial.unstableBit(size: 60, count: 12), error: 0)
    for row in rows {
      let errors = Estimate(row.prototypeError, error: row.standardError)
      #expect(errors.deviation(from: exact) < 4)
      #expect(row.exampleError == row.prototypeError)
    }
    // The same patterns, and couplings three times as strong.
    #expect(rows[0].prototypeError == rows[1].prototypeError)
    #expect(rows[0].generalization == rows[1].generalization)
  }

  /// Fontanari's formula, where examples are many enough to be normal.
  @Test func manyExamplesAreTheTheorys() {
    let row = PrototypeExperiment(
      size: 500, prototypes: 20, overlap: 0.4, examples: [12], trials: 20, seed: 3
    ).measure()[0]
    let errors = Estimate(row.prototypeError, error: row.standardError)
    #expect(errors.deviation(from: Estimate(row.predicted, error: 0.05 * row.predicted)) < 4)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> PrototypeExperiment {
      PrototypeExperiment(
        size: 40, prototypes: 3, overlap: 0.5, examples: [1, 3, 5], trials: 4, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["Fontanari 1990", "measured"])
  }
}
