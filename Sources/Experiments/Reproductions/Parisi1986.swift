internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Synapses with bounds: how old a pattern may be.
  ///
  /// Synapses are whole multiples of 1/N, within ±K/N. A walk on these 2K + 1 values is that of theory with
  /// walls half a step beyond the last of them: sizes are chosen for which that is A √N.
  static let parisi1986 = Reproduction(
    name: "parisi-1986",
    source: "Parisi 1986, J. Phys. A 19, L617",
    summary: "bounded synapses: the last 0.04 N patterns"
  ) { laboratory in
    let bound = 0.355
    let span = Palimpsest.limit(bound: bound)
    let steps = laboratory.pick(quick: [4, 5, 7], full: [7, 9, 12, 16])
    let sizes = steps.map { step in
      let root = (Double(step) + 0.5) / bound
      return Int((root * root).rounded())
    }
    let networks = sizes.map { max(12, laboratory.pick(quick: 8_000, full: 80_000) / $0) }
    let scheme = PalimpsestRun(
      // K is rounded down: a quarter of a step is safe on either side.
      rule: { size in
        let root = Double(size).squareRoot()
        return .boundedSynapses(bound: ((bound * root - 0.5).rounded() + 0.25) / root)
      }, learned: 0.8)
    let ages = [0.005, 0.01, 0.02]
    let runs = zip(sizes, networks).map { size, networks in
      laboratory.trials("N = \(size)", networks) { _, random in
        scheme.overlaps(
          size: size, ages: ages + PalimpsestRun.window(around: span.load, size: size),
          random: &random)
      }
    }
    var findings = [
      Finding(
        "the longest span, theory", published: 0.04, printed: 0.01,
        ours: Estimate(Palimpsest.limit(bound: Palimpsest.bestBound).load, error: 0),
        note: "diffusion between walls at ±A/√N, A = 0.355, with normal noise")
    ]
    findings += PalimpsestRun.findings(ages: ages, runs: runs, sizes: sizes) {
      Palimpsest.overlap(age: $0, bound: bound)
    }
    findings += PalimpsestRun.span(
      runs: runs, sizes: sizes, skipping: ages.count, around: span.load
    ).findings("oldest age with m > 0.5, half of the patterns", published: span.load)
    let fine = (0...300).map { Double($0) / 300 * 0.07 }
    return Report(
      findings,
      figure: PalimpsestRun.figure(
        "Bounded synapses", runs: runs, sizes: sizes, ages: ages, span: span.load,
        theory: (fine, fine.map { Palimpsest.overlap(age: $0, bound: bound) })))
  }
}
