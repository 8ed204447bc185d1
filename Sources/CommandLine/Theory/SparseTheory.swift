internal import ArgumentParser
internal import Hopfield

/// `hopfield theory sparse`.
struct SparseTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sparse",
    abstract: "The capacity for sparse patterns of zeros and ones, and Willshaw's network.",
    discussion: """
      By activity f, the share of ones: load, the replica-symmetric capacity at T = 0 with the best \
      threshold, with the overlap there and the share of neurons that are on; centredLoad, with f taken from \
      the units before the field is summed (0.138 at f = 1/2); asymptote, 1/(2f |ln f|), reached very slowly. \
      willshawPatterns is the number of patterns that set the share --filled of Willshaw's binary couplings, \
      and willshawInformation the bits stored a coupling then.

      JSON: {"theory", "rows": [{"activity", "load", "overlap", "active", "centredLoad", "asymptote", \
      "willshawPatterns"}], "findings": {"willshawInformation"}}.

      SOURCE
        Tsodyks and Feigel'man 1988, Europhys. Lett. 6, 101; Buhmann, Divko and Schulten 1989; Willshaw, \
      Buneman and Longuet-Higgins 1969.

      EXAMPLES
        hopfield theory sparse
        hopfield theory sparse --activities 0.001,0.01,0.1 --output sparse.svg
      """)

  @Option(parsing: .unconditional, help: "Shares of ones, f: A,B,...")
  var activities = NumberList(argument: "0.001,0.002,0.005,0.01,0.02,0.05,0.1,0.2,0.5")!

  @Option(parsing: .unconditional, help: "Share of Willshaw's couplings that are set.")
  var filled = 0.5

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(activities.values, "--activities", in: 1e-6...0.999999)
    try require([filled], "--filled", in: 0...0.999999)
    try requireRows(activities.values.count)
  }

  private struct Row: Encodable {
    var activity: Double
    var load: Double
    var overlap: Double
    var active: Double
    var centredLoad: Double
    var asymptote: Double
    var willshawPatterns: Double
  }

  func run() throws {
    let rows = options.rows(activities.values) { activity in
      let limit = SparseCoding.capacity(activity: activity)
      return Row(
        activity: activity, load: limit.load, overlap: limit.overlap, active: limit.activity,
        centredLoad: SparseCoding.capacity(activity: activity, centred: true).load,
        asymptote: SparseCoding.asymptoticCapacity(activity: activity),
        willshawPatterns: Willshaw.patterns(filledSynapses: filled, activity: activity))
    }
    try options.show(
      "sparse", rows,
      findings: [("willshawInformation", Willshaw.information(filledSynapses: filled))],
      figure: figure)
  }

  private func figure() -> String {
    let range = Curve.ends(activities.values, atLeast: 0.001...0.5)
    let activities = Curve.ratios(range.lowerBound, min(range.upperBound, 0.5), count: 120)
    return Plot("Capacity for sparse patterns", x: "activity *f*", y: "capacity α_c")
      .subtitle("replica symmetric, best threshold (Tsodyks and Feigel'man 1988)")
      .curve(activities, label: "field Σ *J V*") { SparseCoding.capacity(activity: $0).load }
      .curve(activities, label: "field Σ *J* (*V* − *f* )") {
        SparseCoding.capacity(activity: $0, centred: true).load
      }
      .curve(activities.filter { $0 < 0.3 }, label: "1/(2*f* |ln *f* |)", style: .reference) {
        SparseCoding.asymptoticCapacity(activity: $0)
      }
      .points(
        [0.5], [MeanField.retrievalLimit()], label: "±1 neurons, 0.138", style: .black
      )
      .xAxis(.logarithmic).yAxis(.logarithmic).svg
  }
}
