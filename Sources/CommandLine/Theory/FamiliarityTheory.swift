internal import ArgumentParser
internal import Hopfield

/// `hopfield theory familiarity`.
struct FamiliarityTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "familiarity",
    abstract: "How many patterns the energy tells from new ones.",
    discussion: """
      The number of patterns at which a share --error-rate of known ones is taken for new and of new ones \
      for known, N^2/(8 z^2), or with --patterns the error rate at these numbers. threshold divides the known \
      from the new: the energy -(1/2N) sum [(xi.s)^2 - N]. recalled is 0.138 N, the patterns that can be recalled.

      JSON: {"theory", "rows": [{"neurons", "patterns", "errorRate", "threshold", "recalled"}], "findings"}.

      SOURCE
        Bogacz and Brown 2003, Hippocampus 13, 494.

      EXAMPLES
        hopfield theory familiarity --sizes 400 --error-rate 0.01
        hopfield theory familiarity --sizes 400 --patterns 1000:10000:1000 --output familiarity.svg
      """)

  @Option(parsing: .unconditional, help: "Neurons, N: A,B,...")
  var sizes = NumberList(argument: "100,400,1000,10000")!

  @Option(parsing: .unconditional, help: "Share of wrong answers (default: 0.01).")
  var errorRate: Double?

  @Option(parsing: .unconditional, help: "Known patterns, P, in place of --error-rate.")
  var patterns: NumberList?

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(sizes.values, "--sizes", in: 2...1_000_000_000)
    try require(errorRate.map { [$0] } ?? [], "--error-rate", in: 1e-12...0.49)
    try requireWhole(patterns?.values ?? [], "--patterns", in: 0...1_000_000_000_000)
    if patterns != nil, errorRate != nil {
      throw ValidationError("--patterns does not go with --error-rate")
    }
    try requireRows(sizes.values.count, patterns?.values.count ?? 1)
  }

  private struct Row: Encodable {
    var neurons: Int
    var patterns: Double
    var errorRate: Double
    var threshold: Double
    var recalled: Double

    init(size: Int, patterns: Double, errorRate: Double) {
      neurons = size
      self.patterns = patterns
      self.errorRate = errorRate
      threshold = Familiarity.threshold(size: size)
      recalled = MeanField.retrievalLimit() * Double(size)
    }
  }

  func run() throws {
    let sizes = sizes.values.map { Int($0) }
    let rate = errorRate ?? 0.01
    let rows: [Row]
    if let patterns {
      rows = options.rows(pairs(sizes, patterns.values)) { size, patterns in
        Row(
          size: size, patterns: patterns,
          errorRate: Familiarity.errorRate(patterns: patterns, size: size))
      }
    } else {
      rows = options.rows(sizes) { size in
        Row(
          size: size, patterns: Familiarity.capacity(size: size, errorRate: rate), errorRate: rate)
      }
    }
    try options.show("familiarity", rows, figure: { figure(rate) })
  }

  /// Errors against patterns, the same for all sizes, and capacities against size.
  private func figure(_ rate: Double) -> String {
    // In units of N² nothing depends on N: that of 1000 neurons is drawn.
    let square = 1e6
    let per = Familiarity.capacity(size: 1000, errorRate: rate) / square
    let errors = Plot("Known or new?", x: "patterns *P*/*N*^2", y: "share of wrong answers")
      .subtitle("Φ(−*N*/√(8*P*)) (Bogacz and Brown 2003)")
      .curve(Curve.ratios(0.003, 1)) { Familiarity.errorRate(patterns: $0 * square, size: 1000) }
      .points(
        [per], [rate], label: "\(per.formatted(4)) at \((100 * rate).plain) %", style: .black
      )
      .xAxis(.logarithmic).yAxis(.logarithmic, in: 1e-9...0.5).legend(.bottomRight)
    let sizes = Curve.ratios(10, 1e5, count: 60)
    let capacities = Plot("Recognised and recalled", x: "neurons *N*", y: "patterns *P*")
      .subtitle("at \((100 * rate).plain) % of wrong answers")
      .curve(sizes, label: "recognised, \(per.formatted(4)) *N*^2") { per * $0 * $0 }
      .curve(sizes, label: "recalled, 0.138 *N*") { MeanField.retrievalLimit() * $0 }
      .xAxis(.logarithmic).yAxis(.logarithmic).legend(.topLeft)
    return Panels([errors, capacities], title: "Familiarity").svg
  }
}

/// `hopfield theory prototypes`.
struct PrototypeTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prototypes",
    abstract: "Prototypes that were never shown, from their examples.",
    discussion: """
      The share of bits in which one step of Hebb's rule from a prototype errs, when --examples of each were \
      stored that have the overlap b with it, and there are load N prototypes.

      JSON: {"theory", "rows": [{"load", "overlap", "examples", "error"}], "findings"}.

      SOURCE
        Fontanari 1990, J. Physique 51, 2421.

      EXAMPLES
        hopfield theory prototypes --examples 5,10,20,40 --overlaps 0.4
        hopfield theory prototypes --output prototypes.svg
      """)

  @Option(parsing: .unconditional, help: "Examples of each prototype: A,B,... or FROM:TO:STEP.")
  var examples = NumberList(argument: "1,2,5,10,20,50,100")!

  @Option(parsing: .unconditional, help: "Overlaps of examples with their prototype: A,B,...")
  var overlaps = NumberList(argument: "0.2,0.4,0.6")!

  @Option(parsing: .unconditional, help: "Prototypes a neuron.")
  var load = 0.01

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(examples.values, "--examples", in: 1...1_000_000_000)
    try require(overlaps.values, "--overlaps", in: 0...1)
    try require([load], "--load", in: 0...1000)
    try requireRows(examples.values.count, overlaps.values.count)
  }

  private struct Row: Encodable {
    var load: Double
    var overlap: Double
    var examples: Int
    var error: Double
  }

  func run() throws {
    let rows = options.rows(pairs(overlaps.values, examples.values)) { overlap, examples in
      Row(
        load: load, overlap: overlap, examples: Int(examples),
        error: error(Int(examples), overlap))
    }
    try options.show("prototypes", rows, figure: figure)
  }

  private func error(_ examples: Int, _ overlap: Double) -> Double {
    Familiarity.prototypeError(examples: examples, overlap: overlap, load: load)
  }

  private func figure() -> String {
    let range = Curve.ends(examples.values, atLeast: 1...100)
    let examples = Curve.ratios(range.lowerBound, range.upperBound, count: 80)
      .map { $0.rounded() }
    var plot = Plot("A prototype emerges", x: "examples of each *s*", y: "share of wrong bits")
      .subtitle("load \(load.plain) prototypes a neuron (Fontanari 1990)")
    for overlap in overlaps.values.prefix(7) {
      plot = plot.curve(examples, label: "*b* = \(overlap.plain)") { error(Int($0), overlap) }
    }
    return plot.xAxis(.logarithmic).yAxis(in: 0...0.5).svg
  }
}
