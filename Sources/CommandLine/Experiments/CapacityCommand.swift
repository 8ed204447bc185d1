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
    try requireSize(size)
    try requireTrials(trials)
    try requireLoads(loads.values, "--loads", size: size)
    try requireCriterion(criterion)
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
