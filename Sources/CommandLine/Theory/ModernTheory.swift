internal import ArgumentParser
internal import Hopfield

/// `hopfield theory modern`.
struct ModernTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modern",
    abstract: "Random patterns on a sphere that modern networks are proved to store.",
    discussion: """
      Theorem 3 for patterns on the sphere of radius K sqrt(d - 1): with probability 1 - p at least sqrt p \
      c^((d - 1)/4) of them are stored, if c (growth) reaches smallestGrowth (valid). A bound, and weak at \
      moderate sizes.

      JSON: {"theory", "rows": [{"beta", "scale", "dimension", "failure", "radius", "a", "b", "growth", \
      "smallestGrowth", "valid", "patterns"}], "findings"}.

      SOURCE
        Ramsauer et al. 2021, arXiv 2008.02217, theorem 3.

      EXAMPLES
        hopfield theory modern --beta 1 --scales 3 --dimensions 20
        hopfield theory modern --output modern.svg
      """)

  @Option(parsing: .unconditional, help: "Inverse temperature.")
  var beta = 1.0

  @Option(parsing: .unconditional, help: "Radii in units of sqrt(d - 1), K: A,B,...")
  var scales = NumberList(argument: "1,3")!

  @Option(parsing: .unconditional, help: "Dimensions, d: A,B,...")
  var dimensions = NumberList(argument: "20,50,75,100,200")!

  @Option(parsing: .unconditional, help: "Probability left to failure, p.")
  var failure = 0.001

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require([beta], "--beta", in: 1e-6...1e6)
    try require(scales.values, "--scales", in: 1e-3...1e3)
    try requireWhole(dimensions.values, "--dimensions", in: 2...1_000_000)
    try require([failure], "--failure", in: 1e-12...1)
    try requireRows(scales.values.count, dimensions.values.count)
  }

  private struct Row: Encodable {
    var beta: Double
    var scale: Double
    var dimension: Int
    var failure: Double
    var radius: Double
    var a: Double
    var b: Double
    var growth: Double
    var smallestGrowth: Double
    var valid: Bool
    var patterns: Double
  }

  func run() throws {
    let rows = options.rows(pairs(scales.values, dimensions.values)) { row($0, Int($1)) }
    try options.show("modern", rows, figure: figure)
  }

  private func row(_ scale: Double, _ dimension: Int) -> Row {
    let sphere = RetrievalBounds.spherePatterns(
      beta: beta, scale: scale, dimension: dimension, failure: failure)
    return Row(
      beta: beta, scale: scale, dimension: dimension, failure: failure, radius: sphere.radius,
      a: sphere.a, b: sphere.b, growth: sphere.growth, smallestGrowth: sphere.smallestGrowth,
      valid: sphere.isValid, patterns: sphere.patterns)
  }

  private func figure() -> String {
    var plot = Plot("Patterns proved to be stored", x: "dimension *d*", y: "patterns")
      .subtitle(
        "β = \(beta.plain), *p* = \(failure.plain), radius *K*√(*d* − 1) (Ramsauer et al. 2021)")
    let most = max(200, min(dimensions.values.max() ?? 200, 1000))
    for scale in scales.values.prefix(7) {
      // Only where the theorem holds.
      let rows = Curve.places(2, most).map { row(scale, Int($0.rounded())) }.filter(\.valid)
      plot = plot.line(
        rows.map { Double($0.dimension) }, rows.map(\.patterns), label: "*K* = \(scale.plain)")
    }
    return plot.xAxis(in: 0...most).yAxis(.logarithmic).legend(.topLeft).svg
  }
}

/// `hopfield theory bounds`.
struct BoundTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounds",
    abstract: "How exact one step of a modern network is, by the separation of memories.",
    discussion: """
      For M memories no longer than R, one of them with the separation Delta (its square less its largest \
      product with another): stepError bounds the error of one step from a state at --distance of it \
      (theorem 4), retrievalError that from within 1/(2 beta R), the finding reach (theorem 5). From \
      sufficientSeparation on the memory has a fixed point of its own within fixedPointDistance, 1/(beta M R).

      JSON: {"theory", "rows": [{"separation", "stepError", "retrievalError"}], "findings": {"reach", \
      "sufficientSeparation", "fixedPointDistance"}}.

      SOURCE
        Ramsauer et al. 2021, arXiv 2008.02217, theorems 3 to 5.

      EXAMPLES
        hopfield theory bounds --memories 20 --beta 1 --norm 4.36 --separations 9.07
      """)

  @Option(parsing: .unconditional, help: "Separations, Delta: A,B,... or FROM:TO:STEP.")
  var separations = NumberList(argument: "0:20:2")!

  @Option(parsing: .unconditional, help: "Memories, M.")
  var memories = 20

  @Option(parsing: .unconditional, help: "Inverse temperature.")
  var beta = 1.0

  @Option(parsing: .unconditional, help: "The largest length of a memory, R.")
  var norm = 4.36

  @Option(parsing: .unconditional, help: "Of the state and the fixed point from the memory.")
  var distance = 0.1

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(separations.values, "--separations", in: -1e6...1e6)
    try requireWhole([Double(memories)], "--memories", in: 1...1_000_000_000)
    try require([beta], "--beta", in: 1e-6...1e6)
    try require([norm], "--norm", in: 1e-6...1e6)
    try require([distance], "--distance", in: 0...1e6)
    try requireRows(separations.values.count)
  }

  private struct Row: Encodable {
    var separation: Double
    var stepError: Double
    var retrievalError: Double
  }

  func run() throws {
    let rows = options.rows(separations.values) { row($0, beta) }
    try options.show(
      "bounds", rows,
      findings: [
        ("reach", 1 / (2 * beta * norm)), ("sufficientSeparation", sufficient),
        ("fixedPointDistance", 1 / (beta * Double(memories) * norm)),
      ], figure: figure)
  }

  private func row(_ separation: Double, _ beta: Double) -> Row {
    Row(
      separation: separation,
      stepError: RetrievalBounds.oneStepError(
        separation: separation, distance: distance, memories: memories, beta: beta,
        largestNorm: norm),
      retrievalError: RetrievalBounds.retrievalError(
        separation: separation, memories: memories, beta: beta, largestNorm: norm))
  }

  private var sufficient: Double {
    RetrievalBounds.sufficientSeparation(memories: memories, beta: beta, largestNorm: norm)
  }

  private func figure() -> String {
    let range = Curve.ends(separations.values, atLeast: 0...max(20, 1.5 * sufficient))
    let places = Curve.places(range.lowerBound, range.upperBound)
    return Plot("Error of one step, at most", x: "separation Δ", y: "distance from the memory")
      .subtitle(
        "*M* = \(memories), β = \(beta.plain), *R* = \(norm.plain) (Ramsauer et al. 2021)"
      )
      .curve(places, label: "from within \(distance.plain) (theorem 4)") { row($0, beta).stepError }
      .curve(places, label: "from within 1/(2β*R*) (theorem 5)") { row($0, beta).retrievalError }
      .rule(y: 2 * norm, label: "2*R*, trivial")
      .rule(x: sufficient, label: "a fixed point of its own")
      .yAxis(.logarithmic).legend(.bottomLeft).svg
  }
}
