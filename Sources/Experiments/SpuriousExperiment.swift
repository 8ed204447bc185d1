public import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// What else does a network remember? A census of where random starts end: stored patterns, their
/// reverses, mixtures of a few, and states that are none of these, with their energies.
///
///     let experiment = SpuriousExperiment(size: 500, loads: [0.02, 0.05, 0.10], trials: 200, seed: 7)
///     for row in try await experiment.run() { print(row.load, row.kind, row.share) }
///
/// Each trial stores fresh patterns and starts in a random state, whose overlaps are about 1/√N. For a
/// network of up to 24 neurons ``AttractorCensus`` finds every attractor instead.
///
/// - Source: Amit, Gutfreund and Sompolinsky 1985, "Spin-glass models of neural networks": mixtures.
public struct SpuriousExperiment: Experiment {
  /// What was found of one kind at one load.
  public struct Row: Codable, Sendable, Equatable {
    public var memory: String
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var trials: Int
    public var seed: UInt64
    /// stored, reversed, mixture or other.
    public var kind: String
    /// The share of starts that end so, and its error.
    public var share: Double
    public var standardError: Double
    /// The mean energy a neuron of these ends.
    public var energy: Double?
    /// Their mean largest |overlap| with a pattern.
    public var overlap: Double?
  }

  private static let kinds: [Identity.Kind] = [.stored, .reversed, .mixture, .other]

  public static let name = "spurious"
  public let size: Int
  public let loads: [Double]
  public let trials: Int
  public let seed: UInt64
  public let memory: StudiedMemory

  /// - Parameters:
  ///   - size: N.
  ///   - loads: P / N; P is rounded.
  ///   - trials: networks a load, with one start each.
  ///   - seed: of all random numbers.
  ///   - memory: the network, Hebb's by default.
  public init(
    size: Int, loads: [Double], trials: Int, seed: UInt64,
    memory: StudiedMemory = .classical(.hebbian)
  ) {
    precondition(size > 0, "\(size) neurons: at least 1 is needed")
    precondition(loads.allSatisfy { $0 > 0 && $0.isFinite }, "a load that is not above 0")
    self.size = size
    self.loads = loads
    self.trials = trials
    self.seed = seed
    self.memory = memory
  }

  public var conditions: Int { loads.count }
  public var rowsPerCondition: Int { Self.kinds.count }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let count = patternCount(load: loads[index], size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let ends = trials.run { _, random -> (kind: Identity.Kind, energy: Double, overlap: Double)? in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      let start = Pattern.random(size: size, using: &random)
      guard let network = try? memory.storing(patterns) else { return nil }
      let recall = network.recall(start, random: random)
      return (
        recall.identity.kind, recall.energy / Double(size), abs(recall.identity.match?.weight ?? 0)
      )
    }.compactMap(\.self)
    return Self.kinds.map { kind in
      let some = ends.filter { $0.kind == kind }
      let share = Estimate(successes: some.count, of: max(ends.count, 1))
      return Row(
        memory: memory.name, neurons: size, load: loads[index], patterns: count,
        trials: trials.count, seed: seed, kind: kind.rawValue, share: share.value,
        standardError: share.error,
        energy: some.isEmpty ? nil : Estimate(of: some.map(\.energy)).value,
        overlap: some.isEmpty ? nil : Estimate(of: some.map(\.overlap)).value)
    }
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.memory == memory.name && row.neurons == size && row.load == loads[index]
      && row.trials == trials && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let plot = Self.kinds.reduce(
      Plot("Where random starts end", x: "load α = *P* / *N*", y: "share of starts")
        .subtitle("\(memory.name), *N* = \(size)").yAxis(in: -0.05...1.05)
    ) { plot, kind in
      let some = rows.filter { $0.kind == kind.rawValue }
      return plot.points(
        some.map(\.load), some.map(\.share), errors: some.map(\.standardError), label: kind.rawValue
      )
    }
    guard memory.name == LearningRule.hebbian.name else { return plot.svg }
    let limit = SpuriousStates.existenceLimit(of: 3).load
    return plot.rule(x: limit, label: "mixtures of 3 end, *N* → ∞").svg
  }
}
