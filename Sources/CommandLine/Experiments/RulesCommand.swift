internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment rules`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "All learning rules on the same patterns, side by side.",
    discussion: """
      EXAMPLES
        hopfield experiment rules --size 300 --loads 0.1:1:0.1 --output rules.csv
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 200

  @Option(parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "0.05,0.1,0.15,0.2,0.3,0.4,0.5,0.7,0.9")!

  @Option(parsing: .unconditional, help: "The overlap of the damaged cues.")
  var overlap = 0.8

  @Option(parsing: .unconditional, help: "Networks for each rule and load.")
  var trials = 10

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size)
    try requireTrials(trials)
    try requireLoads(loads.values, "--loads", size: size)
    try requireOverlaps([overlap])
    guard size <= LearningRule.largestMatrix else {
      throw ValidationError("--size \(size): at most \(LearningRule.largestMatrix) for all rules")
    }
  }

  func run() throws {
    try options.run(
      RulesExperiment(
        size: size, loads: loads.values, initial: overlap, trials: trials,
        seed: options.common.seed))
  }
}
