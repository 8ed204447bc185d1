internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// How many patterns Storkey's rule holds, as networks grow.
  ///
  /// The paper's N/√(2 ln N) is asymptotic and leaves a factor that tends to 1. What is measured is the number of
  /// patterns of which half are fixed points; that number over N/√(2 ln N) is to be nearly the same for all
  /// sizes, while over Hebb's N/(2 ln N) it grows.
  static let storkey1997 = Reproduction(
    name: "storkey-1997",
    source: "Storkey 1997, ICANN 97, Lecture Notes in Computer Science 1327, 451",
    summary: "patterns held by Storkey's rule grow as N/√(2 ln N)"
  ) { laboratory in
    let sizes = laboratory.pick(quick: [100, 200, 400], full: [100, 178, 316, 562, 1_000])
    let halves = sizes.map { size in
      StorkeyRun.half(
        size: size, networks: max(6, laboratory.pick(quick: 4_000, full: 40_000) / size),
        laboratory)
    }
    func over(_ law: (Int) -> Double) -> [Estimate] {
      zip(sizes, halves).map { size, half in
        Estimate(half.value / law(size), error: half.error / law(size))
      }
    }
    let ratios = over { Capacity.storkeyPatterns(size: $0) }
    let mean = ratios.reduce(0) { $0 + $1.value } / Double(ratios.count)
    let hebbian = over { Capacity.patternsMostlyExact(size: $0) }
    func change(_ values: [Estimate]) -> Estimate {
      let (first, last) = (values[0], values[values.count - 1])
      return Estimate(
        last.value - first.value,
        error: (first.error * first.error + last.error * last.error).squareRoot())
    }
    let growth = change(hebbian)
    let range = "N = \(sizes[0]) to \(sizes[sizes.count - 1])"
    var findings = [
      Finding(
        "half the patterns fixed over Hebb's N/(2 ln N): change", ours: growth.value,
        holds: growth.value > Finding.standardErrors * growth.error,
        note: "\(range): grows from \(rounded(hebbian[0].value)) "
          + "to \(rounded(hebbian[hebbian.count - 1].value))"),
      Finding(
        "half the patterns fixed over N/√(2 ln N): change", published: 0,
        ours: change(ratios),
        why: "\(range): the law is asymptotic, and how far it is off at finite N is not known"),
    ]
    for (size, (half, ratio)) in zip(sizes, zip(halves, ratios)) {
      findings.append(
        Finding(
          "patterns of which half are fixed, N = \(size)",
          published: Capacity.storkeyPatterns(size: size), ours: half,
          why: "the law is asymptotic: ours is \(rounded(ratio.value)) of it"))
    }
    let x = sizes.map(Double.init)
    let fine = [80, 100, 130, 170, 220, 300, 400, 550, 750, 1_000, 1_200.0]
    let plot = Plot("Storkey's rule", x: "neurons N", y: "patterns of which half are fixed")
      .xAxis(.logarithmic).yAxis(.logarithmic)
      .line(
        fine, fine.map { mean * Capacity.storkeyPatterns(size: Int($0)) },
        label: "\((mean * 100).rounded() / 100) N / √(2 ln N)"
      )
      .line(
        fine, fine.map { Capacity.patternsMostlyExact(size: Int($0)) },
        label: "Hebb: N / (2 ln N)"
      )
      .points(x, halves.map(\.value), errors: halves.map(\.error), label: "Storkey, measured")
    return Report(findings, figure: plot.svg)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

/// Networks that learn by Storkey's rule.
enum StorkeyRun {
  /// The share of patterns that are fixed points.
  static func fixedShare(count: Int, size: Int, random: inout SeededGenerator) -> Double {
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    guard let network = try? HopfieldNetwork(storing: patterns, by: .storkey, threads: 1) else {
      return 0
    }
    return Double(network.unstableBits(threads: 1).count { $0 == 0 }) / Double(count)
  }

  /// The number of patterns of which half are fixed, between the two counts on either side of it.
  static func half(size: Int, networks: Int, _ laboratory: Laboratory) -> Estimate {
    func share(_ count: Int) -> Estimate {
      Estimate(
        of: laboratory.trials("N = \(size), P = \(count)", networks) { _, random in
          fixedShare(count: count, size: size, random: &random)
        })
    }
    var low = (count: size / 20, share: Estimate(1, error: 0))
    var high = (count: size, share: Estimate(0, error: 0))
    // Down to a bracket on which the share is nearly a straight line.
    while Double(high.count - low.count) > max(2, 0.06 * Double(size)) {
      let count = (low.count + high.count) / 2
      let found = (count, share(count))
      if found.1.value >= 0.5 { low = found } else { high = found }
    }
    let slope = (low.share.value - high.share.value) / Double(high.count - low.count)
    let part = (low.share.value - 0.5) / (low.share.value - high.share.value)
    let error =
      ((1 - part) * (1 - part) * low.share.error * low.share.error
      + part * part * high.share.error * high.share.error).squareRoot()
    return Estimate(Double(low.count) + (low.share.value - 0.5) / slope, error: error / slope)
  }
}
