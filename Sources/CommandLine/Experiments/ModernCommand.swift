internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment modern`.
struct ModernCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modern",
    abstract: "From the average of all memories to single ones, as beta grows.",
    discussion: """
      EXAMPLES
        hopfield experiment modern --memories 1000 --dimension 64 --betas 1,2,4,8,16,32,64
      """)

  @Option(parsing: .unconditional, help: "Memories, M.")
  var memories = 1000

  @Option(parsing: .unconditional, help: "Numbers of each, d.")
  var dimension = 64

  @Option(parsing: .unconditional, help: "Inverse temperatures: A,B,... or FROM:TO:STEP.")
  var betas = NumberList(argument: "1,2,4,6,8,10,12,14,16,20,24,32,48,64")!

  @Option(
    parsing: .unconditional, help: "The length of the noise on a cue; memories have length 1.")
  var noise = 0.5

  @Option(parsing: .unconditional, help: "Sets of memories for each beta, with one cue.")
  var trials = 40

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireCount(memories, "--memories")
    try requireCount(dimension, "--dimension")
    try requireTrials(trials)
    guard memories * dimension < 1 << 31 else {
      throw ValidationError("--memories and --dimension: more than 2^31 numbers")
    }
    guard betas.values.allSatisfy({ $0 >= 0 }) else {
      throw ValidationError("--betas: a beta is not below 0")
    }
    guard noise >= 0, noise.isFinite else {
      throw ValidationError("--noise \(noise) is out of range")
    }
  }

  func run() throws {
    try options.run(
      ModernExperiment(
        memories: memories, dimension: dimension, betas: betas.values, noise: noise,
        trials: trials, seed: options.common.seed))
  }
}
