public import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots

/// Which rule holds most? All learning rules on the same patterns: stability, retrieval from a damaged cue,
/// and the time to learn, load by load.
///
///     let experiment = RulesExperiment(size: 300, loads: [0.1, 0.3, 0.5], trials: 10, seed: 7)
///     for row in try await experiment.run() { print(row.rule, row.load, row.retrieved) }
public struct RulesExperiment: Experiment {
  /// What was found for one rule at one load.
  public struct Row: Codable, Sendable, Equatable {
    public var rule: String
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var trials: Int
    public var seed: UInt64
    /// The share of trials whose patterns could be learned.
    public var learned: Double
    /// The share of the first pattern's bits that agree with their fields.
    public var stableBits: Double
    /// The initial overlap of damaged cues, and the mean overlap they end with.
    public var initial: Double
    public var overlap: Double
    public var standardError: Double
    /// The share of cues that end at an overlap of 0.9 or more.
    public var retrieved: Double
  }

  public static let name = "rules"
  public let size: Int
  public let loads: [Double]
  public let initial: Double
  public let trials: Int
  public let seed: UInt64
  public let rules: [LearningRule]

  /// - Parameters:
  ///   - size: N.
  ///   - loads: P / N; P is rounded.
  ///   - initial: the overlap of the cues.
  ///   - trials: networks for each rule and load.
  ///   - seed: of all random numbers; all rules see the same patterns.
  ///   - rules: those that are compared.
  public init(
    size: Int, loads: [Double], initial: Double = 0.8, trials: Int, seed: UInt64,
    rules: [LearningRule] = LearningRule.all
  ) {
    precondition(size > 0, "\(size) neurons: at least 1 is needed")
    precondition(loads.allSatisfy { $0 > 0 && $0.isFinite }, "a load that is not above 0")
    precondition((0...1).contains(initial), "an overlap of \(initial), not in 0...1")
    self.size = size
    self.loads = loads
    self.initial = initial
    self.trials = trials
    self.seed = seed
    self.rules = rules
  }

  public var conditions: Int { rules.count * loads.count }

  private func rule(_ index: Int) -> LearningRule { rules[index / loads.count] }
  private func load(_ index: Int) -> Double { loads[index % loads.count] }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let (rule, load) = (rule(index), load(index))
    let count = patternCount(load: load, size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let results = trials.run { _, random -> (stable: Double, overlap: Double)? in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      let cue = patterns[0].flipping(fraction: (1 - initial) / 2, using: &random)
      guard let network = try? HopfieldNetwork(storing: patterns, by: rule, threads: 1) else {
        return nil
      }
      let step = network.recall(patterns[0], by: .synchronous, maxSteps: 1, random: random)
      let recall = network.recall(cue, random: random)
      return (
        1 - Double(step.changes[0]) / Double(size), patterns[0].overlap(with: recall.state)
      )
    }
    // What could not be learned is not recalled.
    let overlap = Estimate(of: results.map { $0?.overlap ?? 0 })
    let row = Row(
      rule: rule.name, neurons: size, load: load, patterns: count, trials: results.count,
      seed: seed, learned: Double(results.count { $0 != nil }) / Double(results.count),
      stableBits: Estimate(of: results.map { $0?.stable ?? 0 }).value, initial: initial,
      overlap: overlap.value, standardError: overlap.error,
      retrieved: Double(results.count { $0?.overlap ?? 0 >= 0.9 }) / Double(results.count))
    return [row]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.rule == rule(index).name && row.neurons == size && row.load == load(index)
      && row.trials == trials && row.seed == seed && row.initial == initial
  }

  public func figure(of rows: [Row]) -> String {
    rules.reduce(
      Plot("Recall by each rule", x: "load α = *P* / *N*", y: "final overlap *m*")
        .subtitle("*N* = \(size), from an overlap of \(initial)").yAxis(in: -0.05...1.05)
        .size(width: 640, height: 400).legend(.outside)
    ) { plot, rule in
      let some = rows.filter { $0.rule == rule.name }
      let loads = some.map(\.load)
      return plot.line(loads, some.map(\.overlap), label: rule.name)
        .points(
          loads, some.map(\.overlap), errors: some.map(\.standardError), label: rule.name)
    }.svg
  }
}
