public import HopfieldClassical
public import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// How much can a network remember? The overlap that is left after relaxing from a stored pattern, load
/// by load.
///
///     let experiment = CapacityExperiment(size: 2_000, loads: [0.10, 0.12, 0.14], trials: 32, seed: 7)
///     let rows = try await experiment.run()
///
/// Each trial stores round(load N) fresh random patterns and starts in the first. What counts as stored
/// has four meanings in the literature, with capacities that differ by a factor of 2 ln N and more:
/// see ``Stored``. Finite networks stay above the theory's limit: half of N = 1000 still
/// retrieve at a load of 0.165, of N = 32 000 at 0.144.
///
/// - Source: the experiment of Hopfield 1982 and of Amit, Gutfreund and Sompolinsky 1985, figure 2.
public struct CapacityExperiment: Experiment {
  /// When a pattern counts as stored.
  public enum Stored: String, CaseIterable, Sendable {
    /// Relaxation from it ends near it: an overlap of at least the criterion (AGS 1985).
    case near
    /// It is itself a fixed point (McEliece et al. 1987: N / (2 ln N)).
    case exact
    /// All patterns of the network are fixed points at once (N / (4 ln N)).
    case all
  }

  /// What was found at one load.
  public struct Row: Codable, Sendable, Equatable {
    public var memory: String
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var trials: Int
    public var seed: UInt64
    /// The mean overlap at the end with the pattern where it began.
    public var overlap: Double
    public var standardError: Double
    public var median: Double
    public var stored: String
    public var criterion: Double
    /// The share of trials whose pattern was stored, by the definition.
    public var retrieved: Double
    /// The mean number of sweeps.
    public var sweeps: Double
  }

  public static let name = "capacity"
  public let size: Int
  public let loads: [Double]
  public let trials: Int
  public let seed: UInt64
  public let memory: StudiedMemory
  public let stored: Stored
  public let criterion: Double
  public let order: VisitOrder

  /// - Parameters:
  ///   - size: N.
  ///   - loads: P / N; P is rounded.
  ///   - trials: networks a load.
  ///   - seed: of all random numbers.
  ///   - memory: the network, Hebb's by default.
  ///   - stored: when a pattern counts as stored.
  ///   - criterion: the overlap that counts as near.
  ///   - order: of the visits in a sweep.
  public init(
    size: Int, loads: [Double], trials: Int, seed: UInt64,
    memory: StudiedMemory = .classical(.hebbian), stored: Stored = .near, criterion: Double = 0.9,
    order: VisitOrder = .sequential
  ) {
    precondition(size > 0, "\(size) neurons: at least 1 is needed")
    precondition(loads.allSatisfy { $0 > 0 && $0.isFinite }, "a load that is not above 0")
    self.size = size
    self.loads = loads
    self.trials = trials
    self.seed = seed
    self.memory = memory
    self.stored = stored
    self.criterion = criterion
    self.order = order
  }

  public var conditions: Int { loads.count }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let count = patternCount(load: loads[index], size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let results = trials.run { _, random in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      return trial(patterns, random: random)
    }
    let overlap = Estimate(of: results.map(\.overlap))
    let row = Row(
      memory: memory.name, neurons: size, load: loads[index], patterns: count,
      trials: results.count, seed: seed, overlap: overlap.value, standardError: overlap.error,
      median: results.map(\.overlap).median, stored: stored.rawValue, criterion: criterion,
      retrieved: Double(results.count { $0.isStored }) / Double(results.count),
      sweeps: results.reduce(0) { $0 + Double($1.sweeps) } / Double(results.count))
    return [row]
  }

  private struct Result {
    var overlap: Double
    var isStored: Bool
    var sweeps: Int
  }

  private func trial(_ patterns: PatternSet, random: SeededGenerator) -> Result {
    // A rule that can't learn these patterns has not stored them.
    guard let network = try? memory.storing(patterns) else {
      return Result(overlap: 0, isStored: false, sweeps: 0)
    }
    let pattern = patterns[0]
    let recall = network.recall(pattern, by: .asynchronous(order: order), random: random)
    let overlap = pattern.overlap(with: recall.state)
    let isStored =
      switch stored {
      case .near: overlap >= criterion
      case .exact: overlap == 1
      case .all:
        overlap == 1
          && patterns.indices.allSatisfy {
            network.recall(patterns[$0], maxSteps: 1, random: random).changes == [0]
          }
      }
    return Result(overlap: overlap, isStored: isStored, sweeps: recall.steps)
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.memory == memory.name && row.neurons == size && row.load == loads[index]
      && row.trials == trials && row.seed == seed
      && row.stored == stored.rawValue && row.criterion == criterion
  }
}

extension CapacityExperiment {
  /// The load at which half of the trials retrieve.
  public func findings(from rows: [Row]) -> [(name: String, value: Double)] {
    crossing(rows.map(\.load), rows.map(\.retrieved), level: 0.5).map { [("halfLoad", $0)] } ?? []
  }

  public func figure(of rows: [Row]) -> String {
    let loads = rows.map(\.load)
    var plot = Plot(
      "Retrieval from a stored pattern", x: "load α = *P* / *N*", y: "final overlap *m*, share"
    )
    .subtitle("\(memory.name), *N* = \(size)").yAxis(in: -0.05...1.1)
    if let most = loads.max(), memory.name == LearningRule.hebbian.name {
      let fine = (0...400).map { Double($0) / 400 * most }
      plot = plot.line(fine, fine.map { MeanField.overlap(load: $0) }, label: "AGS 1985, *N* → ∞")
    }
    // Where both are 1 the open marker shows the other inside.
    return
      plot
      .points(
        loads, rows.map(\.retrieved),
        errors: rows.map { errorOfShare($0.retrieved, of: $0.trials) }, label: "share retrieved",
        style: .series(1)
      )
      .points(
        loads, rows.map(\.overlap), errors: rows.map(\.standardError), label: "mean overlap",
        style: .series(0)
      ).svg
  }
}
