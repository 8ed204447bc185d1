internal import ArgumentParser
internal import Hopfield

/// `hopfield theory step`.
struct StepTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "The overlap after one parallel step, for Hebb's rule and for the projection.",
    discussion: """
      From a random state of an overlap with a stored pattern, for N to infinity: hebbian is \
      erf(m/sqrt(2 alpha)), projection that of the pseudo-inverse rule with no self-couplings, \
      erf(m sqrt((1 - alpha)/(2 alpha (1 - m^2)))), null above a load of 1.

      JSON: {"theory", "rows": [{"load", "overlap", "hebbian", "projection"}], "findings"}.

      SOURCE
        Amari and Maginu 1988, Neural Networks 1, 63; compare Kanter and Sompolinsky 1987, Phys. Rev. A 35, \
        380. Both maps are exact for the first step only.

      EXAMPLES
        hopfield theory step
        hopfield theory step --loads 0.138 --overlaps 0:1:0.05 --output step.svg
      """)

  @Option(parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "0.1,0.3,0.5")!

  @Option(parsing: .unconditional, help: "Overlaps of the start: A,B,... or FROM:TO:STEP.")
  var overlaps = NumberList(argument: "0:1:0.2")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(loads.values, "--loads", in: 1e-6...1000)
    try require(overlaps.values, "--overlaps", in: 0...1)
    try requireRows(loads.values.count, overlaps.values.count)
  }

  private struct Row: Encodable {
    var load: Double
    var overlap: Double
    var hebbian: Double
    var projection: Double?

    init(load: Double, overlap: Double) {
      self.load = load
      self.overlap = overlap
      hebbian = Capacity.hebbianStep(overlap: overlap, load: load)
      projection = load <= 1 ? Capacity.projectionStep(overlap: overlap, load: load) : nil
    }
  }

  func run() throws {
    let rows = options.rows(pairs(loads.values, overlaps.values)) { Row(load: $0, overlap: $1) }
    try options.show("step", rows, figure: figure)
  }

  private func figure() -> String {
    let overlaps = Curve.places(0, 1)
    func panel(_ title: String, _ subtitle: String, _ map: (Row) -> Double?) -> Plot {
      var plot = Plot(title, x: "overlap before the step *m*_0", y: "overlap after it *m*_1")
        .subtitle(subtitle)
      for load in loads.values.prefix(7) {
        plot = plot.curve(overlaps, label: "α = \(load.plain)") {
          map(Row(load: load, overlap: $0)) ?? .nan
        }
      }
      return plot.line([0, 1], [0, 1], style: .reference).xAxis(in: 0...1).yAxis(in: 0...1.02)
        .legend(.bottomRight)
    }
    return Panels(
      [
        panel("Hebb's rule", "*m*_1 = erf(*m*_0/√(2α))") { $0.hebbian },
        panel("Projection, no self-couplings", "*m*_1 = erf(*m*_0√((1 − α)/(2α(1 − *m*_0^2))))") {
          $0.projection
        },
      ], title: "One parallel step"
    ).svg
  }
}
