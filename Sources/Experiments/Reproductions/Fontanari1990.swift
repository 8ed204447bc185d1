internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// Prototypes that emerge from examples.
  ///
  /// The formula takes the sum of a prototype's own examples as normal. It is binomial, which for few
  /// examples makes a difference that is measured easily: verdicts are on the binomial sum.
  static let fontanari1990 = Reproduction(
    name: "fontanari-1990",
    source: "Fontanari 1990, J. Phys. France 51, 2421",
    summary: "the unseen prototype of many examples becomes a memory"
  ) { laboratory in
    var findings: [Finding] = []
    let (overlap, load) = (0.4, 0.01)
    let sizes = laboratory.pick(quick: [1_500, 3_000, 6_000], full: [2_000, 4_000, 8_000, 16_000])
    let numbers = [1, 3, 5, 10, 20, 40]
    var limits: [Estimate] = []
    for examples in numbers {
      let measured = sizes.map { size in
        let errors = laboratory.trials(
          "s = \(examples), N = \(size)", laboratory.pick(quick: 120_000, full: 2_000_000) / size
        ) { _, random in
          PrototypeRun.errors(
            size: size, prototypes: Int(load * Double(size)), overlap: overlap, examples: examples,
            random: &random)
        }
        return Estimate(of: errors, chances: Int(load * Double(size)) * size)
      }
      let fit = Extrapolation(of: measured, at: sizes, exponent: 1)
      limits.append(fit.limit)
      findings.append(
        Finding(
          "wrong bits of a prototype, s = \(examples)",
          published: PrototypeRun.binomialError(examples: examples, overlap: overlap, load: load),
          ours: fit.limit,
          note:
            "b = 0.4, 0.01 N prototypes, own examples binomial; N → ∞, fit in 1/N; \(fit.quality)"
        ))
      findings.append(
        Finding(
          "the same by the normal formula",
          published: Familiarity.prototypeError(examples: examples, overlap: overlap, load: load),
          ours: fit.limit, why: "takes the sum of s examples as normal"))
    }
    let rows = laboratory.rows(
      PrototypeExperiment(
        size: 2_000, prototypes: 20, overlap: overlap, examples: [1, 40],
        trials: laboratory.pick(quick: 10, full: 40), seed: laboratory.seed))
    findings.append(
      Finding(
        "40 examples: mean overlap with the unseen prototype after relaxing from an example",
        ours: rows[1].generalization, holds: rows[1].generalization > 0.95,
        note: "N = 2000; from one example stored it is \(overlap)"))

    let fine = (4...220).map { Double($0) / 5 }
    let figure = Plot(
      "The prototype that was never shown", x: "examples *s*", y: "share of wrong bits"
    )
    .subtitle("one step from the prototype, b = 0.4, α = 0.01")
    .line(
      fine, fine.map { PrototypeRun.normalError(examples: $0, overlap: overlap, load: load) },
      label: "own examples normal"
    )
    .line(
      (1...44).map(Double.init),
      (1...44).map { PrototypeRun.binomialError(examples: $0, overlap: overlap, load: load) },
      label: "own examples binomial"
    )
    .points(
      numbers.map(Double.init), limits.map(\.value), errors: limits.map(\.error),
      label: "measured, N → ∞"
    ).svg
    return Report(findings, figure: figure)
  }
}

/// One step from prototypes whose examples are stored.
enum PrototypeRun {
  /// The share of wrong bits after one parallel step, over all prototypes of a network.
  static func errors(
    size: Int, prototypes: Int, overlap: Double, examples: Int, random: inout SeededGenerator
  ) -> Double {
    let concepts = PatternSet.random(count: prototypes, size: size, using: &random)
    var stored = PatternSet(size: size, capacity: prototypes * examples)
    for concept in 0..<prototypes {
      let prototype = concepts[concept]
      stored.append(
        (0..<examples).map { _ in
          prototype.flipping(probability: (1 - overlap) / 2, using: &random)
        })
    }
    let network = HopfieldNetwork(storing: stored)
    let wrong = (0..<prototypes).reduce(0) { sum, concept in
      let step = network.recall(
        concepts[concept], by: .synchronous, maxSteps: 1, random: random)
      return sum + step.changes[0]
    }
    return Double(wrong) / Double(prototypes * size)
  }

  /// Σ_k B(k; s, (1 + b)/2) Φ(−b (2k − s) / √(α s (1 + (s − 1) b⁴))): k of the prototype's own examples
  /// agree with it at a site, and the other prototypes' noise is normal.
  static func binomialError(examples: Int, overlap: Double, load: Double) -> Double {
    let s = Double(examples)
    let square = overlap * overlap
    let noise = (load * s * (1 + (s - 1) * square * square)).squareRoot()
    var probability = pow((1 - overlap) / 2, s)
    var sum = 0.0
    for k in 0...examples {
      sum += probability * Gaussian.distribution(-overlap * Double(2 * k - examples) / noise)
      probability *= Double(examples - k) / Double(k + 1) * (1 + overlap) / (1 - overlap)
    }
    return sum
  }

  /// `Familiarity.prototypeError` between whole numbers of examples.
  fileprivate static func normalError(examples: Double, overlap: Double, load: Double) -> Double {
    let low = max(1, Int(examples))
    let share = max(0, examples - Double(low))
    let values = [low, low + 1].map {
      Familiarity.prototypeError(examples: $0, overlap: overlap, load: load)
    }
    return values[0] + share * (values[1] - values[0])
  }
}
