internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// The overlap step by step, beside the prediction of Amari and Maginu.
///
///     let experiment = DynamicsExperiment(size: 5_000, load: 0.08, overlaps: [0.1, 0.3], trials: 40, seed: 7)
///     for row in try await experiment.run() { print(row.step, row.overlap, row.predicted) }
///
/// Hebb's rule, parallel updates at T = 0. The first two steps of the prediction are exact for N → ∞; later
/// ones leave out correlations in time, so that its limit of 0.1596 lies above the true one.
///
/// - Source: Amari and Maginu 1988, "Statistical neurodynamics of associative memory".
public struct DynamicsExperiment: Experiment {
  /// The overlap after one step from one initial overlap.
  public struct Row: Codable, Sendable, Equatable {
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var trials: Int
    public var seed: UInt64
    public var initial: Double
    public var step: Int
    /// The mean overlap after the step, and its error.
    public var overlap: Double
    public var standardError: Double
    /// The overlap by the map of Amari and Maginu.
    public var predicted: Double
  }

  public static let name = "dynamics"
  public let size: Int
  public let load: Double
  public let overlaps: [Double]
  public let steps: Int
  public let trials: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - size: N.
  ///   - load: P / N; P is rounded.
  ///   - overlaps: initial ones, 0 to 1.
  ///   - steps: parallel updates.
  ///   - trials: networks for each initial overlap, with one start.
  ///   - seed: of all random numbers.
  public init(
    size: Int, load: Double, overlaps: [Double], steps: Int = 10, trials: Int, seed: UInt64
  ) {
    precondition(size > 0, "\(size) neurons: at least 1 is needed")
    precondition(load > 0 && load.isFinite, "a load of \(load), not above 0")
    precondition(overlaps.allSatisfy { (0...1).contains($0) }, "an overlap that is not in 0...1")
    precondition(steps > 0, "\(steps) steps: at least 1 is needed")
    self.size = size
    self.load = load
    self.overlaps = overlaps
    self.steps = steps
    self.trials = trials
    self.seed = seed
  }

  public var conditions: Int { overlaps.count }
  public var rowsPerCondition: Int { steps + 1 }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let count = patternCount(load: load, size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let paths = trials.run { _, random -> [Double] in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      let cue = patterns[0].flipping(fraction: (1 - overlaps[index]) / 2, using: &random)
      var running = HopfieldNetwork(storing: patterns).start(
        from: Cue(cue), by: .synchronous, threads: 1)
      var path = [patterns[0].overlap(with: cue)]
      for _ in 0..<steps {
        _ = running.step()
        path.append(patterns[0].overlap(with: running.state))
      }
      return path
    }
    let predicted = RetrievalDynamics.trajectory(
      overlap: overlaps[index], load: Double(count) / Double(size), steps: steps)
    return (0...steps).map { step in
      let overlap = Estimate(of: paths.map { $0[step] })
      return Row(
        neurons: size, load: load, patterns: count, trials: paths.count, seed: seed,
        initial: overlaps[index], step: step, overlap: overlap.value,
        standardError: overlap.error, predicted: predicted[step].overlap)
    }
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.neurons == size && row.load == load && row.trials == trials && row.seed == seed
      && row.initial == overlaps[index]
  }

  public func figure(of rows: [Row]) -> String {
    let plot = Plot("Recall in time", x: "parallel step *t*", y: "overlap *m*")
      .subtitle("Hebb, *N* = \(size), α = \(load); lines: Amari and Maginu 1988")
      .yAxis(in: -0.1...1.05)
    return overlaps.reduce(plot) { plot, initial in
      let some = rows.filter { $0.initial == initial }
      let steps = some.map { Double($0.step) }
      return plot.line(steps, some.map(\.predicted))
        .points(
          steps, some.map(\.overlap), errors: some.map(\.standardError), label: "*m*_0 = \(initial)"
        )
    }.legend(.outside).svg
  }
}
