internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment prototypes`.
struct PrototypeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prototypes",
    abstract:
      "Prototypes that were never shown, and become attractors as their examples are stored.",
    discussion: """
      EXAMPLES
        hopfield experiment prototypes --size 2000 --prototypes 20 --overlap 0.4
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 2000

  @Option(parsing: .unconditional, help: "Concepts.")
  var prototypes = 20

  @Option(parsing: .unconditional, help: "Of an example with its prototype.")
  var overlap = 0.4

  @Option(parsing: .unconditional, help: "Stored of each: A,B,... or FROM:TO:STEP.")
  var examples = NumberList(argument: "1,2,4,6,8,12,16,24,32")!

  @Option(parsing: .unconditional, help: "Networks for each number of examples.")
  var trials = 10

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size)
    try requireTrials(trials)
    try requireCount(prototypes, "--prototypes")
    try requireOverlaps([overlap])
    for number in examples.values { try requireCount(number, "--examples") }
    guard Double(prototypes) * (examples.values.max() ?? 1) < 1e9 else {
      throw ValidationError("--prototypes and --examples: more than 10^9 patterns")
    }
  }

  func run() throws {
    try options.run(
      PrototypeExperiment(
        size: size, prototypes: prototypes, overlap: overlap,
        examples: examples.values.map { Int($0) }, trials: trials, seed: options.common.seed))
  }
}
