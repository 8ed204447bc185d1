internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// Where retrieval ends at T = 0: descent at growing sizes, and warm networks on the way to T = 0.
  ///
  /// Descent stops at the first metastable state: its threshold is dynamic, and need not be that of replica
  /// theory. How fast finite sizes approach it nobody has derived. So the statistical error and what the
  /// assumed exponent moves are told apart, and the joint interval is held against the numbers in print.
  static let transition = Reproduction(
    name: "transition",
    source: "Amit, Gutfreund and Sompolinsky 1985; Kohring 1990; Stiefvater et al. 1996; Volk 1998",
    summary: "where retrieval ends at T = 0: limits for N → ∞, statistics and systematics apart"
  ) { laboratory in
    let cold = TransitionSurvey.cold(laboratory)
    let warm = TransitionSurvey.warm(laboratory)
    var findings: [Finding] = []
    var limits: [Estimate] = []
    for motion in TransitionExperiment.Motion.allCases {
      let rows = cold.filter { $0.dynamics == motion.rawValue }
      let found = TransitionSurvey.limits(of: rows, name: motion.rawValue)
      findings += found.findings
      limits += found.limits
    }
    let low = limits.map { $0.value - Finding.standardErrors * $0.error }.min()!
    let high = limits.map { $0.value + Finding.standardErrors * $0.error }.max()!
    let center = Estimate(
      (low + high) / 2, error: (high - low) / 2 / Finding.standardErrors)
    for (name, published, error) in [
      ("Amit et al. 1985, simulation", 0.145, 0.009), ("Kohring 1990, simulation", 0.143, 0),
      ("Stiefvater et al. 1996, simulation", 0.141, 0), ("Volk 1998, simulation", 0.14, 0),
      ("replica theory, symmetric", MeanField.retrievalLimit(), 0),
      ("replica theory, symmetry broken", 0.138186, 0),
    ] {
      let isInside = published + error >= low && published - error <= high
      findings.append(
        Finding(
          "in the joint interval? \(name)", published: published, ours: center,
          why:
            "\(isInside ? "inside" : "outside") \(rounded(low)) to \(rounded(high)), three errors "
            + "around every fit above" + (error > 0 ? "; printed with ±\(error)" : "")))
    }
    findings += TransitionSurvey.staticFindings(of: warm)
    return Report(findings, figure: TransitionSurvey.figure(cold: cold, warm: warm))
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}

/// The measurements of the transition, and what they say.
enum TransitionSurvey {
  typealias Row = TransitionExperiment.Row

  /// Descent, of all motions.
  static func cold(_ laboratory: Laboratory) -> [Row] {
    TransitionExperiment.Motion.allCases.flatMap { motion in
      laboratory.pick(quick: quickly, full: fully)(laboratory, motion)
    }
  }

  private static func quickly(
    _ laboratory: Laboratory, _ motion: TransitionExperiment.Motion
  ) -> [Row] {
    [(1_024, 40), (2_048, 32), (4_096, 24), (8_192, 16)].flatMap { size, samples in
      // A visit out of order costs several times one in order.
      motion == .permuted && size > 4_096
        ? []
        : laboratory.rows(
          TransitionExperiment(
            sizes: [size], motions: [motion], samples: samples, starts: 20,
            seed: laboratory.seed(of: "\(motion), \(size)")))
    }
  }

  /// Six hundred starts a size, from the patterns that all motions share; of a million neurons sixty in
  /// sequential order, and 24 of these in each of the others, to see whether the order tells.
  private static func fully(
    _ laboratory: Laboratory, _ motion: TransitionExperiment.Motion
  ) -> [Row] {
    let sizes = (10...17).map { 1 << $0 }
    let rows = laboratory.rows(
      TransitionExperiment(
        sizes: sizes, motions: [motion], samples: 10, starts: 10, seed: laboratory.seed),
      as: motion.rawValue)
    guard hasMemoryForAMillion else { return rows }
    return rows
      + laboratory.rows(
        TransitionExperiment(
          sizes: [1_000_000], motions: [motion], samples: 1,
          starts: motion == .sequential ? 10 : 4, seed: laboratory.seed),
        as: "\(motion.rawValue)-million")
  }

  /// 17.5 GB of bits, and what is in motion.
  private static var hasMemoryForAMillion: Bool {
    Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE))) > 22e9
  }

  /// Heat baths.
  static func warm(_ laboratory: Laboratory) -> [Row] {
    let plan: [(size: Int, samples: Int, starts: Int)] = laboratory.pick(
      quick: [(1_024, 12, 10), (2_048, 8, 10), (4_096, 6, 8)],
      full: [(1_024, 60, 20), (2_048, 40, 20), (4_096, 30, 20), (8_192, 20, 20)])
    return [0.05, 0.1, 0.15].flatMap { temperature in
      plan.flatMap { size, samples, starts in
        laboratory.rows(
          TransitionExperiment(
            sizes: [size], temperature: temperature, sweeps: laboratory.pick(quick: 50, full: 300),
            loadsPerSize: laboratory.pick(quick: 5, full: 6), samples: samples, starts: starts,
            seed: laboratory.seed(of: "T = \(temperature), \(size)")),
          as: "T-\(temperature)-\(size)")
      }
    }
  }

  /// The limits by each way to extrapolate.
  static func limits(
    of rows: [Row], name: String
  ) -> (findings: [Finding], limits: [Estimate]) {
    var findings: [Finding] = []
    var limits: [Estimate] = []
    let sizes = Set(rows.map(\.neurons)).sorted()
    // A power, too, is fitted only where there are more sizes than it has parameters in N.
    let powers: [(String, Double?)] =
      [("N^−1/2", 0.5), ("N^−2/3", 2.0 / 3)] + (sizes.count > 3 ? [("a fitted power", nil)] : [])
    for (text, exponent) in powers {
      let fit = TransitionFit.withoutSmallSizes(
        rows, exponent: exponent, keeping: exponent == nil ? 4 : 3)
      guard let fit else { continue }
      limits.append(fit.limit)
      let quality = "χ² = \(rounded(fit.chiSquare, 10)) of \(fit.degreesOfFreedom)"
      let power =
        exponent == nil
        ? ", N^−\(rounded(fit.exponent.value, 100)) ± \(rounded(fit.exponent.error, 100))" : ""
      findings.append(
        Finding(
          "\(name): limit for N → ∞ by \(text)", published: nil, ours: fit.limit,
          why:
            "statistical error; N = \(fit.smallest) to \(sizes[sizes.count - 1])\(power), \(quality)"
        ))
    }
    if sizes.count > 1 {
      let (small, large) = (sizes[0], sizes[sizes.count - 1])
      let crossing = TransitionFit.crossing(
        of: rows.filter { $0.neurons == small }, and: rows.filter { $0.neurons == large })
      // What it assumes N^−1/2 assumes too, and that fit takes all sizes: it adds nothing to the interval.
      if let crossing {
        findings.append(
          Finding(
            "\(name): crossing of N = \(small) and \(large)", published: nil, ours: crossing,
            why: "of two sizes alone; the limit if the shift goes as N^−1/2"))
      }
    }
    return (findings, limits)
  }

  /// How far warm limits lie from those of replica theory at the same temperature, and where that leads at
  /// T → 0.
  static func staticFindings(of rows: [Row]) -> [Finding] {
    let temperatures = Set(rows.map(\.temperature)).sorted()
    var findings: [Finding] = []
    for (text, exponent) in [("N^−1/2", 0.5), ("N^−2/3", 2.0 / 3)] {
      var points: [(temperature: Double, excess: Estimate)] = []
      for temperature in temperatures {
        let some = rows.filter { $0.temperature == temperature }
        guard let fit = TransitionFit.withoutSmallSizes(some, exponent: exponent) else { continue }
        let theory = MeanField.retrievalLimit(temperature: temperature)
        points.append(
          (temperature, Estimate(fit.limit.value - theory, error: fit.limit.error)))
        findings.append(
          Finding(
            "heat bath, T = \(temperature): limit for N → ∞ by \(text)", published: theory,
            ours: fit.limit,
            why: "replica theory at this T; an assumed exponent; "
              + "χ² = \(rounded(fit.chiSquare, 10)) of \(fit.degreesOfFreedom)"))
      }
      // Theory takes the bend out of the curve; a straight line is left.
      guard points.count > 2 else { continue }
      let line = LeastSquares(line: points.map(\.excess), at: points.map(\.temperature))
      let limit = MeanField.retrievalLimit()
      findings.append(
        Finding(
          "static limit, T → 0 of the heat bath, by \(text)", published: 0.138186,
          ours: Estimate(limit + line.values[0], error: line.estimate(0).error),
          why:
            "replica theory with symmetry broken beside it; the difference from theory at each T, "
            + "by a straight line; " + line.quality))
    }
    return findings
  }

  // MARK: - Figure

  static func figure(cold: [Row], warm: [Row]) -> String {
    let sequential = cold.filter { $0.dynamics == TransitionExperiment.Motion.sequential.rawValue }
    let fit = TransitionFit.withoutSmallSizes(sequential)
    let sizes = Set(sequential.map(\.neurons)).sorted()
    var curves = Plot("Descent from stored patterns", x: "load α = P / N", y: "share retrieved")
      .subtitle("sequential, T = 0").yAxis(in: -0.02...1.02).size(width: 560, height: 380)
      .legend(.outside)
    for size in sizes {
      let some = sequential.filter { $0.neurons == size }
      let loads = some.map(\.load)
      let fine = (0...60).map { loads.min()! + Double($0) / 60 * (loads.max()! - loads.min()!) }
      if let fit {
        curves = curves.line(fine, fine.map { fit.retrieved(neurons: size, load: $0) })
      }
      curves = curves.points(
        loads, some.map(\.retrieved), errors: some.map(\.standardError), label: "N = \(size)")
    }
    curves = curves.rule(x: MeanField.retrievalLimit())

    let most = 1 / Double(sizes[0]).squareRoot()
    var halves = Plot("Where half are retrieved", x: "N^{−1/2}", y: "load α")
      .xAxis(in: 0...most * 1.05).size(width: 480, height: 380)
    let fine = (0...60).map { Double($0) / 60 * most }
    for (exponent, label) in [(0.5, "fit, N^{−1/2}"), (2.0 / 3, "fit, N^{−2/3}")] {
      guard let fit = TransitionFit.withoutSmallSizes(sequential, exponent: exponent) else {
        continue
      }
      // x^2w is N^−w.
      halves = halves.line(
        fine,
        fine.map { fit.limit.value + fit.shift.value * pow($0 * $0, exponent) }, label: label)
    }
    for motion in TransitionExperiment.Motion.allCases {
      halves = points(
        of: cold.filter { $0.dynamics == motion.rawValue }, label: motion.rawValue, in: halves)
    }
    for temperature in Set(warm.map(\.temperature)).sorted() {
      halves = points(
        of: warm.filter { $0.temperature == temperature }, label: "T = \(temperature)", in: halves)
    }
    halves = halves.rule(y: MeanField.retrievalLimit(), label: "replica theory")
    return Panels([curves, halves], title: "The retrieval transition").svg
  }

  private static func points(of rows: [Row], label: String, in plot: Plot) -> Plot {
    let found = Set(rows.map(\.neurons)).sorted().compactMap { size in
      TransitionFit.half(of: rows.filter { $0.neurons == size }).map { (size, $0) }
    }
    return plot.points(
      found.map { 1 / Double($0.0).squareRoot() }, found.map(\.1.value),
      errors: found.map(\.1.error), label: label)
  }

  private static func rounded(_ value: Double, _ unit: Double) -> Double {
    (value * unit).rounded() / unit
  }
}
