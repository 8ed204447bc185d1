internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment dynamics`.
struct DynamicsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dynamics",
    abstract: "The overlap step by step under parallel updates, beside the theory's prediction.",
    discussion: """
      EXAMPLES
        hopfield experiment dynamics --size 5000 --load 0.08 --overlaps 0.1,0.2,0.3,0.5
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 5000

  @Option(parsing: .unconditional, help: "P / N.")
  var load = 0.08

  @Option(parsing: .unconditional, help: "Initial overlaps: A,B,... or FROM:TO:STEP.")
  var overlaps = NumberList(argument: "0.1,0.15,0.2,0.3,0.5,0.8")!

  @Option(parsing: .unconditional, help: "Parallel updates.")
  var steps = 12

  @Option(parsing: .unconditional, help: "Networks for each initial overlap, with one start.")
  var trials = 20

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size)
    try requireTrials(trials)
    try requireLoads([load], "--load", size: size)
    try requireOverlaps(overlaps.values)
    guard (1...100_000).contains(steps) else {
      throw ValidationError("--steps \(steps) is out of range")
    }
  }

  func run() throws {
    try options.run(
      DynamicsExperiment(
        size: size, load: load, overlaps: overlaps.values, steps: steps, trials: trials,
        seed: options.common.seed))
  }
}
