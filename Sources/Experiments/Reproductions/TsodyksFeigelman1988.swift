internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Sparse patterns: overlaps below the capacity, and where descent from a pattern is lost.
  ///
  /// The famous 1/(2f |ln f|) is reached at no f that can be simulated: at f = 0.02 it is three times the
  /// capacity. So replica-symmetric theory at the same f is what networks are compared with.
  static let tsodyksFeigelman1988 = Reproduction(
    name: "tsodyks-feigelman-1988",
    source: "Tsodyks and Feigel'man 1988, Europhys. Lett. 6, 101",
    summary: "sparse patterns: the capacity grows as patterns become sparse"
  ) { laboratory in
    let sizes = laboratory.pick(quick: [500, 1_000, 2_000], full: [2_500, 5_000, 10_000])
    var findings: [Finding] = []
    var plot = Plot("Overlaps", x: "load α = P / N", y: "overlap *m*")
      .subtitle("each load with its best threshold, N → ∞").yAxis(in: 0...1.05)
    for activity in laboratory.pick(quick: [0.1], full: [0.1, 0.05]) {
      let capacity = SparseCoding.capacity(activity: activity, centred: true)
      findings.append(
        Finding(
          "capacity at f = \(activity), theory",
          published: SparseCoding.asymptoticCapacity(activity: activity),
          ours: Estimate(capacity.load, error: 0),
          why: "the paper's number is for f → 0, and is reached very slowly"))
      let loads = [0.4, 0.55, 0.7].map { ($0 * capacity.load * 100).rounded() / 100 }
      let overlaps = loads.map { load in
        let state = SparseCoding.retrieval(load: load, activity: activity, centred: true)!
        let measured = sizes.map { size in
          Estimate(
            of: laboratory.trials(
              "f = \(activity), α = \(load), N = \(size)",
              max(4, laboratory.pick(quick: 16_000, full: 80_000) / size)
            ) { _, random in
              let overlaps = SparseRun.overlaps(
                load: load, threshold: state.threshold, size: size, fraction: activity,
                starts: 20, random: &random)
              return overlaps.reduce(0, +) / Double(overlaps.count)
            }, chances: 20 * Int(activity * Double(size)))
        }
        let fit = Extrapolation(of: measured, at: sizes, exponent: 1)
        let quantity = "m at f = \(activity), α = \(load), N → ∞"
        let range = "N = \(sizes[0]) to \(sizes.last!), fit in 1/N; " + fit.quality
        findings.append(
          load < 0.6 * capacity.load
            ? Finding(
              quantity, published: state.overlap, ours: fit.limit,
              note: "replica-symmetric theory; " + range)
            : Finding(
              quantity, published: state.overlap, ours: fit.limit,
              why:
                "near the capacity many neurons could rest either way, and descent leaves them with "
                + "the pattern: theory, of the lowest states, is below; " + range))
        return fit.limit
      }
      let fine = (1...200).map { Double($0) / 200 * capacity.load }
      plot = plot.line(
        fine,
        fine.map {
          SparseCoding.retrieval(load: $0, activity: activity, centred: true)?.overlap ?? .nan
        }, label: "f = \(activity), theory"
      )
      .points(
        loads, overlaps.map(\.value), errors: overlaps.map(\.error),
        label: "f = \(activity), measured")
    }
    let threshold = DynamicThreshold(
      sizes.map { SparseRun.half(size: $0, fraction: 0.1, laboratory) }, at: sizes)
    let capacity = SparseCoding.capacity(activity: 0.1, centred: true).load
    findings += threshold.findings("half of the patterns lost at f = 0.1", published: capacity)
    let ends = threshold.plot("Where half are lost, f = 0.1", y: "load α", theory: capacity)
    return Report(findings, figure: Panels([plot, ends], title: "Sparse patterns").svg)
  }
}

/// Networks of the covariance rule that relax from sparse patterns.
enum SparseRun {
  /// The overlap with each of some patterns after relaxing from it, with a threshold in units of Σ J (V − f).
  static func overlaps(
    load: Double, threshold: Double, size: Int, fraction: Double, starts: Int,
    random: inout SeededGenerator
  ) -> [Double] {
    // All with f N ones: if their number varied, that would be the largest effect of a finite size.
    let silent = Pattern(repeating: -1, size: size)
    let patterns = PatternSet(
      (0..<patternCount(load: load, size: size)).map { _ in
        silent.flipping(fraction: fraction, using: &random)
      })
    // The rule's field is twice that.
    let rule = LearningRule.covariance(codingLevel: fraction, threshold: 2 * threshold)
    guard let network = try? HopfieldNetwork(storing: patterns, by: rule, threads: 1) else {
      return []
    }
    return (0..<min(starts, patterns.count)).map { k in
      overlap(
        of: network.recall(patterns[k], random: random).state, with: patterns[k],
        fraction: fraction)
    }
  }

  /// The share of a pattern's ones that are on, less the share of its zeros that are.
  static func overlap(of state: Pattern, with pattern: Pattern, fraction: Double) -> Double {
    let ones = pattern.upCount
    // Pairs of equal spins: both on, or both off.
    let equal = pattern.size - pattern.distance(to: state)
    let right = (equal - pattern.size + ones + state.upCount) / 2
    let wrong = state.upCount - right
    return Double(right) / Double(max(ones, 1))
      - Double(wrong) / Double(max(pattern.size - ones, 1))
  }

  /// The load at which half of the patterns are lost, with the threshold of the capacity.
  static func half(size: Int, fraction: Double, _ laboratory: Laboratory) -> Estimate {
    let capacity = SparseCoding.capacity(activity: fraction, centred: true)
    let critical = SparseCoding.retrieval(
      load: capacity.load * (1 - 1e-9), activity: fraction, centred: true)!
    // Neurons that could rest either way hold the pattern far beyond the static capacity.
    let loads = (0...6).map { capacity.load * (1 + 0.2 * Double($0)) }
    let networks = max(4, laboratory.pick(quick: 8_000, full: 60_000) / size)
    let starts = 20
    let kept = loads.map { load in
      laboratory.trials("f = \(fraction), α = \(load), N = \(size)", networks) { _, random in
        overlaps(
          load: load, threshold: critical.threshold, size: size, fraction: fraction,
          starts: starts, random: &random
        ).count { $0 > 0.5 }
      }.reduce(0, +)
    }
    return HalfPoint(loads: loads, successes: kept, of: networks * starts).load
  }
}
