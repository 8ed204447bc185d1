internal import HopfieldKernels
public import HopfieldPatterns

/// Independent repetitions of a measurement, each with random numbers of its own.
///
///     let trials = Trials(count: 30, seed: 7)
///     let overlaps = trials.run { trial, random in measure(using: &random) }
///
/// Trial k draws from stream k of the seed, so that results do not depend on the number of threads, and
/// more trials of the same seed begin with the same ones.
public struct Trials: Sendable {
  /// How many.
  public let count: Int
  public let seed: UInt64
  /// At most this many run at a time; nil for one a processor.
  public let threads: Int?
  private let progress: @Sendable (Int) -> Void

  /// - Parameters:
  ///   - count: how many repetitions.
  ///   - seed: of all their random numbers.
  ///   - threads: at most this many at a time; nil for one a processor.
  ///   - progress: called with the number of trials done, one call at a time.
  public init(
    count: Int, seed: UInt64, threads: Int? = nil,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    precondition(count > 0, "\(count) trials: at least 1 is needed")
    self.count = count
    self.seed = seed
    self.threads = threads
    self.progress = progress
  }

  /// The results of all trials, in their order.
  public func run<Result: Sendable>(
    _ trial: (_ index: Int, _ random: inout SeededGenerator) -> Result
  ) -> [Result] {
    let results = Slots<Result>(count: count, progress: progress)
    Parallel.forEach(count, threads: threads ?? Parallel.processors) { k in
      var random = SeededGenerator(seed: seed, stream: k)
      results[k] = trial(k, &random)
    }
    return results.all
  }
}
