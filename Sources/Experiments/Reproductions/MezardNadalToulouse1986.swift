internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// The marginalist palimpsest: how old a pattern may be, and how strong it has to be learned.
  ///
  /// Overlaps are compared at ages well within the span. The ages at which descent is lost are dynamic
  /// thresholds, which need not be those of replica theory, and extrapolate by exponents that are assumed:
  /// shown for two, without a verdict.
  static let mezardNadalToulouse1986 = Reproduction(
    name: "mezard-nadal-toulouse-1986",
    source: "Mézard, Nadal and Toulouse 1986, J. Physique 47, 1457",
    summary: "a memory that never fills up: the last 0.049 N patterns"
  ) { laboratory in
    let best = Palimpsest.bestStrength
    let span = Palimpsest.limit(strength: best)
    var findings = [
      Finding(
        "the longest span, theory", published: 0.049, printed: 0.001,
        ours: Estimate(span.load, error: 0), note: "at ε = \((best * 1000).rounded() / 1000)"),
      Finding(
        "the strength of the longest span, theory", published: 4.108, printed: 0.001,
        ours: Estimate(best, error: 0)),
      Finding(
        "nothing is recalled below the strength, theory", published: 2.465, printed: 0.001,
        ours: Estimate(Palimpsest.smallestStrength, error: 0)),
    ]
    let sizes = laboratory.pick(quick: [200, 400, 800], full: [500, 1_000, 2_000])
    let networks = sizes.map { max(12, laboratory.pick(quick: 12_000, full: 80_000) / $0) }
    let scheme = PalimpsestRun(rule: { _ in .marginalist(strength: best) }, learned: 0.4)
    let ages = [0.01, 0.02, 0.03]
    let runs = zip(sizes, networks).map { size, networks in
      laboratory.trials("N = \(size)", networks) { _, random in
        scheme.overlaps(
          size: size, ages: ages + PalimpsestRun.window(around: span.load, size: size),
          random: &random)
      }
    }
    findings += PalimpsestRun.findings(ages: ages, runs: runs, sizes: sizes) {
      Palimpsest.overlap(age: $0, strength: best)
    }
    findings += PalimpsestRun.span(
      runs: runs, sizes: sizes, skipping: ages.count, around: span.load
    ).findings("oldest age with m > 0.5, half of the patterns", published: span.load)
    findings += PalimpsestRun.weakestStrength(
      // These learn more, at six strengths: they are what takes the time.
      sizes: sizes, networks: networks.map { max(12, $0 / 3) }, laboratory
    )
    .findings(
      "strength of the newest pattern, half recalled", published: Palimpsest.smallestStrength)

    let fine = (0...300).map { Double($0) / 300 * 0.08 }
    return Report(
      findings,
      figure: PalimpsestRun.figure(
        "The marginalist palimpsest", runs: runs, sizes: sizes, ages: ages, span: span.load,
        theory: (fine, fine.map { Palimpsest.overlap(age: $0, strength: best) })))
  }
}

extension PalimpsestRun {
  /// The strength at which half of the newest patterns are recalled.
  fileprivate static func weakestStrength(
    sizes: [Int], networks: [Int], _ laboratory: Laboratory
  ) -> DynamicThreshold {
    let weakest = Palimpsest.smallestStrength
    let halves = zip(sizes, networks).map { size, networks in
      let root = Double(size).squareRoot()
      // Finite networks recall what is weaker than the limit.
      let strengths = (0...5).map { weakest + (3 * Double($0) - 14) / root }
      let counts = strengths.map { strength in
        laboratory.trials("ε = \(strength), N = \(size)", networks) { _, random in
          // Below this strength patterns fade more slowly, and more of them matter.
          PalimpsestRun(rule: { _ in .marginalist(strength: strength) }, learned: 1)
            .overlaps(size: size, ages: [0], random: &random)[0] > 0.5
        }.count { $0 }
      }
      // Recall ends where strength falls, and probit analysis wants it to end where the variable rises.
      let half = HalfPoint(loads: strengths.map { -$0 }, successes: counts, of: networks)
      return Estimate(-half.load.value, error: half.load.error)
    }
    return DynamicThreshold(halves, at: sizes)
  }
}
