internal import ArgumentParser
internal import Hopfield

/// `hopfield theory ags`.
struct AGSTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ags",
    abstract: "Memories, spin glass and paramagnet: the phases of Hebb's network.",
    discussion: """
      At a load P / N and a temperature: the overlap m of the retrieval state, q, r, and the free energy per \
      spin (alpha/2 included); without a retrieval state overlap is 0 and the rest are the spin glass's. At a \
      temperature alone: the loads up to which there are retrieval states, and up to which they have the \
      least free energy. At a load alone: the temperatures between which the same holds, that of the \
      spin glass, and that of de Almeida and Thouless, below which replica symmetry is unstable. With \
      neither: the same load by load, and the critical points.

      JSON of --load A --temperature T: {"load", "temperature", "overlap", "q", "r", "freeEnergy", \
      "retrieval"}; of --temperature T: {"temperature", "retrievalLimit", "thermodynamicLimit"}; of --load A: \
      {"load", "retrievalFrom", "retrievalTo", "thermodynamicFrom", "thermodynamicTo", "glass", \
      "replicaSymmetry"}, null where there is none; else {"theory", "rows": the same, "findings": \
      {"retrievalLimit", "overlapAtLimit", "errorsAtLimit", "thermodynamicLimit", "retrievalTipLoad", \
      "retrievalTipTemperature", "thermodynamicTipLoad", "thermodynamicTipTemperature"}}. The tips are the \
      largest loads at any temperature.

      SOURCE
        Amit, Gutfreund and Sompolinsky 1985, Phys. Rev. Lett. 55, 1530; 1987, Ann. Phys. 173, 30.

      EXAMPLES
        hopfield theory ags --load 0.1 --temperature 0.3 --json
        hopfield theory ags --temperature 0.3
        hopfield theory ags --output phases.svg
      """)

  @Option(parsing: .unconditional, help: "P / N.")
  var load: Double?

  @Option(parsing: .unconditional, help: "T.")
  var temperature: Double?

  @Option(
    parsing: .unconditional,
    help: "Loads of the table without --load and --temperature (default: 0:0.14:0.01).")
  var loads: NumberList?

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(load.map { [$0] } ?? [], "--load", in: 0...1000)
    try require(temperature.map { [$0] } ?? [], "--temperature", in: 0...1000)
    try require(loads?.values ?? [], "--loads", in: 0...1000)
    try requireRows(loads?.values.count ?? 0)
    if loads != nil, load != nil || temperature != nil {
      throw ValidationError("--loads does not go with --load and --temperature")
    }
  }

  private struct Point: Encodable {
    var load: Double
    var temperature: Double
    var overlap: Double
    var q: Double
    var r: Double
    var freeEnergy: Double
    var retrieval: Bool
  }

  private struct Limits: Encodable {
    var temperature: Double
    var retrievalLimit: Double
    var thermodynamicLimit: Double
  }

  private struct Temperatures: Encodable {
    var load: Double
    var retrievalFrom: Double?
    var retrievalTo: Double?
    var thermodynamicFrom: Double?
    var thermodynamicTo: Double?
    var glass: Double
    var replicaSymmetry: Double?

    init(load: Double) {
      let retrieval = MeanField.retrievalTemperatures(load: load)
      let thermodynamic = MeanField.thermodynamicTemperatures(load: load)
      self.load = load
      retrievalFrom = retrieval?.lowerBound
      retrievalTo = retrieval?.upperBound
      thermodynamicFrom = thermodynamic?.lowerBound
      thermodynamicTo = thermodynamic?.upperBound
      glass = MeanField.glassTemperature(load: load)
      replicaSymmetry = MeanField.replicaSymmetryTemperature(load: load)
    }
  }

  func run() throws {
    switch (load, temperature) {
    case (let load?, let temperature?):
      let state = MeanField.solution(load: load, temperature: temperature)
      let point = Point(
        load: load, temperature: temperature, overlap: state.overlap, q: state.q, r: state.r,
        freeEnergy: state.freeEnergy, retrieval: state.isRetrieval)
      try options.show("ags", one: point, figure: figure)
    case (nil, let temperature?):
      let limits = Limits(
        temperature: temperature,
        retrievalLimit: MeanField.retrievalLimit(temperature: temperature),
        thermodynamicLimit: MeanField.thermodynamicLimit(temperature: temperature))
      try options.show("ags", one: limits, figure: figure)
    case (let load?, nil):
      try options.show("ags", one: Temperatures(load: load), figure: figure)
    case (nil, nil):
      let loads = loads?.values ?? NumberList(argument: "0:0.14:0.01")!.values
      try options.show(
        "ags", options.rows(loads, Temperatures.init(load:)), findings: findings, figure: figure)
    }
  }

  private var findings: [(name: String, value: Double)] {
    let limit = MeanField.retrievalLimitState()
    let tip = MeanField.retrievalTip
    let thermodynamicTip = MeanField.thermodynamicTip
    return [
      ("retrievalLimit", limit.load), ("overlapAtLimit", limit.overlap),
      ("errorsAtLimit", limit.errorFraction),
      ("thermodynamicLimit", MeanField.thermodynamicLimit()), ("retrievalTipLoad", tip.load),
      ("retrievalTipTemperature", tip.temperature), ("thermodynamicTipLoad", thermodynamicTip.load),
      ("thermodynamicTipTemperature", thermodynamicTip.temperature),
    ]
  }
}

extension AGSTheory {
  /// The phase diagram, with what was asked for marked in it, and its corner where retrieval ends.
  private func figure() -> String {
    let temperatures = Curve.places(0, 1, count: 100)
    let retrieval = temperatures.map { MeanField.retrievalLimit(temperature: $0) }
    let thermodynamic = temperatures.map { MeanField.thermodynamicLimit(temperature: $0) }
    return Panels(
      [phases(temperatures, retrieval, thermodynamic), tip()], columns: 2,
      title: "Phases of the Hopfield network"
    ).svg
  }

  private func phases(
    _ temperatures: [Double], _ retrieval: [Double], _ thermodynamic: [Double]
  ) -> Plot {
    let widest = max(0.16, 1.1 * (load ?? 0))
    let loads = Curve.places(0, widest)
    let highest = max(
      1.6, 1.1 * (temperature ?? 0), 1.1 * MeanField.glassTemperature(load: widest))
    let end = MeanField.retrievalLimit()
    let replica = Curve.places(0.02, end, count: 60)
    var plot = Plot("Phases of Hebb's network", x: "load α = *P*/*N*", y: "temperature *T*")
      .subtitle("replica symmetric, *N* → ∞ (Amit, Gutfreund and Sompolinsky 1987)")
      .curve(loads, label: "*T*_g = 1 + √α", style: .series(0)) {
        MeanField.glassTemperature(load: $0)
      }
      .line(
        retrieval, temperatures, label: "*T*_M, memories exist", style: .series(1).dashed(.solid)
      )
      .line(
        thermodynamic, temperatures, label: "*T*_c, global minima",
        style: .series(2).dashed(.dashed)
      )
      .curve(replica, label: "*T*_R, replica symmetry", style: .series(3).dashed(.dotted)) {
        MeanField.replicaSymmetryTemperature(load: $0) ?? .nan
      }
      .text("paramagnet", x: 0.25 * widest, y: 0.92 * highest)
      .text("spin glass", x: 0.72 * widest, y: 0.55)
      .xAxis(in: 0...widest).yAxis(in: 0...highest)
      .legend(.outside).size(width: 660, height: 360)
    if widest < 0.3 {
      plot = plot.text("memories,", x: 0.021, y: 0.28).text("stable", x: 0.021, y: 0.19)
        .text("memories,", x: 0.077, y: 0.28).text("metastable", x: 0.077, y: 0.19)
    }
    return marked(plot)
  }

  /// The lines near the end of retrieval, where they lean over.
  private func tip() -> Plot {
    let temperatures = Curve.places(0, 0.12, count: 100)
    let retrieval = temperatures.map { MeanField.retrievalLimit(temperature: $0) }
    let end = MeanField.retrievalTip
    let loads = Curve.places(0.130, end.load, count: 80)
    let critical = MeanField.retrievalLimit()
    return Plot("Where retrieval ends", x: "load α = *P*/*N*", y: "temperature *T*")
      .subtitle("*T*_R: de Almeida and Thouless; unstable below")
      .line(retrieval, temperatures, label: "*T*_M", style: .series(1).dashed(.solid))
      .curve(loads, label: "*T*_R", style: .series(3).dashed(.dotted)) {
        MeanField.replicaSymmetryTemperature(load: $0) ?? .nan
      }
      .points([critical, end.load], [0, end.temperature], style: .black)
      .text("α_c = \(critical.formatted(4))", x: 0.1365, y: 0.006)
      .text(
        "\(end.load.formatted(4)) at *T* = \(end.temperature.formatted(4))", x: 0.1403, y: 0.023
      )
      .text("memories", x: 0.1325, y: 0.05).text("spin glass", x: 0.139, y: 0.085)
      .xAxis(in: 0.130...0.142).yAxis(in: 0...0.12).legend(.topRight)
  }

  private func marked(_ plot: Plot) -> Plot {
    switch (load, temperature) {
    case (let load?, let temperature?):
      plot.points([load], [temperature], label: "asked for", style: .black.marked(.openCircle))
    case (let load?, nil): plot.rule(x: load, label: load.plain)
    case (nil, let temperature?): plot.rule(y: temperature, label: temperature.plain)
    case (nil, nil): plot
    }
  }
}
