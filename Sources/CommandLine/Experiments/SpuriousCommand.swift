internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment spurious`.
struct SpuriousCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spurious",
    abstract: "What else a network remembers: mixtures, reverses and states that are no pattern.",
    discussion: """
      By sampling: where random starts end, load by load. With --exact MEMORY: every fixed point of that \
      memory (at most 24 neurons) with its state, energy, number of states in its basin, and kind.

      EXAMPLES
        hopfield experiment spurious --size 500 --loads 0.01:0.12:0.01 --output spurious.csv
        hopfield experiment spurious --exact patterns.csv --json
      """)

  @Option(help: "Enumerate this memory: .npy, .npz, .csv, .png or a folder of PNGs.")
  var exact: String?

  @Option(parsing: .unconditional, help: "Neurons, N (default: 500).")
  var size: Int?

  @Option(
    parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP (default: 0.01:0.12:0.01).")
  var loads: NumberList?

  @Option(parsing: .unconditional, help: "Networks a load, with one start each (default: 200).")
  var trials: Int?

  @OptionGroup var memory: StudiedMemoryOptions

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size ?? 500)
    try requireTrials(trials ?? 200)
    try requireLoads(loads?.values ?? [], "--loads", size: size ?? 500)
    if exact != nil {
      guard size == nil, loads == nil, trials == nil else {
        throw ValidationError("--exact does not go with --size, --loads and --trials")
      }
      guard memory.interaction == nil, memory.degree == nil else {
        throw ValidationError("--exact does not go with --interaction and --degree")
      }
    }
  }

  func run() throws {
    if let exact { return try enumerate(exact) }
    try options.run(
      SpuriousExperiment(
        size: size ?? 500, loads: loads?.values ?? NumberList(argument: "0.01:0.12:0.01")!.values,
        trials: trials ?? 200, seed: options.common.seed, memory: memory.memory))
  }

  /// A fixed point as a row: the state as 0 and 1, site 0 first.
  private struct Row: Encodable {
    var state: String
    var energy: Double
    var basin: Int
    var kind: String
    var pattern: Int?
    var overlap: Double?
  }

  private func enumerate(_ path: String) throws {
    let output = try options.output.map { try FigureOutput(path: $0, name: "spurious") }
    let file = try MemoryFile(reading: path, packed: nil)
    guard file.size <= AttractorCensus.largestSize else {
      throw CommandError.data(
        path, "\(file.size) neurons: at most \(AttractorCensus.largestSize) are enumerated")
    }
    let patterns = try SpinEncoding(of: file, threshold: nil).patterns()
    let start = ContinuousClock.now
    let network = try HopfieldNetwork(
      learning: patterns, from: path, by: memory.rule?.rule ?? .hebbian,
      threads: options.common.threads)
    let census = AttractorCensus(of: network, threads: options.common.threads)
    let seconds = (ContinuousClock.now - start).seconds
    let rows = census.attractors.map { attractor in
      Row(
        state: String(attractor.state.spins.map { $0 > 0 ? "1" : "0" }), energy: attractor.energy,
        basin: attractor.basin, kind: attractor.kind.rawValue,
        pattern: attractor.identity.match?.pattern, overlap: attractor.identity.match?.weight)
    }
    try output?.write(rows)
    try output?.write(figure: census.figure)
    if options.common.json {
      Console.print(
        JSON.object([
          ("experiment", .string("spurious")), ("neurons", .int(network.size)),
          ("patterns", .int(patterns.count)), ("rows", .array(rows.map { JSON(row: $0) })),
          ("seconds", .double(seconds)),
        ]).text)
    } else {
      for line in tableLines(rows) { Console.print(line) }
    }
  }
}
