internal import ArgumentParser
internal import Hopfield

/// `hopfield theory palimpsest`.
struct PalimpsestTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "palimpsest",
    abstract: "Networks that keep learning and forget: how far back they remember.",
    discussion: """
      Two schemes: marginalist, in which each pattern has the weight epsilon (parameter) and outgrows those \
      before it, and bounded, in which couplings are kept within +-A/sqrt N (parameter A; an approximation). \
      load is the age, in patterns learned since a neuron, of the oldest that is recalled at T = 0, and \
      overlap its overlap; 0 where nothing is. With --ages: the overlap of patterns of these ages.

      JSON: {"theory", "rows": [{"scheme", "parameter", "load", "overlap"}], "findings": {"bestStrength", \
      "bestStrengthLoad", "bestStrengthOverlap", "smallestStrength", "bestBound", "bestBoundLoad", \
      "bestBoundOverlap"}}; with --ages rows have age in place of load.

      SOURCE
        Mezard, Nadal and Toulouse 1986, J. Physique 47, 1457; bounded: compare Parisi 1986, J. Phys. A 19, \
      L617.

      EXAMPLES
        hopfield theory palimpsest --strengths 2:8:1
        hopfield theory palimpsest --strengths 4 --ages 0:0.05:0.01 --json
      """)

  @Option(
    parsing: .unconditional, help: "Strengths, epsilon: A,B,... or FROM:TO:STEP (default: 2:8:1).")
  var strengths: NumberList?

  @Option(
    parsing: .unconditional, help: "Bounds, A: A,B,... or FROM:TO:STEP (default: 0.2:0.6:0.05).")
  var bounds: NumberList?

  @Option(parsing: .unconditional, help: "Ages in patterns a neuron: A,B,... or FROM:TO:STEP.")
  var ages: NumberList?

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(strengths?.values ?? [], "--strengths", in: 0.01...1000)
    try require(bounds?.values ?? [], "--bounds", in: 0.01...1000)
    try require(ages?.values ?? [], "--ages", in: 0...1000)
    try requireRows(schemes.count, ages?.values.count ?? 1)
  }

  /// What is asked for: both schemes if neither is named.
  private var schemes: [Scheme] {
    let all = strengths == nil && bounds == nil
    let strengths = strengths ?? (all ? NumberList(argument: "2:8:1") : nil)
    let bounds = bounds ?? (all ? NumberList(argument: "0.2:0.6:0.05") : nil)
    return (strengths?.values ?? []).map { .marginalist($0) }
      + (bounds?.values ?? []).map { .bounded($0) }
  }

  private enum Scheme {
    case marginalist(Double)
    case bounded(Double)

    var name: String {
      switch self {
      case .marginalist: "marginalist"
      case .bounded: "bounded"
      }
    }
    var parameter: Double {
      switch self {
      case .marginalist(let strength): strength
      case .bounded(let bound): bound
      }
    }
    var limit: Palimpsest.Limit {
      switch self {
      case .marginalist(let strength): Palimpsest.limit(strength: strength)
      case .bounded(let bound): Palimpsest.limit(bound: bound)
      }
    }
    func overlap(age: Double) -> Double {
      switch self {
      case .marginalist(let strength): Palimpsest.overlap(age: age, strength: strength)
      case .bounded(let bound): Palimpsest.overlap(age: age, bound: bound)
      }
    }
  }

  private struct Row: Encodable {
    var scheme: String
    var parameter: Double
    var load: Double
    var overlap: Double
  }

  private struct AgeRow: Encodable {
    var scheme: String
    var parameter: Double
    var age: Double
    var overlap: Double
  }

  func run() throws {
    if let ages {
      let rows = options.rows(pairs(schemes, ages.values)) { scheme, age in
        AgeRow(
          scheme: scheme.name, parameter: scheme.parameter, age: age,
          overlap: scheme.overlap(age: age))
      }
      return try options.show("palimpsest", rows, findings: findings, figure: figure)
    }
    let rows = options.rows(schemes) { scheme in
      let limit = scheme.limit
      return Row(
        scheme: scheme.name, parameter: scheme.parameter, load: limit.load, overlap: limit.overlap)
    }
    try options.show("palimpsest", rows, findings: findings, figure: figure)
  }

  private var findings: [(name: String, value: Double)] {
    let best = Palimpsest.limit(strength: Palimpsest.bestStrength)
    let bounded = Palimpsest.limit(bound: Palimpsest.bestBound)
    return [
      ("bestStrength", Palimpsest.bestStrength), ("bestStrengthLoad", best.load),
      ("bestStrengthOverlap", best.overlap), ("smallestStrength", Palimpsest.smallestStrength),
      ("bestBound", Palimpsest.bestBound), ("bestBoundLoad", bounded.load),
      ("bestBoundOverlap", bounded.overlap),
    ]
  }

  /// The capacities of the two schemes, and how recall fades with age.
  private func figure() -> String {
    let (strength, bound) = (Palimpsest.bestStrength, Palimpsest.bestBound)
    // A curve begins at once where something is recalled.
    let strengths = [1.5] + Curve.places(Palimpsest.smallestStrength, 10)
    let marginalist = Plot("Growing weights", x: "strength ε", y: "capacity (patterns/*N*)")
      .subtitle("Mézard, Nadal and Toulouse 1986")
      .curve(strengths) { Palimpsest.limit(strength: $0).load }
      .points(
        [strength], [Palimpsest.limit(strength: strength).load],
        label:
          "ε = \(strength.formatted(3)), \(Palimpsest.limit(strength: strength).load.formatted(4))",
        style: .black
      )
      .xAxis(in: 1.5...10).yAxis(in: 0...0.055)
    let clipped = Plot("Bounded couplings", x: "bound *A*", y: "capacity (patterns/*N*)")
      .subtitle("diffusion of couplings (compare Parisi 1986)")
      .curve(Curve.places(0.1, 0.8)) { Palimpsest.limit(bound: $0).load }
      .points(
        [bound], [Palimpsest.limit(bound: bound).load],
        label: "*A* = \(bound.formatted(3)), \(Palimpsest.limit(bound: bound).load.formatted(4))",
        style: .black
      )
      .xAxis(in: 0.1...0.8).yAxis(in: 0...0.055)
    // Up to the oldest that is recalled, and down.
    func recall(_ scheme: Scheme) -> (ages: [Double], overlaps: [Double]) {
      let limit = scheme.limit
      let ages = Curve.places(0, limit.load).dropLast()
      return (
        ages + [limit.load, limit.load, 0.06], ages.map(scheme.overlap) + [limit.overlap, 0, 0]
      )
    }
    let (growing, walled) = (recall(.marginalist(strength)), recall(.bounded(bound)))
    let fading = Plot("Recall by age", x: "age (patterns/*N*)", y: "overlap *m*")
      .subtitle("at the best strength and the best bound")
      .line(growing.ages, growing.overlaps, label: "growing weights")
      .line(walled.ages, walled.overlaps, label: "bounded couplings")
      .xAxis(in: 0...0.06).yAxis(in: 0...1.05)
    return Panels([marginalist, clipped, fading], columns: 3, title: "Forgetting").svg
  }
}
