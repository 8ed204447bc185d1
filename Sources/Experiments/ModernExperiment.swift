internal import HopfieldEnergy
internal import HopfieldModern
internal import HopfieldPatterns
internal import HopfieldPlots

/// How does a modern network settle as β grows? From one global average over metastable states of a few
/// memories to single memories.
///
///     let experiment = ModernExperiment(
///       memories: 1_000, dimension: 64, betas: [1, 4, 16, 64], noise: 0.3, trials: 50, seed: 7)
///     for row in try await experiment.run() { print(row.beta, row.single, row.holders) }
///
/// Memories are random unit vectors; a cue is one of them with normal noise of length `noise`.
///
/// - Source: Ramsauer et al. 2021, "Hopfield networks is all you need", figure 1 and section A.1.
public struct ModernExperiment: Experiment {
  /// What was found at one β.
  public struct Row: Codable, Sendable, Equatable {
    public var separation: String
    public var memories: Int
    public var dimension: Int
    public var beta: Double
    public var noise: Double
    public var trials: Int
    public var seed: UInt64
    /// The share of cues that end at their memory alone (its weight above one half), its error.
    public var single: Double
    public var singleError: Double
    /// The mean cosine between the end and the memory, and its error.
    public var cosine: Double
    public var standardError: Double
    /// The median number of memories that hold nine tenths of the weight at the end.
    public var holders: Double
    /// The mean number of steps.
    public var steps: Double
  }

  public static let name = "modern"
  public let memories: Int
  public let dimension: Int
  public let betas: [Double]
  public let noise: Double
  public let trials: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - memories: M.
  ///   - dimension: d.
  ///   - betas: inverse temperatures, a condition each.
  ///   - noise: the length of what is added to a memory.
  ///   - trials: sets of memories for each β, with one cue.
  ///   - seed: of all random numbers.
  public init(
    memories: Int, dimension: Int, betas: [Double], noise: Double, trials: Int, seed: UInt64
  ) {
    precondition(memories > 0 && dimension > 0, "\(memories) memories of \(dimension) numbers")
    precondition(betas.allSatisfy { $0 >= 0 && $0.isFinite }, "a β that is below 0")
    precondition(noise >= 0 && noise.isFinite, "a noise of \(noise), not 0 or more")
    self.memories = memories
    self.dimension = dimension
    self.betas = betas
    self.noise = noise
    self.trials = trials
    self.seed = seed
  }

  public var conditions: Int { betas.count }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let results = trials.run {
      _, random -> (single: Bool, cosine: Double, holders: Int, steps: Int) in
      let rows = (0..<memories).map { _ in direction(using: &random) }
      let network = ModernHopfieldNetwork(storing: rows, beta: betas[index])
      let added = direction(using: &random)
      let cue = zip(rows[0], added).map { $0 + noise * $1 }
      let recall = network.recalls(
        from: [cue], clamping: false, maxSteps: 1000, tolerance: 1e-6, threads: 1)[0]
      let association = network.association(for: recall.state)
      let dot = zip(rows[0], recall.state).reduce(0) { $0 + $1.0 * $1.1 }
      let length = recall.state.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return (
        association[0] > 0.5, length > 0 ? dot / length : 0, association.holders(), recall.steps
      )
    }
    let single = Estimate(successes: results.count { $0.single }, of: results.count)
    let cosine = Estimate(of: results.map(\.cosine))
    let row = Row(
      separation: "softmax", memories: memories, dimension: dimension, beta: betas[index],
      noise: noise, trials: results.count, seed: seed, single: single.value,
      singleError: single.error, cosine: cosine.value, standardError: cosine.error,
      holders: results.map { Double($0.holders) }.median,
      steps: Double(results.reduce(0) { $0 + $1.steps }) / Double(results.count))
    return [row]
  }

  /// A random unit vector.
  private func direction(using random: inout SeededGenerator) -> [Double] {
    let numbers = normals(dimension, using: &random)
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return numbers.map { $0 / length }
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.memories == memories && row.dimension == dimension && row.beta == betas[index]
      && row.noise == noise && row.trials == trials && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let betas = rows.map(\.beta)
    // Both are 0 or 1 nearly everywhere: the open marker shows the other inside.
    let shares = Plot(x: "inverse temperature β", y: "share of cues, cosine")
      .yAxis(in: -0.15...1.15)
      .points(
        betas, rows.map(\.single), errors: rows.map(\.singleError), label: "one memory, share",
        style: .series(1)
      )
      .points(
        betas, rows.map(\.cosine), errors: rows.map(\.standardError), label: "cosine with it, mean",
        style: .series(0))
    let holders = Plot(x: "inverse temperature β", y: "memories with 90 % of the weight, median")
      .yAxis(.logarithmic, in: 0.7...Double(max(memories, 2)) * 1.4)
      .points(betas, rows.map(\.holders), label: nil)
    let isWide = (betas.min() ?? 0) > 0
    return Panels(
      [shares, holders].map { isWide ? $0.xAxis(.logarithmic) : $0 }, columns: 2,
      title: "From the average to a memory: *M* = \(memories), *d* = \(dimension), noise \(noise)"
    ).svg
  }
}
