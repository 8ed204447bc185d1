internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment landscape`.
struct LandscapeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landscape",
    abstract: "The energy on the plane through three patterns, with the paths of recalls.",
    discussion: """
      The table has the patterns, their mixtures and the ends of the recalls; the CSV and --json have all \
      points of the paths and of the surface too.

      EXAMPLES
        hopfield experiment landscape --output landscape.svg
        hopfield experiment landscape --size 500 --load 0.3 --rule projection --output landscape.svg
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 1000

  @Option(parsing: .unconditional, help: "P / N; there are 3 patterns at least.")
  var load = 0.01

  @Option(help: "The learning rule (default: hebbian).")
  var rule: RuleOption?

  @Option(parsing: .unconditional, help: "Points of the surface in each direction.")
  var grid = 81

  @Option(parsing: .unconditional, help: "Recalls, whose starts are spread over the plane.")
  var trials = 40

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size, from: 8)
    try requireLoads([load], "--load", size: size)
    try requireTrials(trials)
    guard (2...2000).contains(grid) else {
      throw ValidationError("--grid \(grid) is not 2 to 2000")
    }
  }

  func run() throws {
    try options.run(
      LandscapeExperiment(
        size: size, load: load, grid: grid, trials: trials, seed: options.common.seed,
        rule: rule?.rule ?? .hebbian))
  }
}
