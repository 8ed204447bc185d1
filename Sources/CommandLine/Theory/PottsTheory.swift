internal import ArgumentParser
internal import Hopfield

/// `hopfield theory potts`.
struct PottsTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "potts",
    abstract: "Neurons with q states: the capacity, and overlaps below it.",
    discussion: """
      At T = 0: the load up to which patterns are recalled, the overlap there, and pairLaw, q(q - 1)/2 times \
      0.1379. With --loads: the overlap at these loads, 0 above the capacity.

      JSON: {"theory", "rows": [{"states", "load", "overlap", "pairLaw"}], "findings"}; with --loads rows \
      have no pairLaw.

      SOURCE
        Compare Kanter 1988, Phys. Rev. A 37, 2739.

      EXAMPLES
        hopfield theory potts
        hopfield theory potts --states 3 --loads 0.1:0.5:0.1 --json
      """)

  @Option(parsing: .unconditional, help: "States of a neuron, q: A,B,... or FROM:TO:STEP.")
  var states = NumberList(argument: "2:10:1")!

  @Option(parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP.")
  var loads: NumberList?

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(states.values, "--states", in: 2...1000)
    try require(loads?.values ?? [], "--loads", in: 0...1e6)
    try requireRows(states.values.count, loads?.values.count ?? 1)
  }

  private struct Row: Encodable {
    var states: Int
    var load: Double
    var overlap: Double
    var pairLaw: Double
  }

  private struct OverlapRow: Encodable {
    var states: Int
    var load: Double
    var overlap: Double
  }

  func run() throws {
    let states = states.values.map { Int($0) }
    if let loads {
      let rows = options.rows(pairs(states, loads.values)) { states, load in
        OverlapRow(
          states: states, load: load, overlap: PottsCapacity.overlap(load: load, states: states))
      }
      return try options.show("potts", rows, figure: figure)
    }
    let rows = options.rows(states) { states in
      let limit = PottsCapacity.limit(states: states)
      return Row(
        states: states, load: limit.load, overlap: limit.overlap, pairLaw: pairLaw(Double(states)))
    }
    try options.show("potts", rows, figure: figure)
  }

  private func pairLaw(_ states: Double) -> Double {
    states * (states - 1) / 2 * MeanField.retrievalLimit()
  }

  /// The capacity against the number of states, and overlaps up to it.
  private func figure() -> String {
    let most = max(10, min(states.values.max() ?? 10, 100))
    let counts = Curve.places(2, most, count: Int(most) - 2)
    let capacities = Plot("Capacity of Potts networks", x: "states *q*", y: "capacity α_c")
      .subtitle("replica symmetric, *T* = 0 (compare Kanter 1988)")
      .points(
        counts, counts.map { PottsCapacity.limit(states: Int($0)).load }, label: "α_c",
        style: .series(0)
      )
      .curve(Curve.ratios(2, most), label: "0.138 *q*(*q* − 1)/2", style: .reference, pairLaw)
      .xAxis(.logarithmic).yAxis(.logarithmic).legend(.topLeft)
    var overlaps = Plot("Overlap up to the capacity", x: "load α/α_c", y: "overlap *m*")
      .subtitle("*m* = (*qP* − 1)/(*q* − 1), *P* right neurons")
    // The end is where the slope is vertical: squares of even steps.
    let shares = Curve.places(0, 1, count: 100).map { 1 - (1 - $0) * (1 - $0) }
    for states in [2, 3, 5, 10] {
      let limit = PottsCapacity.limit(states: states)
      let values = shares.dropLast().map {
        PottsCapacity.overlap(load: $0 * limit.load, states: states)
      }
      overlaps = overlaps.line(
        shares + [1], values + [limit.overlap, 0],
        label: "*q* = \(states), α_c = \(limit.load.formatted(3))")
    }
    return Panels(
      [capacities, overlaps.xAxis(in: 0...1.05).yAxis(in: 0.85...1.005).legend(.bottomLeft)],
      title: "Potts neurons"
    ).svg
  }
}
