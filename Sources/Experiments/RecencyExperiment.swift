internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
public import HopfieldTheory

/// What does a network forget when it goes on learning? The overlap that is recalled against a pattern's
/// age, for palimpsests: memories that never fill up.
///
///     let experiment = RecencyExperiment(size: 500, patterns: 500, trials: 20, seed: 7)
///     for row in try await experiment.run() { print(row.age, row.overlap, row.predicted) }
///
/// Networks learn many patterns, one after the other, and relax from each of the last. Ages are counted in
/// patterns learned since, and divided by N.
///
/// - Source: Mézard, Nadal and Toulouse 1986, "Solvable models of working memories"; Parisi 1986, "A memory
///   which forgets".
public struct RecencyExperiment: Experiment {
  /// How the network keeps from filling up.
  public enum Scheme: Equatable, Sendable {
    /// Each pattern outweighs those before it: ε of Mézard, Nadal and Toulouse.
    case marginalist(strength: Double)
    /// Couplings stop at ±A / √N: Parisi's.
    case bounded(bound: Double)

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
  }

  /// What was found at one age.
  public struct Row: Codable, Sendable, Equatable {
    public var scheme: String
    public var parameter: Double
    public var neurons: Int
    public var patterns: Int
    public var trials: Int
    public var seed: UInt64
    /// Patterns learned since, divided by N.
    public var age: Double
    /// The mean overlap after relaxing from it, its error, and the theory's value for N → ∞.
    public var overlap: Double
    public var standardError: Double
    public var predicted: Double
    /// The share of trials with an overlap above 0.5.
    public var retrieved: Double
  }

  public static let name = "recency"
  public let scheme: Scheme
  public let size: Int
  public let patterns: Int
  public let ages: Int
  public let trials: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - scheme: how the network forgets.
  ///   - size: N.
  ///   - patterns: learned one after the other.
  ///   - ages: how many ages are measured, evenly from the newest pattern to an age of 0.1.
  ///   - trials: networks.
  ///   - seed: of all random numbers.
  public init(
    scheme: Scheme = .marginalist(strength: Palimpsest.bestStrength), size: Int, patterns: Int,
    ages: Int = 21, trials: Int, seed: UInt64
  ) {
    precondition(size > 0 && patterns > 0, "\(patterns) patterns of \(size) neurons")
    precondition(ages > 1, "\(ages) ages: at least 2 are needed")
    self.scheme = scheme
    self.size = size
    self.patterns = patterns
    self.ages = ages
    self.trials = trials
    self.seed = seed
  }

  public var conditions: Int { 1 }
  public var rowsPerCondition: Int { ages }

  private var since: [Int] {
    let oldest = min(patterns - 1, size / 10)
    return (0..<ages).map { $0 * oldest / (ages - 1) }
  }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let overlaps = trials.run { _, random -> [Double] in
      let set = PatternSet.random(count: patterns, size: size, using: &random)
      guard let network = try? HopfieldNetwork(storing: set, by: rule, threads: 1) else {
        return [Double](repeating: 0, count: ages)
      }
      return since.map { since in
        let pattern = set[patterns - 1 - since]
        return pattern.overlap(with: network.recall(pattern, random: random).state)
      }
    }
    return since.enumerated().map { k, since in
      let overlap = Estimate(of: overlaps.map { $0[k] })
      let age = Double(since) / Double(size)
      return Row(
        scheme: scheme.name, parameter: scheme.parameter, neurons: size, patterns: patterns,
        trials: overlaps.count, seed: seed, age: age, overlap: overlap.value,
        standardError: overlap.error, predicted: predicted(age),
        retrieved: Double(overlaps.count { $0[k] > 0.5 }) / Double(overlaps.count))
    }
  }

  private var rule: LearningRule {
    switch scheme {
    case .marginalist(let strength): .marginalist(strength: strength)
    case .bounded(let bound): .boundedSynapses(bound: bound)
    }
  }

  private func predicted(_ age: Double) -> Double {
    switch scheme {
    case .marginalist(let strength): Palimpsest.overlap(age: age, strength: strength)
    case .bounded(let bound): Palimpsest.overlap(age: age, bound: bound)
    }
  }

  /// The age up to which half of the trials retrieve.
  public func findings(from rows: [Row]) -> [(name: String, value: Double)] {
    crossing(rows.map(\.age), rows.map(\.retrieved), level: 0.5).map { [("span", $0)] } ?? []
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.scheme == scheme.name && row.parameter == scheme.parameter && row.neurons == size
      && row.patterns == patterns && row.trials == trials && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let ages = rows.map(\.age)
    let fine = (0...300).map { Double($0) / 300 * (ages.max() ?? 0.1) }
    return Plot("Forgetting", x: "age: patterns learned since / *N*", y: "overlap *m*, share")
      .subtitle("\(scheme.name), *N* = \(size), \(patterns) patterns learned")
      .yAxis(in: -0.1...1.1)
      .line(fine, fine.map(predicted), label: "theory, *N* → ∞")
      .points(
        ages, rows.map(\.retrieved), errors: rows.map { errorOfShare($0.retrieved, of: $0.trials) },
        label: "share retrieved", style: .series(1)
      )
      .points(
        ages, rows.map(\.overlap), errors: rows.map(\.standardError), label: "mean overlap",
        style: .series(0)
      ).svg
  }
}
