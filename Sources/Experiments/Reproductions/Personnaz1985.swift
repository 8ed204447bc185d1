internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots

extension Reproduction {
  /// The projection rule with its diagonal, as in the paper: every pattern is fixed as long as patterns are
  /// linearly independent, however alike they are.
  static let personnaz1985 = Reproduction(
    name: "personnaz-1985",
    source: "Personnaz, Guyon and Dreyfus 1985, J. Physique Lett. 46, L359",
    summary: "the projection rule: all of up to N patterns are fixed points"
  ) { laboratory in
    let size = laboratory.pick(quick: 300, full: 1_000)
    let loads = [0.1, 0.3, 0.5, 0.7, 0.9, 1]
    let networks = laboratory.pick(quick: 4, full: 10)
    func shares(
      _ load: Double, correlation: Double, _ rule: LearningRule
    ) -> [Double] {
      laboratory.trials("\(rule.name), α = \(load), c = \(correlation)", networks) { _, random in
        ProjectionRun.fixedShare(
          count: patternCount(load: load, size: size), size: size, correlation: correlation,
          rule: rule, random: &random)
      }
    }
    let rule = LearningRule.projection(selfCoupling: true)
    var findings: [Finding] = []
    for correlation in [0, 0.5] {
      let all = loads.map { shares($0, correlation: correlation, rule) }
      let fixed = all.joined().reduce(0, +) / Double(all.count * networks)
      findings.append(
        Finding(
          "patterns of overlap \(correlation) that are fixed, P ≤ N", ours: fixed,
          holds: fixed == 1, note: "all of them at each load from 0.1 to 1, N = \(size)"))
    }
    let dependent = laboratory.trials("P = N + 1", networks) { _, random in
      ProjectionRun.isRefused(count: size + 1, size: size, random: &random)
    }.count { $0 }
    findings.append(
      Finding(
        "sets of N + 1 patterns that have a dependent one",
        ours: Double(dependent) / Double(networks), holds: dependent == networks,
        note: "there the rule has no inverse"))
    let hebbian = loads.map { Estimate(of: shares($0, correlation: 0, .hebbian)) }
    let projection = loads.map { Estimate(of: shares($0, correlation: 0, rule)) }
    let plot = Plot(
      "Patterns that are fixed points", x: "load α = P / N", y: "share of patterns that are fixed"
    ).subtitle("N = \(size)").yAxis(in: -0.02...1.05)
      .line(loads, projection.map(\.value)).line(loads, hebbian.map(\.value))
      .points(loads, projection.map(\.value), label: "projection")
      .points(loads, hebbian.map(\.value), errors: hebbian.map(\.error), label: "Hebb")
    return Report(findings, figure: plot.svg)
  }
}

/// Networks of the projection rule.
enum ProjectionRun {
  /// The share of patterns that one step leaves as they are.
  static func fixedShare(
    count: Int, size: Int, correlation: Double, rule: LearningRule,
    random: inout SeededGenerator
  ) -> Double {
    let patterns = PatternSet.correlated(
      count: count, size: size, correlation: correlation, using: &random)
    guard let network = try? HopfieldNetwork(storing: patterns, by: rule, threads: 1) else {
      return 0
    }
    // Of many patterns, the first fifty: a step is O(P²).
    let some = 0..<min(count, 50)
    return Double(some.count { network.unstableBits(of: $0) == 0 }) / Double(some.count)
  }

  /// Whether random patterns can't be learned.
  static func isRefused(count: Int, size: Int, random: inout SeededGenerator) -> Bool {
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    return (try? HopfieldNetwork(storing: patterns, by: .projection, threads: 1)) == nil
  }

  /// The overlap with each of some patterns after one parallel step from a random state of overlap
  /// `overlap`, on average.
  static func stepOverlap(
    load: Double, size: Int, overlap: Double, random: inout SeededGenerator
  ) -> Double {
    let count = patternCount(load: load, size: size)
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    guard let network = try? HopfieldNetwork(storing: patterns, by: .projection, threads: 1) else {
      return 0
    }
    let starts = min(count, 20)
    return (0..<starts).reduce(0) { sum, k in
      let start = patterns[k].flipping(fraction: (1 - overlap) / 2, using: &random)
      let step = network.recall(start, by: .synchronous, maxSteps: 1, random: random)
      return sum + patterns[k].overlap(with: step.state)
    } / Double(starts)
  }

  /// The share of states one flip away from a pattern that come back, of `flips` flips.
  static func repairedShare(
    load: Double, size: Int, selfCoupling: Bool, flips: Int, random: inout SeededGenerator
  ) -> Double {
    let count = patternCount(load: load, size: size)
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    guard
      let network = try? HopfieldNetwork(
        storing: patterns, by: .projection(selfCoupling: selfCoupling), threads: 1)
    else { return 0 }
    let repaired = (0..<flips).count { k in
      let pattern = patterns[k % count]
      let start = pattern.flipping(sites: [k % size])
      return network.recall(start, random: random).state == pattern
    }
    return Double(repaired) / Double(flips)
  }
}
