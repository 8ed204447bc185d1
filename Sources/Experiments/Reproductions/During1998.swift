internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// How many patterns follow each other under parallel dynamics, and how well.
  ///
  /// At the capacity the overlap ends as a square root does, and every step brings new noise of relative
  /// size N^−1/2. The distance to the limit at which a run of about N^1/3 steps is lost then shrinks as
  /// N^−2/3, which is the exponent assumed.
  static let during1998 = Reproduction(
    name: "during-coolen-sherrington-1998",
    source: "Düring, Coolen and Sherrington 1998, J. Phys. A 31, 8607",
    summary: "the overlap and the capacity of sequences, parallel dynamics"
  ) { laboratory in
    var findings: [Finding] = []
    let loads = [0.1, 0.15, 0.2, 0.25]
    let size = laboratory.pick(quick: 16_000, full: 64_000)
    var overlaps: [Estimate] = []
    for load in loads {
      let runs = laboratory.trials("α = \(load)", laboratory.pick(quick: 12, full: 32)) {
        _, random in
        let run = SequenceRun(size: size, load: load, steps: 60, random: &random)
        // The first steps come from m = 1.
        let late = run.overlaps.suffix(40)
        return late.reduce(0, +) / Double(late.count)
      }
      overlaps.append(Estimate(of: runs))
      findings.append(
        Finding(
          "m at α = \(load)", published: Sequences.overlap(load: load), ours: overlaps.last!,
          note: "N = \(size), steps 21 to 60"))
    }

    let sizes = laboratory.pick(
      quick: [1_000, 2_000, 4_000],
      full: [1_000, 2_000, 4_000, 8_000, 16_000])
    let halves = sizes.map { SequenceRun.halfPoint(size: $0, laboratory) }
    let fits = [2.0 / 3, 0.5].map { Extrapolation(of: halves.map(\.load), at: sizes, exponent: $0) }
    findings.append(
      Finding(
        "α_c, N → ∞ as N^−2/3", published: Sequences.capacity, ours: fits[0].limit,
        note: "half of the runs lost within 5 N^1/3 steps, N = \(sizes[0]) to \(sizes.last!); "
          + fits[0].quality))
    findings.append(
      Finding(
        "α_c, N → ∞ as N^−1/2", published: Sequences.capacity, ours: fits[1].limit,
        why: "the same runs by another exponent, to show what it moves; "
          + fits[1].quality))

    let fine = (0...200).map { Sequences.capacity * Double($0) / 200 }
    let curve = Plot("A sequence's overlap", x: "load α = P / N", y: "overlap *m*")
      .subtitle("parallel dynamics, T = 0")
      .line(fine, fine.map { Sequences.overlap(load: $0) }, label: "theory")
      .points(loads, overlaps.map(\.value), errors: overlaps.map(\.error), label: "N = \(size)")
      .rule(x: Sequences.capacity, label: "α_c")
    let scaled = sizes.map { pow(Double($0), -2.0 / 3) }
    let line = [0, scaled[0] * 1.05]
    let limit = Plot("Where half of the runs are lost", x: "N^{−2/3}", y: "load α")
      .subtitle("within 5 N^{1/3} steps")
      .line(line, line.map { fits[0].limit.value + fits[0].slope * $0 }, label: "fit")
      .points(
        scaled, halves.map(\.load.value), errors: halves.map(\.load.error), label: "measured"
      )
      .rule(y: Sequences.capacity, label: "α_c")
    return Report(
      findings, figure: Panels([curve, limit], title: "Sequences under parallel dynamics").svg)
  }
}

/// A run of a random sequence from its first pattern.
struct SequenceRun {
  /// With the pattern whose turn it is, after each step; it ends where one falls below ½.
  let overlaps: [Double]
  let isLost: Bool

  init(size: Int, load: Double, steps: Int, random: inout SeededGenerator) {
    let count = patternCount(load: load, size: size)
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    let network = SequenceNetwork(storing: patterns)
    var walk = network.start(from: patterns[0])
    var overlaps: [Double] = []
    for step in 1...steps {
      _ = walk.step()
      overlaps.append(patterns[step % count].overlap(with: walk.state))
      // No state of a retrieved sequence is below 0.83.
      if overlaps.last! < 0.5 { break }
    }
    self.overlaps = overlaps
    isLost = overlaps.last! < 0.5
  }

  /// The load at which half of the runs are lost within 5 N^1/3 steps.
  static func halfPoint(size: Int, _ laboratory: Laboratory) -> HalfPoint {
    let scale = pow(Double(size), -2.0 / 3)
    let steps = Int(5 / scale.squareRoot())
    // In the units in which all sizes are alike; the window was found with small ones.
    let loads = [-3, -2.25, -1.5, -0.75, 0.0].map { Sequences.capacity + $0 * scale }
    let trials = laboratory.pick(quick: 120, full: 300)
    let kept = loads.map { load in
      laboratory.trials("N = \(size), α = \(load)", trials) { _, random in
        !SequenceRun(size: size, load: load, steps: steps, random: &random).isLost
      }.count { $0 }
    }
    return HalfPoint(loads: loads, successes: kept, of: trials)
  }
}
