internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldGraded
internal import HopfieldPatterns
internal import HopfieldPlots

extension Reproduction {
  /// Graded neurons of high gain rest where two-state neurons do.
  ///
  /// All states of small networks are tried as starts. An even N and an odd number of patterns make fields odd
  /// multiples of 1/N: never zero, so that nothing depends on rounding.
  static let hopfield1984 = Reproduction(
    name: "hopfield-1984",
    source: "Hopfield 1984, Proc. Natl. Acad. Sci. 81, 3088",
    summary: "stable points of graded neurons at high gain: those of two-state neurons"
  ) { laboratory in
    let (size, count) = (laboratory.pick(quick: 6, full: 8), 3)
    let gains = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 50]
    let runs = laboratory.trials(
      "\(count) patterns of \(size) neurons", laboratory.pick(quick: 12, full: 60)
    ) { _, random in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      return (
        steep: GradedRun(patterns, gain: 50, random: &random),
        points: gains.map { GradedRun(patterns, gain: $0, random: &random).restPoints },
        flat: GradedRun(patterns, gain: GradedRun.flatGain(of: patterns), random: &random)
          .restPoints
      )
    }
    let twoState = runs.reduce(0) { $0 + $1.steep.fixedPoints }
    let missing = runs.reduce(0) { $0 + $1.steep.missing }
    let extra = runs.reduce(0) { $0 + $1.steep.extra }
    let points = gains.indices.map { k in Estimate(of: runs.map { Double($0.points[k]) }) }
    let falling = zip(points, points.dropFirst()).allSatisfy {
      $0.value <= $1.value + Finding.standardErrors * $1.error
    }
    let findings = [
      Finding(
        "fixed points of two-state neurons that graded ones leave", ours: Double(missing),
        holds: missing == 0, note: "of \(twoState) in \(runs.count) networks, gain 50"),
      Finding(
        "points of rest that are no fixed point of two-state neurons", ours: Double(extra),
        holds: extra == 0, note: "from all \(1 << size) states of each network, gain 50"),
      Finding(
        "points of rest at a gain below 1 / ‖w‖",
        ours: Double(runs.map(\.flat).max()!), holds: runs.allSatisfy { $0.flat == 1 },
        note: "one alone, at zero, in every network"),
      Finding(
        "points of rest at gain 3 over those at gain 50",
        ours: points[5].value / points[8].value, holds: falling,
        note: "their number never falls as the gain rises"),
    ]
    let plot = Plot("Graded neurons", x: "gain β (τ = 1)", y: "stable points of rest")
      .subtitle("\(count) patterns of \(size) neurons").xAxis(.logarithmic)
      .line(gains, points.map(\.value))
      .points(gains, points.map(\.value), errors: points.map(\.error), label: "mean number")
      .rule(y: Double(twoState) / Double(runs.count), label: "two-state neurons")
    return Report(findings, figure: plot.svg)
  }
}

/// A small network of graded neurons beside the one of two-state neurons, by enumeration.
struct GradedRun {
  /// The number of fixed points of two-state neurons.
  let fixedPoints: Int
  /// Those among them where graded neurons do not stay.
  let missing: Int
  /// Ends of graded neurons whose signs are no fixed point.
  let extra: Int
  /// The number of different points of rest.
  let restPoints: Int

  init(_ patterns: PatternSet, gain: Double, random: inout SeededGenerator) {
    let spins = HopfieldNetwork(storing: patterns)
    var network = GradedHopfieldNetwork(storing: patterns, gain: .tanh(beta: gain))
    network.tolerance = 1e-8
    let fixed = Set(AttractorCensus(of: spins, threads: 1).attractors.map(\.state))
    var (missing, extra) = (0, 0)
    var found: [[Double]] = []
    for index in 0..<1 << patterns.size {
      let state = Pattern(size: patterns.size) { index >> $0 & 1 == 1 }
      // A little beside the symmetric paths that lead to saddles.
      let start = state.spins.map {
        Double($0) * (0.5 + 0.001 * Double(random.next() >> 11) * 0x1p-53)
      }
      let end = network.recall(from: start, until: 10_000)
      let outputs = network.outputs(at: end.state)
      if !found.contains(where: { zip($0, outputs).allSatisfy { abs($0 - $1) < 0.01 } }) {
        found.append(outputs)
      }
      let signs = network.spins(of: end.state)
      if fixed.contains(state), signs != state { missing += 1 }
      if !fixed.contains(signs) { extra += 1 }
    }
    fixedPoints = fixed.count
    restPoints = found.count
    self.missing = missing
    self.extra = extra
  }

  /// A gain that is too small for anything but rest at zero: the rows of w sum to less than 1 / β.
  static func flatGain(of patterns: PatternSet) -> Double {
    let rows: [Double] = HopfieldNetwork(storing: patterns).couplings()
    let size = patterns.size
    let norm = (0..<size).map { i in
      (0..<size).reduce(0) { $0 + abs(rows[i * size + $1]) }
    }.max()!
    return 0.9 / norm
  }
}
