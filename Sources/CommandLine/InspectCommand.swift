internal import ArgumentParser
internal import Hopfield

/// `hopfield inspect`: what a memory is, and whether it can work.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a memory is and whether a network can hold it.",
    discussion: """
      With --json: capacity is the number of random patterns that the rule holds (0.138 N for Hebb's; null \
      where theory does not say); correlation the mean overlap of two patterns and the \
      largest in size; stableBits the share of all bits that agree with their fields; stablePatterns \
      the number of patterns that are fixed points; expectedError the share of bits that one step \
      gets wrong in as many random patterns (null likewise).

      EXAMPLES
        hopfield inspect digits.npy
        hopfield inspect faces/ --threshold otsu --json
        hopfield inspect digits.npy --rule projection
      """)

  @Argument(help: "The patterns: .npy, .npz, .csv, .png or a folder of PNGs.")
  var memory: String

  @Option(parsing: .unconditional, help: "Grey data becomes spins: +1 above this number, or otsu.")
  var threshold: Threshold?

  @Option(
    parsing: .unconditional, help: "Rows are this many spins as packed bits (numpy.packbits).")
  var packed: Int?

  @Option(help: "The learning rule (default: hebbian).")
  var rule: RuleOption?

  @OptionGroup(title: "Run") var common: RunOptions

  func run() throws {
    let file = try MemoryFile(reading: memory, packed: packed)
    let patterns = try SpinEncoding(of: file, threshold: threshold).patterns()
    let network = try HopfieldNetwork(
      learning: patterns, from: memory, by: rule?.rule ?? .hebbian, threads: common.threads)
    let inspection = Inspection(of: network, threads: common.threads)
    if common.json {
      Console.print(inspection.json.text)
    } else {
      for line in inspection.table { Console.print(line) }
    }
  }
}

/// What `inspect` finds.
struct Inspection {
  let neurons: Int
  let patterns: Int
  let load: Double
  let rule: LearningRule
  let capacity: Double?
  let meanSpin: Double
  let correlation: (mean: Double, largest: Double)
  let stableBits: Double
  let stablePatterns: Int
  let expectedError: Double?
  let engine: String

  init(of network: HopfieldNetwork, threads: Int?) {
    let stored = network.patterns
    neurons = network.size
    patterns = stored.count
    load = stored.load
    rule = network.rule ?? .hebbian
    capacity = network.capacity
    var up = 0
    stored.forEach { up += $1.upCount }
    meanSpin = 2 * Double(up) / Double(stored.count * network.size) - 1
    let pairs = Progress("overlaps", total: stored.count)
    correlation = stored.correlation(threads: threads, progress: pairs.show)
    pairs.finish()
    let fields = Progress("stability", total: stored.count)
    let unstable = network.unstableBits(threads: threads, progress: fields.show)
    fields.finish()
    stableBits = 1 - Double(unstable.reduce(0, +)) / Double(stored.count * network.size)
    stablePatterns = unstable.filter { $0 == 0 }.count
    expectedError = network.expectedBitError
    engine = network.engineName
  }

  /// One line: what to do.
  var advice: String {
    let formatted = "load \(load.formatted(load < 0.01 ? 4 : 2))"
    if stablePatterns == patterns {
      let below = limit.map {
        load <= $0 ? " is below \($0.formatted(3))" : " is past \($0.formatted(3))"
      }
      return "\(formatted)\(below ?? "") and every pattern is a fixed point"
    }
    if let limit, load > limit {
      return "\(formatted) is past \(limit.formatted(3)): use \(alternatives)"
    }
    let isAlike = stableBits < 1 - 2 * (expectedError ?? 0) - 0.01
    if isAlike, abs(meanSpin) > 0.2, rule.name == LearningRule.hebbian.name {
      return
        "the patterns are biased (mean spin \(meanSpin.formatted(2))), which Hebb's rule can't "
        + "hold: use --rule covariance"
    }
    if isAlike {
      return
        "the patterns are too alike (mean overlap \(correlation.mean.formatted(2))) for the rule "
        + "\(rule.name): use \(alternatives)"
    }
    let below = limit.map { " is below \($0.formatted(3))" } ?? ""
    return "\(formatted)\(below): patterns come back with a few wrong bits"
  }

  /// The load that the rule holds.
  private var limit: Double? { capacity.map { $0 / Double(neurons) } }

  /// What holds more: the projection rule while patterns can be independent.
  private var alternatives: String {
    load < 0.9 && !rule.name.hasPrefix(LearningRule.projection.name)
      ? "--rule projection or --model modern" : "--model dense or modern"
  }

  var json: JSON {
    .object([
      ("neurons", .int(neurons)), ("patterns", .int(patterns)), ("load", .double(load)),
      ("capacity", capacity.map(JSON.double) ?? .null),
      (
        "correlation",
        .object([("mean", .double(correlation.mean)), ("max", .double(correlation.largest))])
      ),
      ("stableBits", .double(stableBits)), ("stablePatterns", .int(stablePatterns)),
      ("expectedError", expectedError.map(JSON.double) ?? .null), ("engine", .string(engine)),
      ("advice", .string(advice)),
    ])
  }

  var table: [String] {
    [
      ("neurons", "\(neurons)"),
      ("patterns", "\(patterns)"),
      ("load", load.formatted(4)),
      ("rule", rule.name),
      (
        "capacity",
        capacity.map { "\($0.formatted(1)) random patterns (\(limit!.formatted(3)) N)" }
          ?? "not known from theory"
      ),
      (
        "overlap of two",
        "\(correlation.mean.formatted(3)) on average, \(correlation.largest.formatted(3)) at most"
      ),
      ("stable bits", "\((100 * stableBits).formatted(3)) %"),
      ("stable patterns", "\(stablePatterns) of \(patterns)"),
      (
        "expected error",
        expectedError.map { "\((100 * $0).formatted(3)) % of the bits of random patterns" }
          ?? "not known from theory"
      ),
      ("engine", engine),
      ("advice", advice),
    ].map { "\($0.0.left(16))\($0.1)" }
  }
}
