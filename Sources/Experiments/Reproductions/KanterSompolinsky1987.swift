internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Basins of the projection rule, with its diagonal and without.
  ///
  /// At a pattern with site i flipped the field there is ξᵢ(1 − 2wᵢᵢ) with the diagonal kept, ξᵢ(1 − wᵢᵢ)
  /// without, and wᵢᵢ is α on average: so basins of the first kind end at a load of one half.
  static let kanterSompolinsky1987 = Reproduction(
    name: "kanter-sompolinsky-1987",
    source: "Kanter and Sompolinsky 1987, Phys. Rev. A 35, 380",
    summary: "basins of the projection rule end at load 1/2, or at 1 without the diagonal"
  ) { laboratory in
    let size = laboratory.pick(quick: 400, full: 1_000)
    let networks = laboratory.pick(quick: 8, full: 24)
    func repaired(_ load: Double, selfCoupling: Bool) -> Estimate {
      let kind = selfCoupling ? "kept" : "zeroed"
      return Estimate(
        of: laboratory.trials("one flip, \(kind), α = \(load)", networks) { _, random in
          ProjectionRun.repairedShare(
            load: load, size: size, selfCoupling: selfCoupling, flips: 100, random: &random)
        })
    }
    var findings: [Finding] = []
    let loads = [0.1, 0.2, 0.3, 0.4, 0.45, 0.475, 0.5, 0.525, 0.55, 0.6, 0.7, 0.8, 0.9]
    let kept = loads.map { repaired($0, selfCoupling: true) }
    let zeroed = loads.map { repaired($0, selfCoupling: false) }
    func found(_ shares: [Estimate], at load: Double) -> Estimate {
      shares[loads.firstIndex(of: load)!]
    }
    let below = found(kept, at: 0.4).value, above = found(kept, at: 0.6).value
    findings += [
      Finding(
        "diagonal kept: flips repaired at α = 0.4", ours: below, holds: below == 1,
        note: "N = \(size)"),
      Finding(
        "diagonal kept: flips repaired at α = 1/2", published: 0.5, ours: found(kept, at: 0.5),
        note: "wᵢᵢ is 1/2 on average, and as often above as below"),
      Finding(
        "diagonal kept: flips repaired at α = 0.6", ours: above, holds: above == 0,
        note: "no basin is left"),
      Finding(
        "diagonal zeroed: flips repaired at α = 0.8", ours: found(zeroed, at: 0.8).value,
        holds: found(zeroed, at: 0.8).value == 1,
        note: "basins remain up to α = 1, which larger networks come nearer to"),
    ]

    let sizes = laboratory.pick(quick: [200, 400, 800], full: [500, 1_000, 2_000])
    for (load, overlap) in [(0.2, 0.3), (0.5, 0.5), (0.8, 0.7)] {
      let steps = sizes.map { size in
        Estimate(
          of: laboratory.trials(
            "step, α = \(load), N = \(size)", laboratory.pick(quick: 16_000, full: 80_000) / size
          ) { _, random in
            ProjectionRun.stepOverlap(load: load, size: size, overlap: overlap, random: &random)
          })
      }
      let fit = Extrapolation(of: steps, at: sizes, exponent: 1)
      findings.append(
        Finding(
          "m after a step from \(overlap) at α = \(load), N → ∞",
          published: Capacity.projectionStep(overlap: overlap, load: load), ours: fit.limit,
          note: "N = \(sizes[0]) to \(sizes.last!), fit in 1/N; " + fit.quality))
    }

    let repair = Plot(
      "One wrong bit", x: "load α = P / N", y: "share of flips repaired"
    ).subtitle("N = \(size)").yAxis(in: -0.02...1.05)
      .line(loads, kept.map(\.value)).line(loads, zeroed.map(\.value))
      .points(loads, kept.map(\.value), errors: kept.map(\.error), label: "diagonal kept")
      .points(loads, zeroed.map(\.value), errors: zeroed.map(\.error), label: "diagonal zeroed")
      .rule(x: 0.5)
    let radii = [true, false].map { basins(selfCoupling: $0, size: size, laboratory) }
    let radius = Plot(
      "Basins", x: "load α = P / N", y: "overlap that half come back from"
    ).subtitle("N = \(size)").yAxis(in: 0...1.02).xAxis(in: 0...1)
      .line(radii[0].map(\.load), radii[0].map(\.overlap))
      .line(radii[1].map(\.load), radii[1].map(\.overlap))
      .points(radii[0].map(\.load), radii[0].map(\.overlap), label: "diagonal kept")
      .points(radii[1].map(\.load), radii[1].map(\.overlap), label: "diagonal zeroed")
      .rule(x: 0.5)
    return Report(findings, figure: Panels([repair, radius], title: "The projection rule").svg)
  }

  /// The overlap from which half of the starts come back to their pattern, load by load.
  private static func basins(
    selfCoupling: Bool, size: Int, _ laboratory: Laboratory
  ) -> [(load: Double, overlap: Double)] {
    let loads =
      selfCoupling ? [0.1, 0.2, 0.3, 0.4] : [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    return loads.compactMap { load in
      let rows = laboratory.rows(
        BasinExperiment(
          size: size, load: load, overlaps: (0...10).map { Double($0) / 10 },
          trials: laboratory.pick(quick: 6, full: 30), seed: laboratory.seed,
          memory: .classical(.projection(selfCoupling: selfCoupling)), criterion: 1))
      return crossing(rows.map(\.initial), rows.map(\.retrieved), level: 0.5).map { (load, $0) }
    }
  }
}
