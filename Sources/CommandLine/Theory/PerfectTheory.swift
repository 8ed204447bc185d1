internal import ArgumentParser
internal import Hopfield

/// `hopfield theory perfect`.
struct PerfectTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perfect",
    abstract: "Patterns that are recalled without an error, as networks grow.",
    discussion: """
      Asymptotic numbers of random patterns: most are fixed points up to mostPatterns, (1 - 2 rho)^2 N/(2 ln \
      N), all together up to allPatterns, half as many; rho is the share of wrong bits that one step is to \
      repair. Storkey's rule: storkeyPatterns, N/sqrt(2 ln N). nearPatterns, 0.138 N, are retrieved with some \
      wrong bits.

      JSON: {"theory", "rows": [{"neurons", "errorFraction", "mostPatterns", "allPatterns", \
      "storkeyPatterns", "nearPatterns"}], "findings"}.

      SOURCE
        McEliece, Posner, Rodemich and Venkatesh 1987, IEEE Trans. Inf. Theory 33, 461; Storkey 1997.

      EXAMPLES
        hopfield theory perfect
        hopfield theory perfect --sizes 1000,2000 --error-fraction 0.1 --output perfect.svg
      """)

  @Option(parsing: .unconditional, help: "Neurons, N: A,B,...")
  var sizes = NumberList(argument: "100,1000,10000,100000,1000000")!

  @Option(parsing: .unconditional, help: "Share of wrong bits that one step is to repair, rho.")
  var errorFraction = 0.0

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(sizes.values, "--sizes", in: 2...1_000_000_000)
    try require([errorFraction], "--error-fraction", in: 0...0.5)
    try requireRows(sizes.values.count)
  }

  private struct Row: Encodable {
    var neurons: Int
    var errorFraction: Double
    var mostPatterns: Double
    var allPatterns: Double
    var storkeyPatterns: Double
    var nearPatterns: Double
  }

  func run() throws {
    let rows = options.rows(sizes.values.map { Int($0) }, row)
    try options.show("perfect", rows, figure: figure)
  }

  private func row(_ size: Int) -> Row {
    Row(
      neurons: size, errorFraction: errorFraction,
      mostPatterns: Capacity.patternsMostlyExact(size: size, errorFraction: errorFraction),
      allPatterns: Capacity.patternsAllExact(size: size, errorFraction: errorFraction),
      storkeyPatterns: Capacity.storkeyPatterns(size: size),
      nearPatterns: MeanField.retrievalLimit() * Double(size))
  }

  private func figure() -> String {
    let range = Curve.ends(sizes.values, atLeast: 100...1e6)
    let sizes = Curve.ratios(range.lowerBound, range.upperBound, count: 60).map { $0.rounded() }
    let rows = sizes.map { row(Int($0)) }
    let repaired = errorFraction > 0 ? ", one step repairs ρ = \(errorFraction.plain)" : ""
    return Plot("Patterns that a network holds", x: "neurons *N*", y: "patterns *P*")
      .subtitle("random patterns\(repaired) (McEliece et al. 1987; Storkey 1997)")
      .line(
        sizes, rows.map(\.storkeyPatterns), label: "Storkey's rule, *N*/√(2 ln *N*)",
        style: .series(2)
      )
      .line(sizes, rows.map(\.nearPatterns), label: "Hebb, near, 0.138 *N*", style: .series(3))
      .line(
        sizes, rows.map(\.mostPatterns), label: "Hebb, most exact, *N*/(2 ln *N*)",
        style: .series(0)
      )
      .line(
        sizes, rows.map(\.allPatterns), label: "Hebb, all exact, *N*/(4 ln *N*)", style: .series(1)
      )
      .xAxis(.logarithmic).yAxis(.logarithmic).legend(.topLeft).svg
  }
}
