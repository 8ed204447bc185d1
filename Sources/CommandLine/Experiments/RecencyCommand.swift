internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment recency`.
struct RecencyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recency",
    abstract: "What a network that goes on learning forgets: overlap against age.",
    discussion: """
      EXAMPLES
        hopfield experiment recency --size 1000 --output recency.csv
        hopfield experiment recency --scheme bounded --parameter 0.355
      """)

  /// How `--scheme` names what keeps a network from filling up.
  enum Scheme: String, CaseIterable, ExpressibleByArgument {
    case marginalist, bounded
  }

  @Option(help: "marginalist (each pattern outweighs the last) | bounded (synapses stop growing).")
  var scheme = Scheme.marginalist

  @Option(
    parsing: .unconditional,
    help: "epsilon of marginalist (default: 4.108, the best) or A of bounded (default: 0.355).")
  var parameter: Double?

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 500

  @Option(parsing: .unconditional, help: "Patterns learned one after the other (default: N).")
  var patterns: Int?

  @Option(parsing: .unconditional, help: "Ages measured, from the newest to 0.1 N.")
  var ages = 21

  @Option(parsing: .unconditional, help: "Networks.")
  var trials = 20

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size)
    try requireTrials(trials)
    try requireCount(patterns ?? size, "--patterns")
    guard size <= LearningRule.largestMatrix else {
      throw ValidationError("--size \(size): at most \(LearningRule.largestMatrix)")
    }
    guard (2...100_000).contains(ages) else {
      throw ValidationError("--ages \(ages) is not 2 to 100000")
    }
    if let parameter, !(parameter > 0 && parameter < 1000) {
      throw ValidationError("--parameter \(parameter) is out of range")
    }
  }

  func run() throws {
    let scheme: RecencyExperiment.Scheme =
      switch scheme {
      case .marginalist: .marginalist(strength: parameter ?? Palimpsest.bestStrength)
      case .bounded: .bounded(bound: parameter ?? 0.355)
      }
    try options.run(
      RecencyExperiment(
        scheme: scheme, size: size, patterns: patterns ?? size, ages: ages, trials: trials,
        seed: options.common.seed))
  }
}
