internal import ArgumentParser
internal import Hopfield

/// `hopfield theory exponential`.
struct ExponentialTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exponential",
    abstract: "The exponential memory of -1 and +1: e^(aN) patterns, by errors repaired.",
    discussion: """
      The exponent a in e^(aN), the number of patterns each of which repairs a share rho of wrong bits in one step: \
      allPatterns, where all do at once, and onePattern, where any given one does and few others fail.

      JSON: {"theory", "rows": [{"errorFraction", "allPatterns", "onePattern"}], "findings"}.

      SOURCE
        Demircigil, Heusel, Lowe, Upgang and Vermet 2017, J. Stat. Phys. 168, 288, theorem 3 (all); the \
      random energy model (one).

      EXAMPLES
        hopfield theory exponential --error-fractions 0:0.45:0.05
      """)

  @Option(parsing: .unconditional, help: "Shares of wrong bits, rho: A,B,... or FROM:TO:STEP.")
  var errorFractions = NumberList(argument: "0:0.5:0.05")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(errorFractions.values, "--error-fractions", in: 0...0.5)
    try requireRows(errorFractions.values.count)
  }

  private struct Row: Encodable {
    var errorFraction: Double
    var allPatterns: Double
    var onePattern: Double
  }

  func run() throws {
    let rows = options.rows(errorFractions.values, row)
    try options.show("exponential", rows, figure: figure)
  }

  private func row(_ share: Double) -> Row {
    Row(
      errorFraction: share,
      allPatterns: DenseCapacity.exponentialLoadOfAllPatterns(errorFraction: share),
      onePattern: DenseCapacity.exponentialLoadOfOnePattern(errorFraction: share))
  }

  private func figure() -> String {
    let shares = Curve.places(0, 0.5)
    return Plot(
      "Exponentially many patterns", x: "share of wrong bits repaired ρ",
      y: "exponent *a* of *e*^{aN}"
    )
    .subtitle("*F* = exp (Demircigil et al. 2017)")
    .curve(shares, label: "any one of them") { row($0).onePattern }
    .curve(shares, label: "all at once") { row($0).allPatterns }
    .rule(y: DenseCapacity.exponentialLoadOfAllPatterns(), label: "½ ln 2")
    .xAxis(in: 0...0.5).yAxis(in: 0...0.75).svg
  }
}

/// `hopfield theory continuous`.
struct ContinuousTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "continuous",
    abstract: "The exponential memory of real numbers: e^(aN) patterns, by sharpness.",
    discussion: """
      The exponent a in e^(aN), the number of random patterns of which a given one is retrieved, for the energy \
      -(1/lambda) ln sum exp(lambda x.xi) + x^2/2: Gaussian patterns, and patterns on the sphere |xi|^2 = N. \
      dominantOverlap is the overlap of the patterns on the sphere that make most of the noise.

      JSON: {"theory", "rows": [{"sharpness", "gaussian", "spherical", "dominantOverlap"}], "findings"}.

      SOURCE
        Lucibello and Mezard 2024, Phys. Rev. Lett. 132, 077301.

      EXAMPLES
        hopfield theory continuous --sharpness 0:3:0.25
      """)

  @Option(parsing: .unconditional, help: "Sharpness, lambda: A,B,... or FROM:TO:STEP.")
  var sharpness = NumberList(argument: "0:4:0.5")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(sharpness.values, "--sharpness", in: 0...1e6)
    try requireRows(sharpness.values.count)
  }

  private struct Row: Encodable {
    var sharpness: Double
    var gaussian: Double
    var spherical: Double
    var dominantOverlap: Double
  }

  func run() throws {
    let rows = options.rows(sharpness.values) { sharpness in
      Row(
        sharpness: sharpness,
        gaussian: DenseCapacity.gaussianExponentialLoad(sharpness: sharpness),
        spherical: DenseCapacity.sphericalExponentialLoad(sharpness: sharpness),
        dominantOverlap: DenseCapacity.dominantOverlap(sharpness: sharpness))
    }
    try options.show("continuous", rows, figure: figure)
  }

  private func figure() -> String {
    let places = Curve.places(0, max(4, sharpness.values.max() ?? 4))
    return Plot("Exponentially many patterns", x: "sharpness λ", y: "exponent *a* of *e*^{aN}")
      .subtitle("continuous states (Lucibello and Mézard 2024)")
      .curve(places, label: "on the sphere") {
        DenseCapacity.sphericalExponentialLoad(sharpness: $0)
      }
      .curve(places, label: "Gaussian") { DenseCapacity.gaussianExponentialLoad(sharpness: $0) }
      .rule(x: 1, label: "λ = 1").svg
  }
}
