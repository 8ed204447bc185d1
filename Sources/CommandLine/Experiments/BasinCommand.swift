internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment basin`.
struct BasinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "basin",
    abstract: "How damaged may a cue be: the final overlap against the initial one.",
    discussion: """
      EXAMPLES
        hopfield experiment basin --size 1000 --load 0.08 --overlaps 0.05:1:0.05
        hopfield experiment basin --size 500 --load 0.5 --rule projection --output basin.csv
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 1000

  @Option(parsing: .unconditional, help: "P / N.")
  var load = 0.08

  @Option(parsing: .unconditional, help: "Initial overlaps: A,B,... or FROM:TO:STEP.")
  var overlaps = NumberList(argument: "0.05:1:0.05")!

  @Option(parsing: .unconditional, help: "Networks for each initial overlap, with one start.")
  var trials = 50

  @OptionGroup var memory: StudiedMemoryOptions

  @Option(parsing: .unconditional, help: "The final overlap that counts as retrieved.")
  var criterion = 0.9

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size)
    try requireTrials(trials)
    try requireLoads([load], "--load", size: size)
    try requireOverlaps(overlaps.values)
    try requireCriterion(criterion)
  }

  func run() throws {
    try options.run(
      BasinExperiment(
        size: size, load: load, overlaps: overlaps.values, trials: trials,
        seed: options.common.seed, memory: memory.memory, criterion: criterion))
  }
}
