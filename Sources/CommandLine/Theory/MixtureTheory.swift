internal import ArgumentParser
internal import Hopfield

/// `hopfield theory mixtures`.
struct MixtureTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mixtures",
    abstract: "Symmetric mixtures of n patterns: overlaps, energies, when they are stable.",
    discussion: """
      At load 0: the overlap with each of the n patterns, the free energy per spin (the energy at T = 0), \
      and the eigenvalues of its second derivatives along the mixture, across it, and towards the other \
      patterns; all are positive where the mixture is a minimum. It is one below stabilityTemperature, \
      never for even n. At T = 0 it exists up to existenceLoad.

      JSON: {"theory", "rows": [{"patterns", "temperature", "overlap", "freeEnergy", "stable", \
      "longitudinal", "transverse", "outside", "stabilityTemperature", "existenceLoad"}], "findings": \
      {"energyOfManyPatterns"}}; null where there is none, or where an eigenvalue is infinite.

      SOURCE
        Amit, Gutfreund and Sompolinsky 1985, Phys. Rev. A 32, 1007.

      EXAMPLES
        hopfield theory mixtures
        hopfield theory mixtures --patterns 1:13:2 --temperature 0.3 --output mixtures.svg
      """)

  @Option(parsing: .unconditional, help: "Patterns of a mixture, n: A,B,... or FROM:TO:STEP.")
  var patterns = NumberList(argument: "1:9:1")!

  @Option(parsing: .unconditional, help: "T.")
  var temperature = 0.0

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(patterns.values, "--patterns", in: 1...1000)
    try require([temperature], "--temperature", in: 0...1000)
    try requireRows(patterns.values.count)
  }

  private struct Row: Encodable {
    var patterns: Int
    var temperature: Double
    var overlap: Double
    var freeEnergy: Double
    var stable: Bool
    var longitudinal: Double
    var transverse: Double
    var outside: Double
    var stabilityTemperature: Double?
    var existenceLoad: Double
  }

  func run() throws {
    let rows = options.rows(patterns.values.map { Int($0) }) { count in
      let mixture = SpuriousStates.mixture(of: count, temperature: temperature)
      return Row(
        patterns: count, temperature: temperature, overlap: mixture.overlap,
        freeEnergy: mixture.freeEnergy, stable: mixture.isStable,
        longitudinal: mixture.longitudinal, transverse: mixture.transverse,
        outside: mixture.transverseOutside,
        stabilityTemperature: SpuriousStates.stabilityTemperature(of: count),
        existenceLoad: SpuriousStates.existenceLimit(of: count).load)
    }
    try options.show(
      "mixtures", rows,
      findings: [("energyOfManyPatterns", SpuriousStates.energyOfManyPatterns)], figure: figure)
  }

  /// Overlaps against temperature, and the energies at T = 0.
  private func figure() -> String {
    let counts = patterns.values.map { Int($0) }
    let odd = counts.filter { !$0.isMultiple(of: 2) }
    let temperatures = Curve.places(0, 1.1)
    var overlaps = Plot(
      "Overlap with each of *n* patterns", x: "temperature *T*", y: "overlap *m_n*"
    )
    .subtitle("load 0; circles: stable below (Amit et al. 1985)")
    for (index, count) in odd.prefix(7).enumerated() {
      overlaps = overlaps.curve(temperatures, label: "*n* = \(count)", style: .series(index)) {
        SpuriousStates.mixture(of: count, temperature: $0).overlap
      }
    }
    let ends = odd.prefix(7).map { SpuriousStates.stabilityTemperature(of: $0)! }
    overlaps = overlaps.points(
      ends, zip(odd, ends).map { SpuriousStates.mixture(of: $0, temperature: $1).overlap },
      style: .black.marked(.openCircle)
    ).yAxis(in: 0...1.05)

    func energies(_ counts: [Int]) -> (n: [Double], energy: [Double]) {
      (counts.map { Double($0) }, counts.map { SpuriousStates.mixture(of: $0).freeEnergy })
    }
    let (stable, saddles) = (energies(odd), energies(counts.filter { $0.isMultiple(of: 2) }))
    let levels = Plot("Energy of mixtures at *T* = 0", x: "patterns *n*", y: "energy per spin")
      .subtitle("odd mixtures are minima, even ones saddle points")
      .points(stable.n, stable.energy, label: "odd *n*, minima", style: .series(0))
      .points(
        saddles.n, saddles.energy, label: "even *n*, saddle points",
        style: .series(1).marked(.openSquare)
      )
      .rule(y: SpuriousStates.energyOfManyPatterns, label: "−1/π")
    return Panels([overlaps, levels], title: "Symmetric mixtures").svg
  }
}
