internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// Where does retrieval end at T = 0? The share of stored patterns that descent leaves near themselves,
/// size by size, across the transition.
///
///     let experiment = TransitionExperiment(sizes: [1_024, 4_096, 16_384], samples: 20, starts: 40, seed: 1)
///     let rows = try await experiment.run()
///     print(TransitionFit(to: rows)!.limit)                  // Estimate(value: 0.14, error: ...)
///
/// Descent from a stored pattern stops at the first metastable state, so this is a dynamic threshold;
/// it need not equal the static 0.1379 of replica theory. A little warmth carries the state over the
/// barriers inside its valley: then what ends is the valley, whose place at T → 0 is the static
/// value.
///
/// Loads lie within a width above the transition, 0.55 / √N, and one and a half below it, where the curves of
/// different sizes cross. A start is lost when its overlap falls below 0.7, and retrieved when
/// it comes to rest above it, or, warm, when it is still above it after the last sweep. Nothing rests between
/// 0.55 and 0.9 from N = 8 000 on: at T = 0 and from N = 32 768 on, 0.9 tells the same sooner. Starts of one
/// sample share the patterns, so errors come from the spread between samples; every row has samples of its own.
///
/// - Complexity: a sweep of one start is O(N P) = O(0.14 N²) bits; lost starts take about 2 N^0.46 sweeps.
public struct TransitionExperiment: Experiment {
  /// What was found for one size, dynamics and load.
  public struct Row: Codable, Sendable, Equatable {
    public var dynamics: String
    public var temperature: Double
    public var neurons: Int
    /// P / N.
    public var load: Double
    public var patterns: Int
    public var samples: Int
    public var starts: Int
    public var seed: UInt64
    /// The share of starts that are retrieved, and the error of it by the spread between samples.
    public var retrieved: Double
    public var standardError: Double
    /// How many times the error of independent starts that is: 1 where starts of one sample go their
    /// own ways.
    public var widening: Double
    /// The mean final overlap of those that are.
    public var overlap: Double?
    /// The mean number of sweeps to the verdict.
    public var sweeps: Double
  }

  /// How the spins move.
  public enum Motion: String, CaseIterable, Sendable {
    case sequential, permuted, parallel

    func dynamics(temperature: Double) -> Dynamics {
      switch self {
      case .sequential where temperature > 0: .glauber(temperature: temperature)
      case .permuted where temperature > 0: .glauber(temperature: temperature, order: .permuted)
      case .parallel where temperature > 0: .parallelGlauber(temperature: temperature)
      case .sequential: .asynchronous()
      case .permuted: .asynchronous(order: .permuted)
      case .parallel: .synchronous
      }
    }
  }

  /// A size, a motion and a load.
  private struct Condition {
    var size: Int
    var motion: Motion
    var patterns: Int
    var load: Double { Double(patterns) / Double(size) }
  }

  public static let name = "transition"
  public let samples: Int
  public let starts: Int
  public let seed: UInt64
  public let temperature: Double
  /// Of a warm run.
  public let sweeps: Int
  private let all: [Condition]

  /// - Parameters:
  ///   - sizes: N, a few between 1 000 and a million.
  ///   - motions: how the spins move; each is measured.
  ///   - temperature: T, 0 for descent.
  ///   - sweeps: how long a warm run lasts.
  ///   - loadsPerSize: evenly from one and a half widths below the transition to one above.
  ///   - samples: networks for each load.
  ///   - starts: stored patterns of each network to start from.
  ///   - seed: of all random numbers.
  public init(
    sizes: [Int], motions: [Motion] = [.sequential], temperature: Double = 0, sweeps: Int = 200,
    loadsPerSize: Int = 6, samples: Int, starts: Int, seed: UInt64
  ) {
    precondition(
      temperature >= 0 && temperature < 1, "a temperature of \(temperature), not from 0 to 1")
    precondition(sweeps > 0, "\(sweeps) sweeps: at least 1 is needed")
    precondition(sizes.allSatisfy { $0 >= 100 }, "a size below 100")
    precondition(loadsPerSize >= 2, "\(loadsPerSize) loads a size: at least 2 are needed")
    precondition(samples > 0 && starts > 0, "\(samples) samples of \(starts) starts")
    self.samples = samples
    self.starts = starts
    self.seed = seed
    self.temperature = temperature
    self.sweeps = sweeps
    let (limit, shift) = Self.expected(temperature: temperature)
    all = motions.flatMap { motion in
      sizes.flatMap { size -> [Condition] in
        (0..<loadsPerSize).map { k in
          let place = 2.5 * Double(k) / Double(loadsPerSize - 1) - 1.5
          let load = limit + (shift + 0.55 * place) / Double(size).squareRoot()
          return Condition(
            size: size, motion: motion, patterns: patternCount(load: load, size: size))
        }
      }
    }
  }

  /// About half of the starts are retrieved at `limit` + `shift` / √N: as descents to a million neurons
  /// did, and, warm, on the line of replica theory.
  private static func expected(temperature: Double) -> (limit: Double, shift: Double) {
    temperature == 0 ? (0.141, 0.7) : (MeanField.retrievalLimit(temperature: temperature), 0.8)
  }

  public var conditions: Int { all.count }
  public var trials: Int { samples }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let condition = all[index]
    let threads = threads ?? Parallel.processors
    // Samples share the threads while they are small; a large one has them all.
    let isLarge = condition.size > 1 << 17
    // Rows that shared their patterns would err together.
    var seeds = SeededGenerator(seed: seed, stream: index)
    let results = Trials(
      count: samples, seed: seeds.next(), threads: isLarge ? 1 : threads, progress: progress
    ).run { _, random in
      sample(condition, threads: isLarge ? threads : 1, random: &random)
    }
    let shares = results.map { Double($0.overlaps.count) / Double(starts) }
    let overlaps = results.flatMap(\.overlaps)
    let (error, widening) = Self.error(of: shares, starts: starts)
    let row = Row(
      dynamics: condition.motion.rawValue, temperature: temperature, neurons: condition.size,
      load: condition.load, patterns: condition.patterns, samples: samples, starts: starts,
      seed: seed, retrieved: shares.reduce(0, +) / Double(samples), standardError: error,
      widening: widening,
      overlap: overlaps.isEmpty ? nil : overlaps.reduce(0, +) / Double(overlaps.count),
      sweeps: Double(results.reduce(0) { $0 + $1.sweeps }) / Double(samples * starts))
    return [row]
  }

  /// The error of the mean share: by the spread between samples, and not below that of independent
  /// starts, which a few samples that happen to agree would hide.
  private static func error(
    of shares: [Double], starts: Int
  ) -> (error: Double, widening: Double) {
    let all = shares.count * starts
    let retrieved = Int((shares.reduce(0, +) * Double(starts)).rounded())
    let independent = Estimate(successes: retrieved, of: all).error
    let spread = Estimate(of: shares).error
    let error = spread.isNaN ? independent : max(spread, independent)
    return (error, error / independent)
  }

  private struct Sample {
    /// Final overlaps of the starts that were retrieved.
    var overlaps: [Double]
    var sweeps: Int
  }

  private func sample(
    _ condition: Condition, threads: Int, random: inout SeededGenerator
  ) -> Sample {
    let patterns = PatternSet.random(
      count: condition.patterns, size: condition.size, using: &random)
    let network = HopfieldNetwork(storing: patterns)
    let seed = random.next()
    let results = Slots<(overlap: Double?, sweeps: Int)>(count: starts)
    Parallel.forEach(starts, threads: threads) { k in
      var random = SeededGenerator(seed: seed, stream: k)
      let slot = k % patterns.count
      results[k] =
        isLarge(condition)
        ? descend(patterns, from: slot, condition.motion, random: &random)
        : walk(network, from: patterns[slot], condition.motion, random: &random)
    }
    return Sample(
      overlaps: results.all.compactMap(\.overlap), sweeps: results.all.reduce(0) { $0 + $1.sweeps })
  }

  /// Whether a descent leaves out the neurons that have settled: in smaller ones that saves nothing.
  private func isLarge(_ condition: Condition) -> Bool {
    temperature == 0 && condition.size >= 1 << 15
  }

  /// From a pattern until it is lost, or kept.
  private func walk(
    _ network: HopfieldNetwork, from start: Pattern, _ motion: Motion,
    random: inout SeededGenerator
  ) -> (overlap: Double?, sweeps: Int) {
    var running = network.start(
      from: Cue(start), by: motion.dynamics(temperature: temperature), threads: 1)
    for sweeps in 1...Self.mostSweeps {
      let step = running.step(using: &random)
      let overlap = start.overlap(with: running.state)
      if overlap < Self.lost { return (nil, sweeps) }
      if step.outcome != nil || temperature > 0 && sweeps == self.sweeps {
        return (overlap, sweeps)
      }
    }
    return (nil, Self.mostSweeps)
  }

  private func descend(
    _ patterns: PatternSet, from slot: Int, _ motion: Motion, random: inout SeededGenerator
  ) -> (overlap: Double?, sweeps: Int) {
    var descent = SettledDescent(
      of: patterns.tiles, from: patterns[slot].words, motion: motion)
    while descent.steps < Self.mostSweeps {
      descent.step(using: &random)
      if descent.overlap(with: slot) < Self.lostIfLarge { return (nil, descent.steps) }
      if descent.outcome != nil { return (descent.overlap(with: slot), descent.steps) }
    }
    return (nil, Self.mostSweeps)
  }

  /// The overlap below which a start is lost.
  private static let lost = 0.7
  /// The same in a large network, where the rest of the fall would take as long as all before it.
  private static let lostIfLarge = 0.9
  private static let mostSweeps = 100_000

  public func isRow(_ row: Row, of index: Int) -> Bool {
    let condition = all[index]
    return row.dynamics == condition.motion.rawValue && row.temperature == temperature
      && row.neurons == condition.size && row.patterns == condition.patterns
      && row.samples == samples && row.starts == starts
      && row.seed == seed
  }
}

extension TransitionExperiment {
  /// The limits for N → ∞ by exponents 1/2 and 2/3 of the shift and by a fitted one, with their errors and
  /// the quality of each fit: of the first motion.
  public func findings(from rows: [Row]) -> [(name: String, value: Double)] {
    let some = rows.filter { $0.dynamics == rows.first?.dynamics }
    let fits = [("Half", 0.5), ("TwoThirds", 2.0 / 3), ("Fitted", nil)].map {
      ($0.0, TransitionFit(to: some, exponent: $0.1))
    }
    return fits.flatMap { name, fit -> [(name: String, value: Double)] in
      guard let fit else { return [] }
      return [
        ("limit\(name)", fit.limit.value), ("error\(name)", fit.limit.error),
        ("chiSquare\(name)", fit.chiSquare / Double(fit.degreesOfFreedom)),
      ] + (fit.isExponentFitted ? [("exponentFitted", fit.exponent.value)] : [])
    }
  }

  public func figure(of rows: [Row]) -> String {
    let some = rows.filter { $0.dynamics == rows.first?.dynamics }
    let fit = TransitionFit(to: some)
    let plot = Plot(
      "The retrieval transition at T = \(temperature == 0 ? "0" : "\(temperature)")",
      x: "load α = P / N", y: "share of starts retrieved"
    ).subtitle("\(some.first?.dynamics ?? "") descent from stored patterns").yAxis(in: -0.02...1.02)
    return Set(some.map(\.neurons)).sorted().reduce(plot) { plot, neurons in
      let size = some.filter { $0.neurons == neurons }
      let loads = size.map(\.load)
      var plot = plot
      if let fit, let low = loads.min(), let high = loads.max() {
        let fine = (0...100).map { low + Double($0) / 100 * (high - low) }
        plot = plot.line(fine, fine.map { fit.retrieved(neurons: neurons, load: $0) })
      }
      return plot.points(
        loads, size.map(\.retrieved), errors: size.map(\.standardError), label: "N = \(neurons)")
    }.rule(x: MeanField.retrievalLimit(temperature: temperature), label: "static").svg
  }
}
