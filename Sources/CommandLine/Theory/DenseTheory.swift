internal import ArgumentParser
internal import Hopfield

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `hopfield theory dense`.
struct DenseTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dense",
    abstract: "Dense memories, energies of degree n: patterns, errors, load factors.",
    discussion: """
      patterns is the number K with which one step flips the share --error-rate of a stored pattern's bits, or \
      with --patterns the numbers given, and errorRate theirs. loadFactor is K/N^(n - 1), and \
      patternsWithoutErrors the number of which most are held with no bit wrong. First steps only: no avalanches. \
      For exponentials see exponential and continuous.

      JSON: {"theory", "rows": [{"degree", "neurons", "patterns", "errorRate", "loadFactor", \
      "patternsWithoutErrors"}], "findings"}.

      SOURCE
        Krotov and Hopfield 2016, arXiv 1606.01164, eqs. 5 to 7.

      EXAMPLES
        hopfield theory dense --degrees 2,3,4 --sizes 100 --error-rate 0.005
        hopfield theory dense --degrees 3 --sizes 100 --patterns 502 --json
      """)

  @Option(parsing: .unconditional, help: "Degrees, n: A,B,... or FROM:TO:STEP.")
  var degrees = NumberList(argument: "2:6:1")!

  @Option(parsing: .unconditional, help: "Neurons, N: A,B,...")
  var sizes = NumberList(argument: "100")!

  @Option(parsing: .unconditional, help: "Share of wrong bits (default: 0.005).")
  var errorRate: Double?

  @Option(parsing: .unconditional, help: "Patterns, K, in place of --error-rate.")
  var patterns: NumberList?

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(degrees.values, "--degrees", in: 2...30)
    try requireWhole(sizes.values, "--sizes", in: 2...1_000_000_000)
    try require(errorRate.map { [$0] } ?? [], "--error-rate", in: 1e-12...0.49)
    try require(patterns?.values ?? [], "--patterns", in: 1...1e300)
    if patterns != nil, errorRate != nil {
      throw ValidationError("--patterns does not go with --error-rate")
    }
    try requireRows(degrees.values.count, sizes.values.count, patterns?.values.count ?? 1)
  }

  private struct Row: Encodable {
    var degree: Int
    var neurons: Int
    var patterns: Double
    var errorRate: Double
    var loadFactor: Double
    var patternsWithoutErrors: Double
  }

  func run() throws {
    let cases = pairs(degrees.values.map { Int($0) }, sizes.values.map { Int($0) })
    let rows = options.rows(pairs(cases, patterns?.values ?? [.nan])) { network, patterns in
      let (degree, size) = network
      let unit = pow(Double(size), Double(degree - 1))
      let rate = errorRate ?? 0.005
      let isGiven = !patterns.isNaN
      let factor =
        isGiven ? patterns / unit : DenseCapacity.loadFactor(degree: degree, errorRate: rate)
      return Row(
        degree: degree, neurons: size, patterns: isGiven ? patterns : factor * unit,
        errorRate: isGiven
          ? DenseCapacity.errorRate(degree: degree, size: size, patterns: patterns) : rate,
        loadFactor: factor,
        patternsWithoutErrors: DenseCapacity.patternsWithoutErrors(degree: degree, size: size))
    }
    try options.show("dense", rows, figure: figure)
  }

  /// Patterns against size, and the load factors.
  private func figure() -> String {
    let rate = errorRate ?? 0.005
    let range = Curve.ends(sizes.values, atLeast: 10...1e4)
    let sizes = Curve.ratios(range.lowerBound, range.upperBound, count: 60).map { $0.rounded() }
    var patterns = Plot("Patterns that dense memories hold", x: "neurons *N*", y: "patterns *K*")
      .subtitle("no bit wrong in most of them (Krotov and Hopfield 2016)")
    for degree in degrees.values.prefix(7) {
      patterns = patterns.curve(sizes, label: "*n* = \(degree.plain)") {
        DenseCapacity.patternsWithoutErrors(degree: Int(degree), size: Int($0))
      }
    }
    let most = max(8, degrees.values.max() ?? 8)
    let all = Curve.places(2, most, count: Int(most) - 2)
    var factors = Plot("Load factors", x: "degree *n*", y: "α_n = *K*/*N*^{n − 1}")
      .subtitle("one step flips this share of bits")
    for (index, rate) in [0.05, rate, 0.0001].enumerated() {
      factors = factors.points(
        all, all.map { DenseCapacity.loadFactor(degree: Int($0), errorRate: rate) },
        label: "\((100 * rate).plain) %", style: .series(index))
    }
    return Panels(
      [
        patterns.xAxis(.logarithmic).yAxis(.logarithmic).legend(.topLeft),
        factors.yAxis(.logarithmic),
      ], title: "Dense memories"
    ).svg
  }
}
