internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// The largest stability that couplings can give, found by the minimal overlap algorithm, beside Gardner's
  /// theory.
  ///
  /// Rows of N − 1 couplings learn P = α (N − 1) patterns. The algorithm's bound says how far it may be from
  /// the best: the middle of that range counts, and half of the range belongs to the error.
  static let krauthMezard1987 = Reproduction(
    name: "krauth-mezard-1987",
    source: "Krauth and Mézard 1987, J. Phys. A 20, L745; Gardner 1988, J. Phys. A 21, 257",
    summary: "the largest stability of couplings, by learning with minimal overlap"
  ) { laboratory in
    let sizes = laboratory.pick(quick: [41, 81, 121], full: [101, 201, 401])
    let precision = laboratory.pick(quick: 0.02, full: 0.01)
    let loads = [0.5, 1]
    var findings: [Finding] = []
    var limits: [Estimate] = []
    var panels: [Plot] = []
    for load in loads {
      let stabilities = sizes.map { size in
        // Rows of one sample share their patterns: samples are what counts.
        let samples = max(
          laboratory.pick(quick: 4, full: 8),
          laboratory.pick(quick: 100_000, full: 800_000) / (size * size))
        return Estimate(
          of: laboratory.trials("α = \(load), N = \(size)", samples) { _, random in
            IndependentRowsRun.stability(
              load: load, size: size, precision: precision, random: &random)
          })
      }
      let fit = Extrapolation(of: stabilities, at: sizes, exponent: 1)
      let rest = fit.limit.value * precision / 2
      let limit = Estimate(
        fit.limit.value,
        error: (fit.limit.error * fit.limit.error + rest * rest / 3).squareRoot())
      limits.append(limit)
      findings.append(
        Finding(
          "κ at α = \(load), N → ∞", published: Separability.margin(load: load), ours: limit,
          note: "N = \(sizes[0]) to \(sizes.last!), fit in 1/N; " + fit.quality))
      let inverse = sizes.map { 1 / Double($0) }
      let line = [0, inverse[0] * 1.05]
      panels.append(
        Plot("At α = \(load)", x: "1 / N", y: "stability κ")
          .line(line, line.map { fit.limit.value + fit.slope * $0 }, label: "fit")
          .points(
            inverse, stabilities.map(\.value), errors: stabilities.map(\.error),
            label: "measured"
          )
          .rule(y: Separability.margin(load: load), label: "Gardner"))
    }
    let fine = (20...200).map { Double($0) / 100 }
    let curve = Plot("Limits for N → ∞", x: "load α = P / N", y: "stability κ")
      .line(fine, fine.map { Separability.margin(load: $0) }, label: "Gardner 1988")
      .points(loads, limits.map(\.value), errors: limits.map(\.error), label: "minimal overlap")
    return Report(
      findings, figure: Panels([curve] + panels, columns: 3, title: "The largest stability").svg)
  }
}

/// Rows of couplings that learn by themselves.
enum IndependentRowsRun {
  /// The mean of what the neurons' best stabilities lie around: each is found up to `precision`.
  static func stability(
    load: Double, size: Int, precision: Double, random: inout SeededGenerator
  ) -> Double {
    let count = Int((load * Double(size - 1)).rounded())
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    guard
      let rows = try? LearningRule.independentRows(
        of: patterns, precision: precision, sweeps: 1_000_000, threads: 1)
    else { return 0 }
    // The best is at least this, and at most 1/(1 − precision) of it.
    let mean = rows.stabilities.reduce(0, +) / Double(size)
    return mean * (1 + 1 / (1 - precision)) / 2
  }
}
