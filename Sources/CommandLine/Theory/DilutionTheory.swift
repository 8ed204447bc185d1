internal import ArgumentParser
internal import Hopfield

/// `hopfield theory dilution`.
struct DilutionTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dilution",
    abstract: "Few couplings a neuron: overlaps against load and temperature.",
    discussion: """
      Networks with C couplings a neuron, cut in each direction by itself, C far below ln N, and loads P / C: \
      the overlap that patterns are recalled with, 0 where they are not, and the temperature up to which \
      they are at that load. The overlap falls to 0 without a jump, at T = 0 at the capacity 2/pi.

      JSON: {"theory", "rows": [{"load", "temperature", "overlap", "criticalTemperature"}], "findings": \
      {"capacity"}}.

      SOURCE
        Derrida, Gardner and Zippelius 1987, Europhys. Lett. 4, 167.

      EXAMPLES
        hopfield theory dilution --loads 0:0.7:0.1 --temperatures 0,0.3
        hopfield theory dilution --output dilution.svg
      """)

  @Option(parsing: .unconditional, help: "P / C: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "0:0.7:0.1")!

  @Option(parsing: .unconditional, help: "T: A,B,... or FROM:TO:STEP.")
  var temperatures = NumberList(argument: "0,0.3,0.6")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(loads.values, "--loads", in: 0...1000)
    try require(temperatures.values, "--temperatures", in: 0...1000)
    try requireRows(loads.values.count, temperatures.values.count)
  }

  private struct Row: Encodable {
    var load: Double
    var temperature: Double
    var overlap: Double
    var criticalTemperature: Double
  }

  func run() throws {
    let rows = options.rows(pairs(temperatures.values, loads.values)) { temperature, load in
      Row(
        load: load, temperature: temperature,
        overlap: Dilution.overlap(load: load, temperature: temperature),
        criticalTemperature: Dilution.criticalTemperature(load: load))
    }
    try options.show(
      "dilution", rows, findings: [("capacity", Dilution.capacity)], figure: figure)
  }

  /// Overlaps against load, and the line where they vanish.
  private func figure() -> String {
    // Close to where the overlaps vanish they fall steeply.
    let loads = Curve.places(0, 0.7, count: 350)
    var overlaps = Plot("Recall in diluted networks", x: "load α = *P*/*C*", y: "overlap *m*")
      .subtitle("Derrida, Gardner and Zippelius 1987")
    for temperature in temperatures.values.prefix(7) {
      overlaps = overlaps.curve(loads, label: "*T* = \(temperature.plain)") {
        Dilution.overlap(load: $0, temperature: temperature)
      }
    }
    overlaps = overlaps.rule(x: Dilution.capacity, label: "2/π")
      .xAxis(in: 0...0.7).yAxis(in: 0...1.03)
    let phases = Plot("Where patterns are recalled", x: "load α = *P*/*C*", y: "temperature *T*")
      .subtitle("overlaps vanish continuously at the line")
      .curve(Curve.places(0, Dilution.capacity), label: "*T*_c") {
        Dilution.criticalTemperature(load: $0)
      }
      .text("recall", x: 0.18, y: 0.35).text("no recall", x: 0.5, y: 0.75)
      .rule(x: Dilution.capacity, label: "2/π")
      .xAxis(in: 0...0.7).yAxis(in: 0...1.1)
    return Panels([overlaps, phases], title: "Diluted networks").svg
  }
}
