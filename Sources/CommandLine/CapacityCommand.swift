internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment capacity`.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "The overlap that is left after relaxing from a stored pattern, load by load.",
    discussion: """
      --stored says when a pattern counts as retrieved: near (it ends at an overlap of --criterion or \
      more), exact (it is a fixed point) or all (all patterns of the network are).

      EXAMPLES
        hopfield experiment capacity --size 1000 --loads 0.02:0.20:0.01 --trials 30
        hopfield experiment capacity --size 500 --loads 0.1:1:0.1 --rule projection --json
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 1000

  @Option(parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "0.02:0.20:0.01")!

  @Option(parsing: .unconditional, help: "Networks a load.")
  var trials = 30

  @OptionGroup var memory: StudiedMemoryOptions

  @Option(help: "near | exact | all (default: near).")
  var stored: StoredName?

  @Option(parsing: .unconditional, help: "The overlap that counts as near.")
  var criterion = 0.9

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    guard size >= 1, size < 1 << 30 else { throw ValidationError("--size \(size) is out of range") }
    guard trials >= 1 else { throw ValidationError("--trials \(trials) is not at least 1") }
    guard loads.values.allSatisfy({ $0 > 0 && $0 * Double(size) < 1e9 }) else {
      throw ValidationError("--loads: every load is above 0 and below 10^9 patterns")
    }
    guard criterion > 0, criterion <= 1 else {
      throw ValidationError("--criterion \(criterion) is not between 0 and 1")
    }
  }

  func run() throws {
    try options.run(
      CapacityExperiment(
        size: size, loads: loads.values, trials: trials, seed: options.common.seed,
        memory: memory.memory, stored: stored?.stored ?? .near, criterion: criterion))
  }
}

/// How `--stored` names when a pattern counts as stored.
struct StoredName: ExpressibleByArgument {
  let stored: CapacityExperiment.Stored
  init?(argument: String) {
    guard let stored = CapacityExperiment.Stored(rawValue: argument) else { return nil }
    self.stored = stored
  }
  static var allValueStrings: [String] { CapacityExperiment.Stored.allCases.map(\.rawValue) }
}

/// Which network an experiment studies.
struct StudiedMemoryOptions: ParsableArguments {
  @Option(help: "classical: the learning rule (default: hebbian).")
  var rule: RuleOption?

  @Option(help: "A dense memory with this energy of an overlap, in place of --rule.")
  var interaction: InteractionName?

  @Option(parsing: .unconditional, help: "dense: the degree n of the energy (default: 4).")
  var degree: Int?

  func validate() throws {
    if rule != nil, interaction != nil || degree != nil {
      throw ValidationError("--rule does not go with --interaction and --degree")
    }
    if let degree, !(2...100).contains(degree) {
      throw ValidationError("--degree \(degree) is out of range")
    }
    if interaction == .exponential, degree != nil {
      throw ValidationError("--degree does not go with --interaction exponential")
    }
  }

  var memory: StudiedMemory {
    guard interaction != nil || degree != nil else { return .classical(rule?.rule ?? .hebbian) }
    return switch interaction ?? .polynomial {
    case .polynomial: .dense(.polynomial(degree: degree ?? 4))
    case .rectified: .dense(.rectified(degree: degree ?? 4))
    case .exponential: .dense(.exponential)
    }
  }
}
