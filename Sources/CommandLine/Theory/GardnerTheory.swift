internal import ArgumentParser
internal import Hopfield

/// `hopfield theory gardner`.
struct GardnerTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gardner",
    abstract: "The capacity of the best couplings there are, with a margin.",
    discussion: """
      The largest load at which all patterns of mean m (the bias) can have the margin kappa; each row of couplings \
      is normalised. meanCoupling is M, the couplings' mean field in units of the bias and their length. With \
      --loads: the largest margin at each load, negative above a load of 2 without bias. Below a margin of 0 the \
      formula is replica symmetric, an upper bound. asymptote is 1/((1 - m) |ln(1 - m)|), for margin 0 and m \
      to 1, null without bias.

      JSON: {"theory", "rows": [{"bias", "margin", "load", "meanCoupling", "asymptote"}], "findings"}.

      SOURCE
        Gardner 1988, J. Phys. A 21, 257.

      EXAMPLES
        hopfield theory gardner --margins 0:2:0.25
        hopfield theory gardner --loads 0.5,1,1.5,2 --biases 0,0.5 --json
      """)

  @Option(
    parsing: .unconditional, help: "Margins, kappa: A,B,... or FROM:TO:STEP (default: 0:2:0.5).")
  var margins: NumberList?

  @Option(parsing: .unconditional, help: "P / N, in place of --margins.")
  var loads: NumberList?

  @Option(parsing: .unconditional, help: "Means of the patterns' -1 and +1: A,B,...")
  var biases = NumberList(argument: "0,0.5,0.8")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(margins?.values ?? [], "--margins", in: -4...100)
    try require(loads?.values ?? [], "--loads", in: 1e-4...1000)
    try require(biases.values, "--biases", in: -0.999999...0.999999)
    if loads != nil, margins != nil { throw ValidationError("--loads does not go with --margins") }
    try requireRows(biases.values.count, (margins ?? loads)?.values.count ?? 1)
  }

  private struct Row: Encodable {
    var bias: Double
    var margin: Double
    var load: Double
    var meanCoupling: Double
    var asymptote: Double?
  }

  func run() throws {
    let points = pairs(
      biases.values, (loads ?? margins ?? NumberList(argument: "0:2:0.5")!).values)
    let rows = options.rows(points) { bias, value in
      let margin = loads == nil ? value : Separability.margin(load: value, bias: bias)
      let capacity = Separability.capacity(margin: margin, bias: bias)
      return Row(
        bias: bias, margin: margin, load: loads == nil ? capacity.load : value,
        meanCoupling: capacity.meanCoupling,
        asymptote: bias == 0 ? nil : Separability.strongBiasAsymptote(bias: bias))
    }
    try options.show("gardner", rows, figure: { figure(rows) })
  }

  /// The capacity against the margin, and against the bias at no margin.
  private func figure(_ rows: [Row]) -> String {
    let range = Curve.ends(rows.map(\.margin), atLeast: 0...2)
    let margins = Curve.places(range.lowerBound, range.upperBound)
    var capacities = Plot("Capacity with a margin", x: "margin κ", y: "capacity α_c")
      .subtitle("best couplings (Gardner 1988)")
    for bias in biases.values.prefix(7) {
      capacities = capacities.curve(margins, label: "bias *m* = \(bias.plain)") {
        Separability.capacity(margin: $0, bias: bias).load
      }
    }
    capacities = capacities.points([0], [2], label: "α_c = 2 (Cover 1965)", style: .black)
      .xAxis(in: range)
    // Against 1 − m: the bias is where the patterns get sparse.
    let rest = Curve.ratios(1e-4, 1)
    let biased = Plot("Capacity of biased patterns", x: "1 − *m*", y: "capacity α_c")
      .subtitle("margin 0")
      .curve(rest, label: "Gardner 1988") { Separability.capacity(margin: 0, bias: 1 - $0).load }
      .curve(Curve.ratios(1e-4, 0.3), label: "1/((1 − *m*) |ln(1 − *m*)|)", style: .reference) {
        Separability.strongBiasAsymptote(bias: 1 - $0)
      }
      .xAxis(.logarithmic).yAxis(.logarithmic)
    return Panels([capacities, biased], title: "Gardner's capacity").svg
  }
}
