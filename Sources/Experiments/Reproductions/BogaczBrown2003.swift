internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Familiarity by energy: 0.023 N² patterns with one per cent of errors.
  ///
  /// The sum of P squares is skewed by √(8/P), of the order 1/N: known patterns are missed less often
  /// than one in a hundred and new ones taken for known more often, and both tend to it as 1/N.
  static let bogaczBrown2003 = Reproduction(
    name: "bogacz-brown-2003",
    source: "Bogacz and Brown 2003, Hippocampus 13, 494",
    summary: "familiarity of 0.023 N² patterns with 1 % of errors"
  ) { laboratory in
    let target = 0.01
    var findings = [
      Finding(
        "patterns at 1 % of errors, over N²", published: 0.023, printed: 0.001,
        ours: Estimate(Familiarity.capacity(size: 1_000, errorRate: target) / 1e6, error: 0),
        note: "1/(8 z²), z the normal law's quantile of 99 %")
    ]
    let sizes = laboratory.pick(quick: [100, 200, 400], full: [100, 200, 400, 800])
    let judged = laboratory.pick(quick: 100_000, full: 400_000)
    let rows = sizes.map { size in
      laboratory.rows(
        RecognitionExperiment(
          size: size, loads: [Familiarity.capacity(size: size, errorRate: target) / Double(size)],
          trials: laboratory.pick(quick: 100, full: 200),
          probes: min(judged / 100, size * size / 50), seed: laboratory.seed &+ UInt64(size)))[0]
    }
    let errors = rows.map { Estimate($0.errors, error: $0.standardError) }
    let fit = Extrapolation(of: errors, at: sizes, exponent: 1)
    findings.append(
      Finding(
        "errors at that load, N → ∞", published: target, ours: fit.limit,
        note: "threshold midway, −(N − 1)/4; N = \(sizes[0]) to \(sizes.last!), fit in 1/N; "
          + fit.quality))
    for (name, keyPath, others) in [
      ("known patterns missed", \RecognitionExperiment.Row.missed, 0.0082),
      ("new patterns taken for known", \.falselyKnown, 0.0107),
    ] {
      let shares = rows.map {
        Estimate(
          $0[keyPath: keyPath],
          // Half of the judgements: the error is larger by a root of two.
          error: $0.standardError * 2.0.squareRoot())
      }
      let fit = Extrapolation(of: shares, at: sizes, exponent: 1)
      findings.append(
        Finding(
          "\(name), N → ∞", published: target, ours: fit.limit,
          note:
            "\(name == "known patterns missed" ? "rises" : "falls") to it as 1/N; \(fit.quality)"))
      findings.append(
        Finding(
          "\(name), N = 400", published: others, ours: shares[sizes.firstIndex(of: 400)!],
          why: "an independent simulation at P = 3680, whose error is not known"))
    }
    let scaled = sizes.map { 1 / Double($0) }
    let figure = Plot("Familiarity at 0.023 N² patterns", x: "1 / N", y: "share of errors")
      .subtitle("Hebb, threshold −(N − 1)/4")
      .xAxis(in: 0...scaled[0] * 1.05)
      .rule(y: target, label: "theory, N → ∞")
      .line(
        [0, scaled[0] * 1.05], [0, scaled[0] * 1.05].map { fit.limit.value + fit.slope * $0 },
        label: "fit"
      )
      .points(scaled, errors.map(\.value), errors: errors.map(\.error), label: "all")
      .points(scaled, rows.map(\.missed), label: "known, missed")
      .points(scaled, rows.map(\.falselyKnown), label: "new, taken for known").svg
    return Report(findings, figure: figure)
  }
}
