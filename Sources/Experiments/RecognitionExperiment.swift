internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// Does it look familiar? A network tells known patterns from new ones by their energy alone, and so for
/// about 0.023 N² of them: far more than it can recall.
///
///     let experiment = RecognitionExperiment(size: 400, loads: [1, 5, 9.2], trials: 20, seed: 7)
///     for row in try await experiment.run() { print(row.load, row.errors, row.predicted) }
///
/// A pattern is called known where its energy lies below −(N − 1)/4, midway between the means of the two
/// kinds.
///
/// - Source: Bogacz and Brown 2003, "Comparison of computational models of familiarity discrimination".
public struct RecognitionExperiment: Experiment {
  /// What was found at one load.
  public struct Row: Codable, Sendable, Equatable {
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var trials: Int
    public var probes: Int
    public var seed: UInt64
    /// The share of patterns taken for the other kind, and its error.
    public var errors: Double
    public var standardError: Double
    /// That share among known patterns, and among new ones.
    public var missed: Double
    public var falselyKnown: Double
    /// What the theory says.
    public var predicted: Double
  }

  public static let name = "recognition"
  public let size: Int
  public let loads: [Double]
  public let trials: Int
  public let probes: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - size: N.
  ///   - loads: P / N, which may be far above 1; P is rounded.
  ///   - trials: networks a load.
  ///   - probes: known patterns of each, and as many new ones, that are judged.
  ///   - seed: of all random numbers.
  public init(size: Int, loads: [Double], trials: Int, probes: Int = 200, seed: UInt64) {
    precondition(size > 1, "\(size) neurons: at least 2 are needed")
    precondition(loads.allSatisfy { $0 > 0 && $0.isFinite }, "a load that is not above 0")
    precondition(probes > 0, "\(probes) probes: at least 1 is needed")
    self.size = size
    self.loads = loads
    self.trials = trials
    self.probes = probes
    self.seed = seed
  }

  public var conditions: Int { loads.count }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let count = patternCount(load: loads[index], size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let threshold = Familiarity.threshold(size: size)
    let known = min(probes, count)
    let counts = trials.run { _, random -> (missed: Int, falselyKnown: Int) in
      let network = HopfieldNetwork(
        storing: .random(count: count, size: size, using: &random))
      let missed = (0..<known).count { network.energy(of: network.patterns[$0]) >= threshold }
      let falselyKnown = (0..<probes).count { _ in
        network.energy(of: .random(size: size, using: &random)) < threshold
      }
      return (missed, falselyKnown)
    }
    let missed = counts.reduce(0) { $0 + $1.missed }
    let falselyKnown = counts.reduce(0) { $0 + $1.falselyKnown }
    let errors = Estimate(
      successes: missed + falselyKnown, of: counts.count * (known + probes))
    // The patterns of a network are judged by the same couplings: the spread between networks counts too.
    let spread = Estimate(
      of: counts.map { Double($0.missed + $0.falselyKnown) / Double(known + probes) }
    ).error
    let row = Row(
      neurons: size, load: loads[index], patterns: count, trials: counts.count,
      probes: probes, seed: seed,
      errors: errors.value, standardError: spread.isNaN ? errors.error : max(errors.error, spread),
      missed: Double(missed) / Double(counts.count * known),
      falselyKnown: Double(falselyKnown) / Double(counts.count * probes),
      predicted: Familiarity.errorRate(patterns: Double(count), size: size))
    return [row]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.neurons == size && row.load == loads[index] && row.trials == trials
      && row.probes == probes && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let loads = rows.map(\.load)
    let fine = (1...200).map { Double($0) / 200 * (loads.max() ?? 1) }
    return Plot("Recognition by energy", x: "load α = *P* / *N*", y: "share of errors")
      .subtitle("Hebb, *N* = \(size)")
      .line(
        fine,
        fine.map { Familiarity.errorRate(patterns: $0 * Double(size), size: size) },
        label: "theory, Φ(−*N*/√(8*P*))"
      )
      .points(
        loads, rows.map(\.errors), errors: rows.map(\.standardError), label: "measured"
      )
      .rule(y: 0.01, label: "1 %").svg
  }
}
