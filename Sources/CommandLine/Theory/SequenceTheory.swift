internal import ArgumentParser
internal import Hopfield

/// `hopfield theory sequences`.
struct SequenceTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sequences",
    abstract: "A sequence of patterns under parallel dynamics: overlaps and capacity.",
    discussion: """
      At T = 0: the overlap with the pattern whose turn it is, 0 above the capacity, and for comparison that \
      with a fixed pattern (staticOverlap). The sequence holds nearly twice as many.

      JSON: {"theory", "rows": [{"load", "overlap", "staticOverlap"}], "findings": {"capacity", \
      "overlapAtCapacity", "staticCapacity"}}.

      SOURCE
        During, Coolen and Sherrington 1998, J. Phys. A 31, 8607; static: Amit et al. 1985.

      EXAMPLES
        hopfield theory sequences --loads 0:0.3:0.02
        hopfield theory sequences --output sequences.svg
      """)

  @Option(parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "0:0.3:0.025")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(loads.values, "--loads", in: 0...1000)
    try requireRows(loads.values.count)
  }

  private struct Row: Encodable {
    var load: Double
    var overlap: Double
    var staticOverlap: Double
  }

  func run() throws {
    let rows = options.rows(loads.values) { load in
      Row(
        load: load, overlap: Sequences.overlap(load: load),
        staticOverlap: MeanField.overlap(load: load))
    }
    try options.show(
      "sequences", rows,
      findings: [
        ("capacity", Sequences.capacity),
        ("overlapAtCapacity", Sequences.overlap(load: Sequences.capacity)),
        ("staticCapacity", MeanField.retrievalLimit()),
      ], figure: figure)
  }

  private func figure() -> String {
    // Each curve up to its end, where it falls to 0.
    func curve(to end: Double, _ overlap: (Double) -> Double) -> (x: [Double], y: [Double]) {
      // Squares of even steps: the overlap falls with a vertical slope.
      let loads = Curve.places(0, 1).map { end * (1 - (1 - $0) * (1 - $0)) }
      return (loads + [end, 0.3], loads.map(overlap) + [0, 0])
    }
    let sequence = curve(to: Sequences.capacity) { Sequences.overlap(load: $0) }
    let fixed = curve(to: MeanField.retrievalLimit()) { MeanField.overlap(load: $0) }
    return Plot("Recall of a sequence", x: "load α = *P*/*N*", y: "overlap *m*")
      .subtitle("*T* = 0, parallel dynamics (Düring et al. 1998; Amit et al. 1985)")
      .line(sequence.x, sequence.y, label: "sequence")
      .line(fixed.x, fixed.y, label: "fixed patterns")
      .rule(x: Sequences.capacity, label: "0.269").rule(
        x: MeanField.retrievalLimit(), label: "0.138"
      )
      .xAxis(in: 0...0.3).yAxis(in: 0...1.03).svg
  }
}

/// `hopfield theory dwell-times`.
struct DwellTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dwell-times",
    abstract: "The time that a network with delayed couplings stays in each pattern.",
    discussion: """
      In units of the delay tau, for couplings that lead on lambda times as strong as those that stabilise: \
      with the kernel exp(-t/tau)/tau (exponential) and with 1/tau up to tau (step). Few patterns, T = 0. Null \
      where lambda is not above 1: the network stays for ever.

      JSON: {"theory", "rows": [{"strength", "exponential", "step"}], "findings"}.

      SOURCE
        Sompolinsky and Kanter 1986, Phys. Rev. Lett. 57, 2861.

      EXAMPLES
        hopfield theory dwell-times --strengths 1.5,2,3
      """)

  @Option(parsing: .unconditional, help: "Strengths, lambda: A,B,... or FROM:TO:STEP.")
  var strengths = NumberList(argument: "1,1.1,1.25,1.5,2,2.5,3,4,5")!

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try require(strengths.values, "--strengths", in: 1e-3...1e6)
    try requireRows(strengths.values.count)
  }

  private struct Row: Encodable {
    var strength: Double
    var exponential: Double
    var step: Double
  }

  func run() throws {
    let rows = options.rows(strengths.values) { strength in
      Row(
        strength: strength,
        exponential: Sequences.dwellTime(strength: strength, delay: .exponential),
        step: Sequences.dwellTime(strength: strength, delay: .step))
    }
    try options.show("dwell-times", rows, figure: figure)
  }

  private func figure() -> String {
    let most = max(5, strengths.values.max() ?? 5)
    let strengths = Curve.ratios(1e-4, most - 1).map { 1 + $0 }
    return Plot("Time in each pattern of a sequence", x: "strength λ", y: "time *t*/τ")
      .subtitle("delayed couplings, few patterns (Sompolinsky and Kanter 1986)")
      .curve(strengths, label: "exponential, ln 2 − ln(1 − 1/λ)") {
        Sequences.dwellTime(strength: $0, delay: .exponential)
      }
      .curve(strengths, label: "step, (1 + 1/λ)/2") {
        Sequences.dwellTime(strength: $0, delay: .step)
      }
      .rule(x: 1, label: "λ = 1").xAxis(in: 0.8...most).yAxis(in: 0...4).svg
  }
}
