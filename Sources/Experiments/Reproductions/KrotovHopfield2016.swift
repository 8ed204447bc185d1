internal import HopfieldDense
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Dense memories: N^(n−1) patterns, and the gate that a quadratic energy can't hold.
  static let krotovHopfield2016 = Reproduction(
    name: "krotov-hopfield-2016",
    source: "Krotov and Hopfield 2016, Advances in Neural Information Processing Systems 29",
    summary: "dense memories hold N^(n−1) patterns, and XOR"
  ) { laboratory in
    var findings: [Finding] = []
    for (degree, sizes) in [
      // Odd sizes: for n = 2 the fields are whole numbers, which may then be zero for any K.
      (2, laboratory.pick(quick: [101, 201, 401, 801], full: [101, 201, 401, 801, 1_601])),
      (3, laboratory.pick(quick: [51, 101, 201], full: [101, 151, 201, 301, 401])),
      (4, laboratory.pick(quick: [61, 91, 121], full: [91, 121, 161, 201])),
    ] {
      let ratios = sizes.map { DenseErrors.ratio(degree: degree, size: $0, laboratory) }
      let fit = Extrapolation(of: ratios, at: sizes, exponent: 1)
      findings.append(
        Finding(
          "n = \(degree): wrong bits over those of eq. 5, N → ∞", published: 1, ours: fit.limit,
          note: "at half a per cent, N = \(sizes[0]) to \(sizes.last!), fit in 1/N; \(fit.quality)")
      )
    }
    let small = laboratory.trials("n = 3, N = 100", laboratory.pick(quick: 200, full: 2_000)) {
      _, random in
      DenseErrors.share(degree: 3, size: 100, patterns: 502, probes: 20, random: &random)
    }
    findings.append(
      Finding(
        "n = 3, N = 100, K = 502: share of wrong bits", published: 0.0052, error: 0.0003,
        ours: Estimate(of: small),
        note: "beside an independent simulation; eq. 5, for large N, gives 0.0050"))
    findings.append(
      Finding(
        "α₂ at half a per cent of wrong bits", published: 0.14,
        ours: Estimate(DenseCapacity.loadFactor(degree: 2, errorRate: 0.005), error: 0),
        why:
          "the paper quotes the thermodynamic 0.138; eq. 5 itself gives 0.1507, one step without feedback"
      ))
    findings.append(
      Finding(
        "α₃ at half a per cent of wrong bits", published: nil,
        ours: Estimate(DenseCapacity.loadFactor(degree: 3, errorRate: 0.005), error: 0),
        why: "eq. 5, α₂/3: the load of K = 502 at N = 100"))

    // As the paper has it: odd n ≥ 3 and rectified n ≥ 2 hold the gate; a tie keeps half of the starts.
    let gates: [(String, Interaction, Double)] = [
      ("x", .polynomial(degree: 1), 0.5), ("x²", .polynomial(degree: 2), 0.5),
      ("x³", .polynomial(degree: 3), 1), ("x⁴", .polynomial(degree: 4), 0.5),
      ("x⁵", .polynomial(degree: 5), 1), ("rectified x", .rectified(degree: 1), 0.5),
      ("rectified x²", .rectified(degree: 2), 1), ("rectified x³", .rectified(degree: 3), 1),
    ]
    for (name, interaction, published) in gates {
      findings.append(
        Finding(
          "XOR with F = \(name): share of right outputs", published: published,
          ours: Estimate(DenseErrors.gate(interaction), error: 0),
          note: published < 1 ? "the energies tie: the output stays as it began" : nil))
    }
    findings.append(
      Finding(
        "MNIST: test error, n = 3", published: 0.0144,
        why:
          "needs the 60 000 images and memories trained on them: not comparable with other digits"))

    let experiment = DenseExperiment(
      size: 100, degrees: [2, 3, 4], relativeLoads: [0.25, 0.5, 0.75, 1, 1.5, 2],
      trials: laboratory.pick(quick: 4, full: 40), seed: laboratory.seed)
    return Report(findings, figure: experiment.figure(of: laboratory.rows(experiment)))
  }
}

/// What one step of a dense memory gets wrong, and the gate.
enum DenseErrors {
  /// The share of bits of stored patterns that one parallel step flips.
  static func share(
    degree: Int, size: Int, patterns count: Int, probes: Int, random: inout SeededGenerator
  ) -> Double {
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    let memory = DenseAssociativeMemory(
      storing: patterns, interaction: .polynomial(degree: degree))
    let tested = min(probes, count)
    let flips = (0..<tested).reduce(0) { sum, k in
      sum + memory.recall(patterns[k], by: .synchronous, maxSteps: 1, random: random).changes[0]
    }
    return Double(flips) / Double(tested * size)
  }

  /// The measured share over that of the formula, at half a per cent.
  fileprivate static func ratio(degree: Int, size: Int, _ laboratory: Laboratory) -> Estimate {
    let count = DenseExperiment.patterns(degree: degree, size: size, relativeLoad: 1)
    let predicted = DenseCapacity.errorRate(
      degree: degree, size: size, patterns: Double(count))
    let probes = 100
    let bits = laboratory.pick(quick: 3_000_000, full: 30_000_000)
    let shares = laboratory.trials(
      "n = \(degree), N = \(size)", max(10, bits / (min(probes, count) * size))
    ) { _, random in
      share(degree: degree, size: size, patterns: count, probes: probes, random: &random)
    }
    let estimate = Estimate(of: shares)
    return Estimate(estimate.value / predicted, error: estimate.error / predicted)
  }

  /// The share of right outputs of a memory that stores the truth table of XOR, the inputs held, over
  /// all inputs and beginnings of the output.
  static func gate(_ interaction: Interaction) -> Double {
    let table = PatternSet(
      [[-1, -1, -1], [-1, 1, 1], [1, -1, 1], [1, 1, -1]].map { Pattern($0) })
    let memory = DenseAssociativeMemory(storing: table, interaction: interaction)
    var right = 0
    table.forEach { _, row in
      for output in [-1, 1] {
        var start = row
        start[2] = output
        let cue = Cue(start, known: { $0 < 2 }, clampingKnown: true)
        if memory.recall(from: cue).state == row { right += 1 }
      }
    }
    return Double(right) / 8
  }
}
