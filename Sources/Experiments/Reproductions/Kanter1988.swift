internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// How many patterns a network of Potts neurons holds.
  ///
  /// Below the capacity the overlap is compared. The load at which descent is lost is a dynamic threshold,
  /// which need not be the static capacity, and extrapolates by an exponent that nobody has derived:
  /// shown for two, without a verdict.
  static let kanter1988 = Reproduction(
    name: "kanter-1988",
    source: "Kanter 1988, Phys. Rev. A 37, 2739",
    summary: "the overlap and the capacity of Potts neurons of three colours"
  ) { laboratory in
    var findings: [Finding] = []
    let binary = PottsCapacity.limit(states: 2).load
    for colours in [3, 4, 10] {
      let factor = Double(colours * (colours - 1)) / 2
      findings.append(
        Finding(
          "α_c of q = \(colours) over that of q = 2", published: factor,
          ours: Estimate(PottsCapacity.limit(states: colours).load / binary, error: 0),
          why: "theory against theory: q(q − 1)/2 is the paper's approximation"))
    }

    let colours = 3
    let capacity = PottsCapacity.limit(states: colours).load
    let loads = [0.25, 0.3, 0.35]
    let sizes = laboratory.pick(
      quick: [500, 1_000, 2_000], full: [500, 1_000, 2_000, 4_000, 8_000])
    var overlaps: [Estimate] = []
    for load in loads {
      let measured = sizes.map { size in
        Estimate(
          of: laboratory.trials(
            "α = \(load), N = \(size)", laboratory.pick(quick: 20_000, full: 400_000) / size
          ) { _, random in
            PottsRun.overlap(size: size, colours: colours, load: load, random: &random)
          }, chances: size)
      }
      let fit = Extrapolation(of: measured, at: sizes, exponent: 1)
      overlaps.append(fit.limit)
      findings.append(
        Finding(
          "q = 3: m at α = \(load), N → ∞",
          published: PottsCapacity.overlap(load: load, states: colours), ours: fit.limit,
          note: "replica-symmetric theory; N = \(sizes[0]) to \(sizes.last!), fit in 1/N; "
            + fit.quality))
    }

    let threshold = DynamicThreshold(
      sizes.map { PottsRun.halfPoint(size: $0, colours: colours, laboratory).load }, at: sizes)
    findings += threshold.findings("q = 3: half of the descents lost", published: capacity)

    let fine = (0...200).map { capacity * Double($0) / 200 }
    let curve = Plot("Overlaps", x: "load α = P / N", y: "overlap *m*")
      .subtitle("T = 0")
      .yAxis(in: 0.96...1.002)
      .line(
        fine, fine.map { PottsCapacity.overlap(load: $0, states: colours) },
        label: "replica-symmetric theory"
      )
      .points(
        loads, overlaps.map(\.value), errors: overlaps.map(\.error), label: "N → ∞"
      )
      .rule(x: capacity, label: "α_c")
    let limits = threshold.plot(
      "Where half of the descents are lost", y: "load α", theory: capacity)
    return Report(
      findings, figure: Panels([curve, limits], title: "Potts neurons of three colours").svg)
  }
}

/// Descents of Potts networks from their first pattern.
enum PottsRun {
  /// The overlap with the pattern at the end.
  static func overlap(
    size: Int, colours: Int, load: Double, random: inout SeededGenerator
  ) -> Double {
    let patterns = (0..<patternCount(load: load, size: size)).map { _ in
      PottsPattern.random(size: size, colourCount: colours, using: &random)
    }
    let network = PottsNetwork(storing: patterns)
    return patterns[0].overlap(with: network.recall(from: patterns[0]).state)
  }

  /// The load at which half of the descents end below m = 0.7.
  static func halfPoint(size: Int, colours: Int, _ laboratory: Laboratory) -> HalfPoint {
    let root = Double(size).squareRoot()
    // Half of Hopfield's are lost at α_c + 0.8/√N; here it is more than three times that.
    let centre = PottsCapacity.limit(states: colours).load + 2.9 / root
    let loads = [-1.6, -0.8, 0, 0.8, 1.6].map { centre + $0 / root }
    let trials = laboratory.pick(quick: 30, full: 200)
    let kept = loads.map { load in
      laboratory.trials("N = \(size), α = \(load)", trials) { _, random in
        overlap(size: size, colours: colours, load: load, random: &random) > 0.7
      }.count { $0 }
    }
    return HalfPoint(loads: loads, successes: kept, of: trials)
  }
}
