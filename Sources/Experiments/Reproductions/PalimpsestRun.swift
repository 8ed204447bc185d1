internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots

/// A network that keeps learning, asked for patterns of some ages: what the reproductions of palimpsests
/// share.
struct PalimpsestRun: Sendable {
  /// How N neurons learn.
  let rule: @Sendable (_ size: Int) -> LearningRule
  /// How many patterns a neuron are learned: so many that older ones no longer matter.
  let learned: Double

  /// The overlap after relaxing from the pattern of each age.
  func overlaps(size: Int, ages: [Double], random: inout SeededGenerator) -> [Double] {
    let count = Int((learned * Double(size)).rounded())
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    guard let network = try? HopfieldNetwork(storing: patterns, by: rule(size), threads: 1) else {
      return ages.map { _ in 0 }
    }
    return ages.map { age in
      let pattern = patterns[count - 1 - Int((age * Double(size)).rounded())]
      return pattern.overlap(with: network.recall(pattern, random: random).state)
    }
  }

  /// Ages across the end of the span: finite networks go beyond the limit.
  static func window(around span: Double, size: Int) -> [Double] {
    let root = Double(size).squareRoot()
    // Whole numbers of patterns, for what is measured is what is told.
    return (-2...7).map { step in
      ((span + 0.08 * Double(step) / root) * Double(size)).rounded() / Double(size)
    }
  }

  /// The overlaps at ages within the span beside theory.
  static func findings(
    ages: [Double], runs: [[[Double]]], sizes: [Int], theory: (Double) -> Double
  ) -> [Finding] {
    ages.indices.map { k in
      let fit = Extrapolation(
        of: zip(runs, sizes).map { run, size in
          Estimate(ofOverlaps: run.map { $0[k] }, size: size)
        }, at: sizes, exponent: 1)
      return Finding(
        "m at age \(ages[k]), N → ∞", published: theory(ages[k]), ours: fit.limit,
        note: "N = \(sizes[0]) to \(sizes.last!), fit in 1/N; " + fit.quality)
    }
  }

  /// The age at which half of the patterns are recalled.
  static func span(
    runs: [[[Double]]], sizes: [Int], skipping: Int, around span: Double
  ) -> DynamicThreshold {
    DynamicThreshold(
      zip(runs, sizes).map { run, size in
        let ages = window(around: span, size: size)
        let counts = ages.indices.map { k in run.count { $0[skipping + k] > 0.5 } }
        return HalfPoint(loads: ages, successes: counts, of: run.count).load
      }, at: sizes)
  }

  /// Overlaps against ages, and the ends of the spans against N.
  static func figure(
    _ title: String, runs: [[[Double]]], sizes: [Int], ages: [Double], span: Double,
    theory: (x: [Double], y: [Double])
  ) -> String {
    let last = runs.count - 1
    let all = ages + window(around: span, size: sizes[last])
    let overlaps = all.indices.map { k in Estimate(of: runs[last].map { $0[k] }) }
    let curve = Plot("Overlap by age", x: "age: patterns learned since / N", y: "overlap *m*")
      .yAxis(in: 0...1.05)
      .line(theory.x, theory.y, label: "theory")
      .points(
        all, overlaps.map(\.value), errors: overlaps.map(\.error), label: "N = \(sizes[last])")
    let ends = self.span(runs: runs, sizes: sizes, skipping: ages.count, around: span)
      .plot("Where half are lost", y: "age", theory: span)
    return Panels([curve, ends], title: title).svg
  }
}
