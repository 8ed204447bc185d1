internal import HopfieldDense
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
  /// The exponential interaction: 2^(N/2) patterns all of which stay, and far more of which most do.
  ///
  /// Below ln 2 / 2 the theorem has all patterns fixed; a given one is fixed up to 0.675. Networks that
  /// can be enumerated are small, so that shapes are compared: what rises with N, and what falls.
  static let demircigil2017 = Reproduction(
    name: "demircigil-2017",
    source: "Demircigil, Heusel, Löwe, Upgang and Vermet 2017, J. Stat. Phys. 168, 288",
    summary: "e^(αN) patterns in a memory with exponential interaction"
  ) { laboratory in
    var findings: [Finding] = [
      Finding(
        "α, all patterns: ln 2 / 2", published: 0.346574, printed: 1e-6,
        ours: Estimate(DenseCapacity.exponentialLoadOfAllPatterns(), error: 0)),
      Finding(
        "α, a given pattern: 2 − ln cosh 2", published: nil,
        ours: Estimate(DenseCapacity.exponentialLoadOfOnePattern(), error: 0),
        why: "not in the paper: from the random energy model"),
    ]
    func fixed(_ load: Double, _ size: Int, _ networks: Int) -> Estimate {
      Estimate(
        of: laboratory.trials("α = \(load), N = \(size)", networks) { _, random in
          ExponentialRun.fixed(size: size, load: load, probes: 100, random: &random)
        }, chances: 100)
    }
    let largest = laboratory.pick(quick: 10, full: 40)
    for (load, published) in [(0.42, 0.98), (0.5, 0.88)] {
      findings.append(
        Finding(
          "N = 24, α = \(load): share of patterns fixed", published: published, printed: 0.01,
          ours: fixed(load, 24, load < 0.45 ? 3 * largest : largest),
          note: "beside an independent simulation: more than 2^(N/2) patterns, and most stay"))
    }
    var curves: [(load: Double, sizes: [Int], shares: [Estimate])] = []
    for (load, isStored, sizes) in [
      (0.3, true, [12, 16, 20, 24]), (0.5, true, [12, 15, 18]), (0.9, false, [7, 9, 11]),
    ] {
      let shares = sizes.map { fixed(load, $0, 8 * largest) }
      curves.append((load, sizes, shares))
      let change = Estimate(
        shares.last!.value - shares[0].value,
        error: (shares[0].error * shares[0].error + shares.last!.error * shares.last!.error)
          .squareRoot())
      findings.append(
        Finding(
          "α = \(load): share of patterns fixed, N = \(sizes.last!) less N = \(sizes[0])",
          ours: change.value,
          holds: (isStored ? change.value : -change.value) > Finding.standardErrors * change.error,
          note: isStored ? "below 0.675: rises" : "above 0.675: falls"))
    }
    let counts = laboratory.pick(quick: [12, 18, 24], full: [12, 16, 20, 24, 28])
    for load in [0.25, 0.42] {
      let whole = counts.filter { load * Double($0) < 9 }.map { size in
        let networks = laboratory.pick(quick: 60, full: 200)
        return Estimate(
          successes: laboratory.trials("all, α = \(load), N = \(size)", networks) { _, random in
            ExponentialRun.fixed(size: size, load: load, probes: .max, random: &random) == 1
          }.count { $0 }, of: networks)
      }
      let isStored = load < DenseCapacity.exponentialLoadOfAllPatterns()
      let (first, last) = (whole[0], whole.last!)
      let error = (first.error * first.error + last.error * last.error).squareRoot()
      findings.append(
        Finding(
          "α = \(load): share of networks with all patterns fixed", ours: last.value,
          holds: isStored
            ? last.value - first.value > Finding.standardErrors * error
            : last.value < Finding.standardErrors * last.error,
          note: isStored
            ? "below ln 2 / 2: rises with N, from \((first.value * 100).rounded() / 100)"
            : "above ln 2 / 2: none"))
    }
    for (size, flips) in [(16, 2), (32, 4)] {
      let limit = DenseCapacity.exponentialLoadOfAllPatterns(
        errorFraction: Double(flips) / Double(size))
      let repaired = laboratory.trials("\(flips) of \(size) flipped", 4 * largest) { _, random in
        ExponentialRun.repaired(size: size, load: limit, flips: flips, probes: 100, random: &random)
      }
      findings.append(
        Finding(
          "N = \(size), ρ = 1/8, α = I(3/4)/2: share of cues repaired in a step", published: 1,
          ours: Estimate(of: repaired, chances: 100),
          why: "the theorem's limit for N → ∞; at finite N some fail"))
    }
    let figure = curves.reduce(
      Plot("The exponential memory", x: "neurons *N*", y: "share of patterns fixed")
        .subtitle("M = e^{αN} random patterns").yAxis(in: -0.02...1.05)
    ) { plot, curve in
      plot.points(
        curve.sizes.map(Double.init), curve.shares.map(\.value), errors: curve.shares.map(\.error),
        label: "α = \(curve.load)")
    }
    return Report(findings, figure: figure.svg)
  }
}

/// Memories of e^(αN) random patterns with exponential interaction.
enum ExponentialRun {
  /// The share of patterns that are fixed points: of the first `probes`.
  static func fixed(size: Int, load: Double, probes: Int, random: inout SeededGenerator) -> Double {
    let memory = memory(size: size, load: load, random: &random)
    let tested = min(probes, memory.patterns.count)
    let fixed = (0..<tested).count { memory.isFixedPoint(memory.patterns[$0]) }
    return Double(fixed) / Double(tested)
  }

  /// The share of patterns that one parallel step brings back after `flips` bits were reversed.
  static func repaired(
    size: Int, load: Double, flips: Int, probes: Int, random: inout SeededGenerator
  ) -> Double {
    let memory = memory(size: size, load: load, random: &random)
    let tested = min(probes, memory.patterns.count)
    let repaired = (0..<tested).count { index in
      let pattern = memory.patterns[index]
      let cue = pattern.flipping(count: flips, using: &random)
      return memory.recall(cue, by: .synchronous, maxSteps: 1, random: random).state == pattern
    }
    return Double(repaired) / Double(tested)
  }

  private static func memory(
    size: Int, load: Double, random: inout SeededGenerator
  ) -> DenseAssociativeMemory {
    let count = max(1, Int(exp(load * Double(size)).rounded()))
    return DenseAssociativeMemory(
      storing: .random(count: count, size: size, using: &random), interaction: .exponential)
  }
}
