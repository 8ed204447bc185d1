public import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots

/// How damaged may a cue be? The final overlap against the initial one, and the basin's radius.
///
///     let experiment = BasinExperiment(size: 1_000, load: 0.08, overlaps: [0.2, 0.4, 0.6], trials: 50, seed: 7)
///     for row in try await experiment.run() { print(row.initial, row.final, row.retrieved) }
///
/// Each trial stores fresh patterns and starts at the first of them with sites flipped at random, so that
/// the overlap is as close to the one asked for as N allows. The radius is the overlap that half of
/// the starts come back from.
///
/// - Source: Forrest 1988, "Content-addressability and learning in neural networks"; Kanter and
///   Sompolinsky 1987 for the projection rule.
public struct BasinExperiment: Experiment {
  /// What was found at one initial overlap.
  public struct Row: Codable, Sendable, Equatable {
    public var memory: String
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var trials: Int
    public var seed: UInt64
    /// The overlap of the start with its pattern.
    public var initial: Double
    /// The mean overlap at the end, and its error.
    public var final: Double
    public var standardError: Double
    public var criterion: Double
    /// The share of starts that end at an overlap of the criterion or more, and its error.
    public var retrieved: Double
    public var retrievedError: Double
    /// The mean number of sweeps.
    public var sweeps: Double
  }

  public static let name = "basin"
  public let size: Int
  public let load: Double
  public let overlaps: [Double]
  public let trials: Int
  public let seed: UInt64
  public let memory: StudiedMemory
  public let criterion: Double

  /// - Parameters:
  ///   - size: N.
  ///   - load: P / N; P is rounded.
  ///   - overlaps: initial ones, 0 to 1.
  ///   - trials: networks for each, with one start.
  ///   - seed: of all random numbers.
  ///   - memory: the network, Hebb's by default.
  ///   - criterion: the final overlap that counts as retrieved.
  public init(
    size: Int, load: Double, overlaps: [Double], trials: Int, seed: UInt64,
    memory: StudiedMemory = .classical(.hebbian), criterion: Double = 0.9
  ) {
    precondition(size > 0, "\(size) neurons: at least 1 is needed")
    precondition(load > 0 && load.isFinite, "a load of \(load), not above 0")
    precondition(overlaps.allSatisfy { (0...1).contains($0) }, "an overlap that is not in 0...1")
    self.size = size
    self.load = load
    self.overlaps = overlaps
    self.trials = trials
    self.seed = seed
    self.memory = memory
    self.criterion = criterion
  }

  public var conditions: Int { overlaps.count }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let count = patternCount(load: load, size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let ends = trials.run { _, random -> (overlap: Double, sweeps: Int) in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      guard let network = try? memory.storing(patterns) else { return (0, 0) }
      let cue = patterns[0].flipping(fraction: (1 - overlaps[index]) / 2, using: &random)
      let recall = network.recall(cue, random: random)
      return (patterns[0].overlap(with: recall.state), recall.steps)
    }
    let final = Estimate(of: ends.map(\.overlap))
    let retrieved = Estimate(
      successes: ends.count { $0.overlap >= criterion }, of: ends.count)
    let row = Row(
      memory: memory.name, neurons: size, load: load, patterns: count, trials: ends.count,
      seed: seed, initial: overlaps[index], final: final.value, standardError: final.error,
      criterion: criterion, retrieved: retrieved.value, retrievedError: retrieved.error,
      sweeps: Double(ends.reduce(0) { $0 + $1.sweeps }) / Double(ends.count))
    return [row]
  }

  /// The critical overlap, from which half of the starts come back, and the radius of the basin: the share
  /// of sites that may then be wrong.
  public func findings(from rows: [Row]) -> [(name: String, value: Double)] {
    guard let critical = crossing(rows.map(\.initial), rows.map(\.retrieved), level: 0.5) else {
      return []
    }
    return [("criticalOverlap", critical), ("radius", (1 - critical) / 2)]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.memory == memory.name && row.neurons == size && row.load == load
      && row.trials == trials && row.seed == seed && row.initial == overlaps[index]
      && row.criterion == criterion
  }

  public func figure(of rows: [Row]) -> String {
    let initial = rows.map(\.initial)
    return Plot("Basins of attraction", x: "initial overlap *m*_0", y: "final overlap *m*, share")
      .subtitle("\(memory.name), *N* = \(size), α = \(load)")
      .xAxis(in: 0...1).yAxis(in: -0.1...1.1)
      .line([0, 1], [0, 1], label: "no change", style: .reference)
      .points(
        initial, rows.map(\.retrieved), errors: rows.map(\.retrievedError),
        label: "share retrieved", style: .series(1)
      )
      .points(
        initial, rows.map(\.final), errors: rows.map(\.standardError), label: "final overlap",
        style: .series(0)
      ).svg
  }
}
