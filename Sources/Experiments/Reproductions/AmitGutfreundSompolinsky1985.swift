internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Replica theory of Hebb's rule: its numbers, and networks beside them.
  ///
  /// Networks are compared at a load of 0.10, well below the limit, where finite ones differ from the theory
  /// by O(1/N). Where retrieval ends is another matter: see `transition`.
  static let amitGutfreundSompolinsky1985 = Reproduction(
    name: "amit-gutfreund-sompolinsky-1985",
    source:
      "Amit, Gutfreund and Sompolinsky 1985, Phys. Rev. Lett. 55, 1530; 1987, Ann. Phys. 173, 30",
    summary: "replica theory of Hebb's rule: limits, overlaps, energies, mixtures"
  ) { laboratory in
    let load = 0.1
    let sizes = laboratory.pick(quick: [2_000, 4_000, 8_000], full: [4_000, 8_000, 16_000])
    let runs = sizes.map { size in
      laboratory.trials("α = \(load), N = \(size)", laboratory.pick(quick: 48, full: 256)) {
        _, random in
        RetrievalRun(
          size: size, load: load, starts: laboratory.pick(quick: 25, full: 100), random: &random)
      }
    }
    let overlaps = runs.map { Estimate(of: $0.map(\.overlap)) }
    let energies = runs.map { Estimate(of: $0.map(\.energy)) }
    let overlap = Extrapolation(of: overlaps, at: sizes, exponent: 1)
    let energy = Extrapolation(of: energies, at: sizes, exponent: 1)
    let theory = MeanField.solution(load: load, temperature: 0)
    let range = "N = \(sizes[0]) to \(sizes.last!), fit in 1/N; "
    let findings =
      theoryOfAmitGutfreundSompolinsky + [
        Finding(
          "m at α = 0.10, N → ∞", published: theory.overlap, ours: overlap.limit,
          note: range + overlap.quality),
        Finding(
          "energy a neuron at α = 0.10, N → ∞", published: theory.energy, ours: energy.limit,
          note: range + energy.quality),
      ]

    let size = laboratory.pick(quick: 1_000, full: 4_000)
    let experiment = CapacityExperiment(
      size: size, loads: (1...11).map { Double($0) / 50 },
      trials: laboratory.pick(quick: 60, full: 200), seed: laboratory.seed)
    let rows = laboratory.rows(experiment)
    let fine = (0...400).map { Double($0) / 400 * 0.22 }
    let curve = Plot("Across the transition", x: "load α = P / N", y: "overlap *m*")
      .yAxis(in: 0...1.02)
      .line(fine, fine.map { MeanField.overlap(load: $0) }, label: "replica theory")
      .points(
        rows.map(\.load), rows.map(\.overlap), errors: rows.map(\.standardError),
        label: "N = \(size)"
      )
      .rule(x: MeanField.retrievalLimit(), label: "α_c")
    let inverse = sizes.map { 1 / Double($0) }
    let line = [0, inverse[0] * 1.05]
    let limit = Plot("At α = 0.10", x: "1 / N", y: "overlap *m*")
      .line(line, line.map { overlap.limit.value + overlap.slope * $0 }, label: "fit")
      .points(
        inverse, overlaps.map(\.value), errors: overlaps.map(\.error), label: "measured"
      )
      .rule(y: theory.overlap, label: "theory")
    return Report(
      findings, figure: Panels([curve, limit], title: "Retrieval at T = 0").svg)
  }

  /// What the papers print, and what their equations give.
  private static var theoryOfAmitGutfreundSompolinsky: [Finding] {
    func theory(
      _ quantity: String, _ published: Double, printed: Double, _ ours: Double, note: String? = nil
    ) -> Finding {
      Finding(
        quantity, published: published, printed: printed, ours: Estimate(ours, error: 0),
        note: note)
    }
    let critical = MeanField.retrievalLimitState()
    let triple = SpuriousStates.mixture(of: 3)
    return [
      theory(
        "α_c, theory", 0.138, printed: 0.001, critical.load, note: "0.14 in the first paper"),
      theory("m at α_c, theory", 0.967, printed: 0.001, critical.overlap),
      Finding(
        "retrieval has the lowest energy up to α, theory", published: 0.051,
        ours: Estimate(MeanField.thermodynamicLimit(), error: 0),
        why: "0.051 and 0.05 in print are cut off, not rounded: 0.052"),
      theory("overlaps of a mixture of 3, theory", 0.5, printed: 0, triple.overlap),
      theory("energy of a mixture of 3, theory", -0.375, printed: 0.001, triple.freeEnergy),
      Finding(
        "mixtures of 3 are stable below T, theory", published: 0.461,
        ours: Estimate(SpuriousStates.stabilityTemperature(of: 3)!, error: 0),
        why: "the paper's own equation has its root here: its third digit is off"),
      theory(
        "mixtures of 3 exist up to α, theory", 0.03, printed: 0.01,
        SpuriousStates.existenceLimit(of: 3).load),
    ]
  }
}

/// A network that relaxes from its stored patterns: what is left of them.
struct RetrievalRun {
  /// The mean overlap of the ends with their patterns.
  let overlap: Double
  /// Their mean energy a neuron.
  let energy: Double

  init(size: Int, load: Double, starts: Int, random: inout SeededGenerator) {
    let patterns = PatternSet.random(
      count: patternCount(load: load, size: size), size: size, using: &random)
    let network = HopfieldNetwork(storing: patterns)
    let ends = (0..<min(starts, patterns.count)).map { k in
      let recall = network.recall(patterns[k], random: random)
      return (overlap: patterns[k].overlap(with: recall.state), energy: recall.energy)
    }
    let count = Double(ends.count)
    overlap = ends.reduce(0) { $0 + $1.overlap } / count
    energy = ends.reduce(0) { $0 + $1.energy } / count / Double(size)
  }
}
