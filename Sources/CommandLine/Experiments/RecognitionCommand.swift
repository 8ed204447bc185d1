internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment recognition`.
struct RecognitionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recognition",
    abstract: "Known or new, told by the energy alone: far more patterns than can be recalled.",
    discussion: """
      EXAMPLES
        hopfield experiment recognition --size 400 --loads 1:20:1 --output recognition.csv
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 400

  @Option(
    parsing: .unconditional, help: "P / N, which may be far above 1: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "1,2,4,6,8,9.2,12,16,20")!

  @Option(parsing: .unconditional, help: "Networks a load.")
  var trials = 10

  @Option(
    parsing: .unconditional,
    help: "Known patterns of each network, and as many new ones, that are judged.")
  var probes = 200

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size, from: 2)
    try requireTrials(trials)
    try requireLoads(loads.values, "--loads", size: size)
    try requireCount(probes, "--probes")
  }

  func run() throws {
    try options.run(
      RecognitionExperiment(
        size: size, loads: loads.values, trials: trials, probes: probes,
        seed: options.common.seed))
  }
}
