internal import HopfieldDense
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// How much more do higher interactions hold? The share of wrong bits after one step against K / N^(n−1), for
/// dense memories of several degrees.
///
///     let experiment = DenseExperiment(size: 100, degrees: [2, 3, 4], factors: [0.02, 0.05], trials: 20, seed: 7)
///     for row in try await experiment.run() { print(row.degree, row.patterns, row.errors, row.predicted) }
///
/// Degree n holds K = αₙ N^(n−1) patterns with half a per cent of wrong bits: α₂ = 0.1507, α₃ = 0.0502,
/// α₄ = 0.0100. That is what one step does, with no avalanche after it.
///
/// - Source: Krotov and Hopfield 2016, "Dense associative memory for pattern recognition", eq. 5.
public struct DenseExperiment: Experiment {
  /// What was found for one degree and number of patterns.
  public struct Row: Codable, Sendable, Equatable {
    public var degree: Int
    public var neurons: Int
    /// K / αₙ N^(n−1), αₙ being the factor at half a per cent of wrong bits.
    public var relativeLoad: Double
    public var patterns: Int
    public var trials: Int
    public var probes: Int
    public var seed: UInt64
    /// The share of a stored pattern's bits that one parallel step flips, its error, and the theory's value.
    public var errors: Double
    public var standardError: Double
    public var predicted: Double
    /// The mean overlap with the pattern after relaxing from it.
    public var overlap: Double
  }

  /// The share of wrong bits that defines αₙ.
  static let errorRate = 0.005

  public static let name = "dense"
  public let size: Int
  public let degrees: [Int]
  public let relativeLoads: [Double]
  public let trials: Int
  public let probes: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - size: N.
  ///   - degrees: n, each 2 or more.
  ///   - relativeLoads: K / αₙ N^(n−1).
  ///   - trials: networks for each.
  ///   - probes: patterns of each network that are tested.
  ///   - seed: of all random numbers.
  public init(
    size: Int, degrees: [Int], relativeLoads: [Double], trials: Int, probes: Int = 20, seed: UInt64
  ) {
    precondition(size > 1, "\(size) neurons: at least 2 are needed")
    precondition(degrees.allSatisfy { $0 >= 2 }, "a degree below 2")
    precondition(relativeLoads.allSatisfy { $0 > 0 && $0.isFinite }, "a load that is not above 0")
    precondition(probes > 0, "\(probes) probes: at least 1 is needed")
    self.size = size
    self.degrees = degrees
    self.relativeLoads = relativeLoads
    self.trials = trials
    self.probes = probes
    self.seed = seed
  }

  /// The number of patterns for a degree and a relative load.
  public static func patterns(degree: Int, size: Int, relativeLoad: Double) -> Int {
    var count = relativeLoad * DenseCapacity.loadFactor(degree: degree, errorRate: errorRate)
    for _ in 1..<degree { count *= Double(size) }
    precondition(count < 1e9, "\(count) patterns: at most 10^9")
    return max(1, Int(count.rounded()))
  }

  public var conditions: Int { degrees.count * relativeLoads.count }

  private func condition(_ index: Int) -> (degree: Int, relativeLoad: Double) {
    (degrees[index / relativeLoads.count], relativeLoads[index % relativeLoads.count])
  }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let (degree, relativeLoad) = condition(index)
    let count = Self.patterns(degree: degree, size: size, relativeLoad: relativeLoad)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let probed = min(probes, count)
    let results = trials.run { _, random -> (errors: Double, overlap: Double) in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      let network = DenseAssociativeMemory(
        storing: patterns, interaction: .polynomial(degree: degree))
      var (flips, overlap) = (0, 0.0)
      for k in 0..<probed {
        let step = network.recall(patterns[k], by: .synchronous, maxSteps: 1, random: random)
        flips += step.changes[0]
        overlap += patterns[k].overlap(with: network.recall(patterns[k], random: random).state)
      }
      return (Double(flips) / Double(probed * size), overlap / Double(probed))
    }
    let errors = Estimate(of: results.map(\.errors))
    let row = Row(
      degree: degree, neurons: size, relativeLoad: relativeLoad, patterns: count,
      trials: results.count, probes: probes, seed: seed, errors: errors.value,
      standardError: errors.error,
      predicted: DenseCapacity.errorRate(degree: degree, size: size, patterns: Double(count)),
      overlap: Estimate(of: results.map(\.overlap)).value)
    return [row]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    let (degree, relativeLoad) = condition(index)
    return row.degree == degree && row.neurons == size && row.relativeLoad == relativeLoad
      && row.trials == trials && row.probes == probes && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let fine = (1...200).map { Double($0) / 200 * (relativeLoads.max() ?? 1) }
    let theory = Plot(
      "Dense memories by degree", x: "patterns *K* / α_n *N*^{n−1}", y: "share of wrong bits"
    ).subtitle("one step from a stored pattern, *N* = \(size)")
      .line(
        fine,
        fine.map {
          // The rate depends on the relative load alone.
          DenseCapacity.errorRate(
            degree: 2, size: size,
            patterns: $0 * DenseCapacity.loadFactor(degree: 2, errorRate: Self.errorRate)
              * Double(size))
        }, label: "Krotov and Hopfield 2016")
    return degrees.reduce(theory) { plot, degree in
      let some = rows.filter { $0.degree == degree }
      return plot.points(
        some.map(\.relativeLoad), some.map(\.errors), errors: some.map(\.standardError),
        label: "*n* = \(degree)")
    }.rule(y: Self.errorRate, label: "½ %, which defines α_n").svg
  }
}
