/// A question that is answered by measuring: conditions, a row of numbers for each, a figure.
///
///     let experiment = CapacityExperiment(size: 2_000, loads: loads, trials: 32, seed: 7)
///     for row in try await experiment.run() { print(row.load, row.overlap, row.standardError) }
///
/// Rows come in the order of the conditions, and the same for a seed on any number of threads. A run
/// that was interrupted goes on after the rows that it has.
public protocol Experiment: Sendable {
  /// What is found under one condition: a flat list of numbers and words.
  associatedtype Row: Codable & Sendable & Equatable

  /// What `hopfield experiment` calls it.
  static var name: String { get }

  /// The number of conditions.
  var conditions: Int { get }

  /// The trials of one condition, for progress.
  var trials: Int { get }

  /// How many rows each condition gives.
  var rowsPerCondition: Int { get }

  /// The rows of condition `index`: on at most `threads` threads, telling how many trials are done.
  func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row]

  /// Whether `row` is one that condition `index` of this very experiment gives: the same sizes, seed and
  /// settings.
  func isRow(_ row: Row, of index: Int) -> Bool

  /// What the rows say together: names and numbers, such as the load at which half are retrieved.
  func findings(from rows: [Row]) -> [(name: String, value: Double)]

  /// The rows that a reader wants to see: all, unless most of them are points of a picture.
  func summary(of rows: [Row]) -> [Row]

  /// The figure of some rows, as SVG.
  func figure(of rows: [Row]) -> String
}

extension Experiment {
  public var rowsPerCondition: Int { 1 }

  public func findings(from rows: [Row]) -> [(name: String, value: Double)] { [] }

  public func summary(of rows: [Row]) -> [Row] { rows }

  /// Measures all conditions; checks for cancellation between them.
  public func run(threads: Int? = nil) async throws -> [Row] {
    try measure(threads: threads, onRows: { _ in try Task.checkCancellation() })
  }

  /// Measures the conditions that `done` lacks.
  ///
  /// - Parameters:
  ///   - threads: at most this many; nil for all processors.
  ///   - done: the first rows of an earlier run. Rows of another experiment are not used.
  ///   - progress: called with the number of trials done and of all there are.
  public func measure(
    threads: Int? = nil, resuming done: [Row] = [],
    progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) -> [Row] {
    measure(threads: threads, resuming: done, progress: progress, onRows: { _ in })
  }

  /// Measures the conditions that `done` lacks, and hands over all rows so far after each: see the other
  /// `measure`.
  public func measure(
    threads: Int? = nil, resuming done: [Row] = [],
    progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in },
    onRows: (_ soFar: [Row]) throws -> Void
  ) rethrows -> [Row] {
    var all: [Row] = []
    for index in 0..<conditions {
      let (before, total) = (index * trials, conditions * trials)
      let earlier = done.dropFirst(index * rowsPerCondition).prefix(rowsPerCondition)
      if earlier.count == rowsPerCondition, earlier.allSatisfy({ isRow($0, of: index) }) {
        all += earlier
        continue
      }
      all += rows(of: index, threads: threads) { progress(before + $0, total) }
      try onRows(all)
    }
    return all
  }
}
