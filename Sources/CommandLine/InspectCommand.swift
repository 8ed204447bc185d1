internal import ArgumentParser
internal import Hopfield

/// `hopfield inspect`: what a memory is, and whether it can work.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a memory is and whether a network can hold it.",
    discussion: """
      With --json: capacity is 0.138 N patterns; correlation the mean overlap of two patterns and the \
      largest in size; stableBits the share of all bits that agree with their fields; stablePatterns \
      the number of patterns that are fixed points; expectedError the share of bits that one step \
      gets wrong in as many random patterns.

      EXAMPLES
        hopfield inspect digits.npy
        hopfield inspect faces/ --threshold otsu --json
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
  let capacity: Double
  let correlation: (mean: Double, largest: Double)
  let stableBits: Double
  let stablePatterns: Int
  let expectedError: Double
  let engine: String

  init(of network: HopfieldNetwork, threads: Int?) {
    let stored = network.patterns
    neurons = network.size
    patterns = stored.count
    load = stored.load
    capacity = HopfieldNetwork.capacity(size: network.size)
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
    let limit = capacity / Double(neurons)
    let formatted = load.formatted(load < 0.01 ? 4 : 2)
    if load > limit {
      return "load \(formatted) is past \(limit.formatted(3)): use --model dense or modern"
    }
    if stableBits < 1 - 2 * expectedError - 0.01 {
      return "load \(formatted) is below \(limit.formatted(3)), but the patterns are too alike "
        + "(mean overlap \(correlation.mean.formatted(2))) for Hebb's rule: use --model dense or modern"
    }
    if stablePatterns == patterns {
      return "load \(formatted) is below \(limit.formatted(3)) and every pattern is a fixed point"
    }
    return
      "load \(formatted) is below \(limit.formatted(3)): patterns come back with a few wrong bits"
  }

  var json: JSON {
    .object([
      ("neurons", .int(neurons)), ("patterns", .int(patterns)), ("load", .double(load)),
      ("capacity", .double(capacity)),
      (
        "correlation",
        .object([("mean", .double(correlation.mean)), ("max", .double(correlation.largest))])
      ),
      ("stableBits", .double(stableBits)), ("stablePatterns", .int(stablePatterns)),
      ("expectedError", .double(expectedError)), ("engine", .string(engine)),
      ("advice", .string(advice)),
    ])
  }

  var table: [String] {
    [
      ("neurons", "\(neurons)"),
      ("patterns", "\(patterns)"),
      ("load", load.formatted(4)),
      ("capacity", "\(capacity.formatted(1)) random patterns (0.138 N)"),
      (
        "overlap of two",
        "\(correlation.mean.formatted(3)) on average, \(correlation.largest.formatted(3)) at most"
      ),
      ("stable bits", "\((100 * stableBits).formatted(3)) %"),
      ("stable patterns", "\(stablePatterns) of \(patterns)"),
      ("expected error", "\((100 * expectedError).formatted(3)) % of the bits of random patterns"),
      ("engine", engine),
      ("advice", advice),
    ].map { "\($0.0.left(16))\($0.1)" }
  }
}
