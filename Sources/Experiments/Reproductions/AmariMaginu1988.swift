internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// Retrieval step by step under parallel dynamics, beside the theory that keeps the correlations of one
  /// step.
  static let amariMaginu1988 = Reproduction(
    name: "amari-maginu-1988",
    source: "Amari and Maginu 1988, Neural Networks 1, 63",
    summary: "overlaps after the first parallel steps, and the theory's capacity"
  ) { laboratory in
    var findings = [
      Finding(
        "the theory's capacity", published: 0.16, printed: 0.01,
        ours: Estimate(RetrievalDynamics.capacity, error: 0),
        note: "above the true 0.138, for correlations over more than one step are dropped")
    ]
    let sizes = laboratory.pick(quick: [1_000, 2_000, 4_000], full: [2_000, 4_000, 8_000, 16_000])
    let starts = [0.2, 0.3, 0.4, 0.6]
    let (load, steps) = (0.1, 8)
    var paths: [[Estimate]] = []
    for overlap in starts {
      let runs = sizes.map { size in
        laboratory.trials(
          "m = \(overlap), N = \(size)", laboratory.pick(quick: 80_000, full: 1_600_000) / size
        ) { _, random in
          ParallelRun.overlaps(
            size: size, load: load, overlap: overlap, steps: steps, random: &random)
        }
      }
      let limits = (1...steps).map { step in
        Extrapolation(
          of: runs.map { Estimate(of: $0.map { $0[step - 1] }) }, at: sizes, exponent: 1)
      }
      paths.append(limits.map(\.limit))
      let theory = RetrievalDynamics.trajectory(overlap: overlap, load: load, steps: steps)
      let range = "N = \(sizes[0]) to \(sizes.last!), fit in 1/N; "
      guard [0.3, 0.6].contains(overlap) else { continue }
      findings += [
        Finding(
          "m after 1 step from \(overlap), α = 0.1, N → ∞", published: theory[1].overlap,
          ours: limits[0].limit, note: range + limits[0].quality),
        Finding(
          "m after 2 steps from \(overlap), N → ∞", published: theory[2].overlap,
          ours: limits[1].limit,
          why: "normal noise is an approximation from the second step on; " + limits[1].quality),
        Finding(
          "m after \(steps) steps from \(overlap), N → ∞", published: theory[steps].overlap,
          ours: limits[steps - 1].limit,
          why: overlap < 0.4
            ? "near the edge of the basin, where starts of finite networks go either way"
            : "correlations over more than one step are left out"),
      ]
    }
    let all = (0...steps).map(Double.init)
    var plot = Plot("Retrieval step by step", x: "parallel steps", y: "overlap *m*")
      .subtitle("α = \(load), N → ∞").yAxis(in: 0...1.02)
    for (overlap, path) in zip(starts, paths) {
      let theory = RetrievalDynamics.trajectory(overlap: overlap, load: load, steps: steps)
      plot = plot.line(all, theory.map(\.overlap), label: overlap == starts[0] ? "theory" : nil)
        .points(
          all, [overlap] + path.map(\.value), errors: [0] + path.map(\.error),
          label: "from \(overlap)")
    }
    return Report(findings, figure: plot.svg)
  }
}

/// Parallel dynamics from states that overlap with a pattern.
enum ParallelRun {
  /// The overlap after each of some steps, the mean of several patterns of one network.
  static func overlaps(
    size: Int, load: Double, overlap: Double, steps: Int, random: inout SeededGenerator
  ) -> [Double] {
    let patterns = PatternSet.random(
      count: patternCount(load: load, size: size), size: size, using: &random)
    let network = HopfieldNetwork(storing: patterns)
    let starts = min(patterns.count, 20)
    var sums = [Double](repeating: 0, count: steps)
    for k in 0..<starts {
      let start = patterns[k].flipping(fraction: (1 - overlap) / 2, using: &random)
      var running = network.start(from: Cue(start), by: .synchronous, threads: 1)
      for step in 0..<steps {
        _ = running.step()
        sums[step] += patterns[k].overlap(with: running.state)
      }
    }
    return sums.map { $0 / Double(starts) }
  }
}
