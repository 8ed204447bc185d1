internal import HopfieldPatterns

/// A paper's numbers, measured again.
///
///     let report = Reproduction.named("hopfield-1982")!.run(.quick)
///     for finding in report.findings { print(finding.quantity, finding.verdict) }
///
/// Each says what the paper prints, what comes out here, and whether the two agree within their errors. What
/// can't be compared, for other data or another size, is shown without a verdict and says why.
public struct Reproduction: Sendable {
  /// What `hopfield reproduce` calls it: authors and year.
  public let name: String
  /// The paper.
  public let source: String
  /// What it is about, in a line.
  public let summary: String
  private let measure: @Sendable (Laboratory) -> Report

  init(
    name: String, source: String, summary: String,
    measure: @escaping @Sendable (Laboratory) -> Report
  ) {
    self.name = name
    self.source = source
    self.summary = summary
    self.measure = measure
  }

  /// How much work is put in.
  public enum Scale: String, Sendable {
    /// All reproductions in some minutes.
    case quick
    /// The sizes that the numbers deserve.
    case full
  }

  /// Measures.
  ///
  /// - Parameters:
  ///   - scale: how much work is put in.
  ///   - seed: of all random numbers.
  ///   - threads: at most this many; nil for all processors.
  ///   - store: where the rows of its experiments are kept, and looked for first.
  ///   - progress: told what is being measured, and the share of it that is done.
  public func run(
    _ scale: Scale, seed: UInt64 = 0, threads: Int? = nil, store: (any RowStore)? = nil,
    progress: @escaping @Sendable (_ what: String, _ share: Double) -> Void = { _, _ in }
  ) -> Report {
    measure(
      Laboratory(scale: scale, seed: seed, threads: threads, store: store, progress: progress))
  }

  /// The reproduction of this name in `all`.
  public static func named(_ name: String) -> Reproduction? { all.first { $0.name == name } }

  /// What came out.
  public struct Report: Sendable {
    public let findings: [Finding]
    /// As SVG; nil where the numbers say it all.
    public let figure: String?

    init(_ findings: [Finding], figure: String? = nil) {
      self.findings = findings
      self.figure = figure
    }

    /// Whether no finding failed.
    public var passes: Bool { findings.allSatisfy { $0.verdict != false } }
  }
}

/// One number of a paper beside ours.
public struct Finding: Sendable, Equatable {
  public let quantity: String
  /// What the paper prints, or what its theory gives; nil where it prints none.
  public let published: Double?
  /// What came out here; nil where it can't be measured here.
  public let ours: Double?
  /// How far apart the two may be: three joint standard errors, and half a unit of the last digit printed.
  public let tolerance: Double?
  /// Whether they agree; nil where they can't be compared.
  public let verdict: Bool?
  /// Why there is no verdict, or what is to be known about the number.
  public let note: String?

  /// Errors are joint standard errors; a comparison of thirty numbers at three of them fails once in ten
  /// runs, so the seed is fixed.
  static let standardErrors = 3.0

  /// A comparison within the errors.
  ///
  /// - Parameters:
  ///   - quantity: what it is.
  ///   - published: the paper's number.
  ///   - error: its standard error, 0 for a theory's.
  ///   - printed: the unit of its last digit, 0 for an exact number.
  ///   - ours: our number with its standard error.
  ///   - note: what is to be known about it.
  init(
    _ quantity: String, published: Double, error: Double = 0, printed: Double = 0, ours: Estimate,
    note: String? = nil
  ) {
    let joint = (error * error + ours.error * ours.error).squareRoot()
    let tolerance = Self.standardErrors * joint + printed / 2
    self.init(
      quantity: quantity, published: published, ours: ours.value, tolerance: tolerance,
      // The last bits of two ways to add the same numbers may differ.
      verdict: abs(ours.value - published) <= tolerance + 1e-12 * abs(published), note: note)
  }

  /// A statement that holds or does not: of a shape, or a number on one side of another.
  init(_ quantity: String, ours: Double, holds: Bool, note: String? = nil) {
    self.init(
      quantity: quantity, published: nil, ours: ours, tolerance: nil, verdict: holds, note: note)
  }

  /// Numbers side by side, without a verdict.
  init(_ quantity: String, published: Double?, ours: Estimate, why: String) {
    self.init(
      quantity: quantity, published: published, ours: ours.value,
      tolerance: ours.error > 0 ? Self.standardErrors * ours.error : nil, verdict: nil, note: why)
  }

  /// A number of the paper that can't be measured here.
  init(_ quantity: String, published: Double, why: String) {
    self.init(
      quantity: quantity, published: published, ours: nil, tolerance: nil, verdict: nil, note: why)
  }

  private init(
    quantity: String, published: Double?, ours: Double?, tolerance: Double?, verdict: Bool?,
    note: String?
  ) {
    self.quantity = quantity
    self.published = published
    self.ours = ours
    self.tolerance = tolerance
    self.verdict = verdict
    self.note = note
  }
}

/// What a reproduction works with: how much to do, on how many threads, and whom to tell.
struct Laboratory: Sendable {
  let scale: Reproduction.Scale
  let seed: UInt64
  let threads: Int?
  var store: (any RowStore)?
  let progress: @Sendable (_ what: String, _ share: Double) -> Void

  /// One of two numbers, by the scale.
  func pick<Value>(quick: Value, full: Value) -> Value { scale == .quick ? quick : full }

  /// The results of `count` trials of something, with streams of their own: of the seed, and of what is
  /// measured, so that different sizes or loads err independently.
  func trials<Result: Sendable>(
    _ what: String, _ count: Int,
    _ trial: (_ index: Int, _ random: inout SeededGenerator) -> Result
  ) -> [Result] {
    let progress = progress
    return Trials(
      count: count, seed: seed(of: what), threads: threads,
      progress: { progress(what, Double($0) / Double(count)) }
    ).run(trial)
  }

  /// A seed for something: Fowler, Noll and Vo's hash of its name, from the laboratory's seed on.
  func seed(of what: String) -> UInt64 {
    what.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The rows of an experiment, kept under `stage` if there is one.
  func rows<E: Experiment>(_ experiment: E, as stage: String? = nil) -> [E.Row] {
    let progress = progress
    let earlier = stage.flatMap { store?.rows(E.Row.self, of: $0) } ?? []
    return experiment.measure(
      threads: threads, resuming: earlier,
      progress: { progress(stage ?? E.name, Double($0) / Double($1)) },
      onRows: { rows in stage.map { store?.keep(rows, as: $0) } })
  }
}
