internal import ArgumentParser
internal import Hopfield

/// `hopfield theory errors`.
struct ErrorTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "errors",
    abstract: "Bits of a stored pattern that Hebb's rule flips in the first step.",
    discussion: """
      oneStepError is the share of bits for N to infinity, erfc(1/sqrt(2 alpha))/2. The others are those of N \
      neurons and P = round(load N) patterns: errorRate and tieRate are exact, wrongBits is the \
      expected number of wrong bits, fixedPattern the probability that a pattern is a fixed point \
      (within 0.2 % for 100 neurons). --errors takes the loads at which so large a share of bits is wrong.

      JSON: {"theory", "rows": [{"neurons", "load", "patterns", "oneStepError", "errorRate", "tieRate", \
      "wrongBits", "fixedPattern"}], "findings"}.

      SOURCE
        Hertz, Krogh and Palmer 1991, eq. 2.15 and table 2.1; counts of coin tosses for finite N.

      EXAMPLES
        hopfield theory errors --sizes 1000 --loads 0.05:0.2:0.01
        hopfield theory errors --errors 0.001,0.0036,0.01,0.05,0.1 --json
      """)

  @Option(parsing: .unconditional, help: "Neurons, N: A,B,...")
  var sizes = NumberList(argument: "100,1000,10000")!

  @Option(
    parsing: .unconditional,
    help: "P / N: A,B,... or FROM:TO:STEP (default: 0.05,0.105,0.138,0.185,0.37,0.61).")
  var loads: NumberList?

  @Option(parsing: .unconditional, help: "Shares of wrong bits, in place of --loads.")
  var errors: NumberList?

  @Flag(help: "Keep the couplings of neurons with themselves, P / N.")
  var selfCoupling = false

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(sizes.values, "--sizes", in: 2...10_000_000)
    try require(loads?.values ?? [], "--loads", in: 1e-6...100)
    try require(errors?.values ?? [], "--errors", in: 1e-12...0.46)
    if loads != nil, errors != nil { throw ValidationError("--loads does not go with --errors") }
    try requireRows(sizes.values.count, (loads ?? errors)?.values.count ?? 1)
    for size in sizes.values {
      guard allLoads.allSatisfy({ ($0 * size).rounded() >= 1 }) else {
        throw ValidationError("no pattern at such a load of \(size.plain) neurons")
      }
    }
  }

  private var allLoads: [Double] {
    errors.map { $0.values.map { Capacity.load(oneStepError: $0) } }
      ?? loads?.values ?? [0.05, 0.105, 0.138, 0.185, 0.37, 0.61]
  }

  private struct Row: Encodable {
    var neurons: Int
    var load: Double
    var patterns: Int
    var oneStepError: Double
    var errorRate: Double
    var tieRate: Double
    var wrongBits: Double
    var fixedPattern: Double
  }

  func run() throws {
    let rows = options.rows(pairs(sizes.values.map { Int($0) }, allLoads)) { size, load in
      let patterns = Int((load * Double(size)).rounded())
      let rates = Capacity.bitRates(patterns: patterns, size: size, selfCoupling: selfCoupling)
      return Row(
        neurons: size, load: load, patterns: patterns,
        oneStepError: Capacity.oneStepError(load: load), errorRate: rates.error,
        tieRate: rates.tie,
        wrongBits: Capacity.expectedWrongBits(
          patterns: patterns, size: size, selfCoupling: selfCoupling),
        fixedPattern: Capacity.exactPatternProbability(
          patterns: patterns, size: size, selfCoupling: selfCoupling))
    }
    try options.show("errors", rows, figure: { figure(rows) })
  }

  /// The share of wrong bits, and the probability that none is.
  private func figure(_ rows: [Row]) -> String {
    let range = Curve.ends(allLoads, atLeast: 0.02...0.3)
    var shares = Plot(
      "Bits that the first step flips", x: "load α = *P*/*N*", y: "share of wrong bits"
    )
    .subtitle("Hebb's rule; exact counts and Φ(−1/√α) (Hertz et al. 1991)")
    .curve(Curve.places(range.lowerBound, range.upperBound), label: "*N* → ∞", style: .black) {
      Capacity.oneStepError(load: $0)
    }
    var fixed = Plot("Patterns that are fixed points", x: "load α = *P*/*N*", y: "probability")
      .subtitle("vertical: 1/(2 ln *N*) (McEliece et al. 1987)")
    for (index, size) in sizes.values.prefix(7).enumerated() {
      let style = Plot.Style.series(index)
      let mine = rows.filter { $0.neurons == Int(size) }
      shares = shares.points(
        mine.map(\.load), mine.map(\.errorRate), label: "*N* = \(size.plain)", style: style)
      // Whole numbers of patterns, some hundred of them.
      let patterns = Curve.places(
        1, max(2, (0.2 * size).rounded()), count: Int(max(1, min(0.2 * size, 100)))
      )
      .map { Int($0.rounded()) }
      fixed = fixed.line(
        patterns.map { Double($0) / size },
        patterns.map {
          Capacity.exactPatternProbability(
            patterns: $0, size: Int(size), selfCoupling: selfCoupling)
        }, label: "*N* = \(size.plain)", style: style
      ).rule(
        x: Capacity.patternsMostlyExact(size: Int(size)) / size,
        style: .reference.coloured(style.colour))
    }
    let least = max(1e-8, 0.5 * Capacity.oneStepError(load: max(0.05, range.lowerBound)))
    shares = shares.rule(x: 0.138, label: "α_c").yAxis(.logarithmic, in: least...0.5)
    return Panels(
      [shares, fixed.xAxis(in: 0...0.2).yAxis(in: 0...1.03)], title: "Errors of the first step"
    ).svg
  }
}
