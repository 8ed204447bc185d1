internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// How many patterns are fixed points, bit for bit.
  ///
  /// The paper's capacities are limits for N → ∞, which are approached as 1/√ln N. At a finite N the rate of
  /// a wrong bit is known exactly.
  static let mcEliece1987 = Reproduction(
    name: "mceliece-1987",
    source: "McEliece, Posner, Rodemich and Venkatesh 1987, IEEE Trans. Inf. Theory 33, 461",
    summary: "patterns that are exact fixed points, N/(2 ln N) and N/(4 ln N) of them"
  ) { laboratory in
    let size = 1_000
    let networks = laboratory.pick(quick: 400, full: 8_000)
    let most = Int(Capacity.patternsMostlyExact(size: size))
    let all = Int(Capacity.patternsAllExact(size: size))
    let counts = [all, 54, most, 86, 100, 120, 138]
    let measured = counts.map { count in
      ExactPatterns.Shares(
        of: laboratory.trials("P = \(count)", networks) { _, random in
          ExactPatterns(count: count, size: size, random: &random)
        })
    }
    let found = measured[2]
    let load = Capacity.patternsMostlyExact(size: size) / Double(size)
    let limit = Double(size) * Capacity.oneStepError(load: load)
    var findings = [
      Finding(
        "wrong bits a pattern, P = \(most)", published: limit, ours: found.wrongBits,
        why: "the normal law of large N, at P = 72.4"),
      Finding(
        "wrong bits a pattern, P = \(most)",
        published: Capacity.expectedWrongBits(patterns: most, size: size), ours: found.wrongBits,
        note: "the exact expectation at N = 1000"),
      Finding(
        "share of patterns that are fixed, P = \(most)", published: exp(-limit), ours: found.fixed,
        why: "the normal law of large N with independent bits, at P = 72.4"),
      Finding(
        "share of patterns that are fixed, P = \(most)",
        published: Capacity.exactPatternProbability(patterns: most, size: size), ours: found.fixed,
        why: "a theory of pairs of wrong bits, good to 0.2 %"),
    ]
    // At least one of P patterns is wrong with probability P times that of one, at the most.
    let bound = 1 - Double(all) * Capacity.expectedWrongBits(patterns: all, size: size)
    let whole = measured[0].allFixed
    findings.append(
      Finding(
        "networks whose patterns all are fixed, P = \(all)", ours: whole.value,
        holds: whole.value + Finding.standardErrors * whole.error >= bound,
        note: "the sum of all rates allows no less than \((bound * 1e4).rounded() / 1e4)"))
    // The paper's theorem: at N/(2 ln N) this share goes to 1.
    let sizes = [100, 10_000]
    let ends = sizes.map { size in
      let count = Int(Capacity.patternsMostlyExact(size: size))
      let networks = laboratory.pick(quick: 40_000, full: 400_000) / size
      return ExactPatterns.Shares(
        of: laboratory.trials("N = \(size)", networks) { _, random in
          ExactPatterns(count: count, size: size, random: &random)
        })
    }
    for (size, end) in zip(sizes, ends) {
      let count = Int(Capacity.patternsMostlyExact(size: size))
      findings.append(
        Finding(
          "wrong bits a pattern, N = \(size), P = \(count)",
          published: Capacity.expectedWrongBits(patterns: count, size: size),
          ours: end.wrongBits, note: "the exact expectation"))
    }
    let x = counts.map(Double.init)
    let fine = Array(stride(from: 20, through: 150, by: 2))
    let plot = Plot("Exact fixed points", x: "patterns P", y: "share of patterns that are fixed")
      .subtitle("N = \(size)").yAxis(in: 0...1.02).size(width: 680, height: 360)
      .line(
        fine.map(Double.init),
        fine.map { Capacity.exactPatternProbability(patterns: $0, size: size) },
        label: "theory, N = 1000"
      )
      .line(
        fine.map(Double.init),
        fine.map {
          exp(-Double(size) * Capacity.oneStepError(load: Double($0) / Double(size)))
        }, label: "normal law, independent bits"
      )
      .points(
        x, measured.map(\.fixed.value), errors: measured.map(\.fixed.error), label: "measured"
      )
      .rule(x: Capacity.patternsMostlyExact(size: size), label: "N / (2 ln N)")
      .rule(x: Capacity.patternsAllExact(size: size), label: "N / (4 ln N)")
    return Report(findings, figure: plot.svg)
  }
}

/// A network of random patterns: the wrong bits of each after one step.
struct ExactPatterns {
  let wrongBits: [Int]

  init(count: Int, size: Int, random: inout SeededGenerator) {
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    wrongBits = HopfieldNetwork(storing: patterns).unstableBits(threads: 1)
  }

  /// Means over networks.
  struct Shares {
    let wrongBits: Estimate
    /// The share of patterns without a wrong bit.
    let fixed: Estimate
    /// The share of networks without a wrong bit.
    let allFixed: Estimate

    init(of networks: [ExactPatterns]) {
      wrongBits = Estimate(
        of: networks.map { Double($0.wrongBits.reduce(0, +)) / Double($0.wrongBits.count) })
      fixed = Estimate(
        of: networks.map {
          Double($0.wrongBits.count { $0 == 0 }) / Double($0.wrongBits.count)
        })
      allFixed = Estimate(
        successes: networks.count { $0.wrongBits.allSatisfy { $0 == 0 } }, of: networks.count)
    }
  }
}
