internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment dense`.
struct DenseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dense",
    abstract: "How many patterns dense memories hold, by the degree of their energy.",
    discussion: """
      EXAMPLES
        hopfield experiment dense --size 100 --degrees 2,3,4 --output dense.csv
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 100

  @Option(parsing: .unconditional, help: "Degrees n: A,B,...")
  var degrees = NumberList(argument: "2,3")!

  @Option(
    parsing: .unconditional, help: "Patterns in units of the number at half a per cent of errors.")
  var relativeLoads = NumberList(argument: "0.25:2:0.25")!

  @Option(parsing: .unconditional, help: "Networks for each.")
  var trials = 10

  @Option(parsing: .unconditional, help: "Patterns of each network that are tested.")
  var probes = 20

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size, from: 2)
    try requireTrials(trials)
    try requireCount(probes, "--probes")
    for degree in degrees.values {
      guard (2...30).contains(degree) else {
        throw ValidationError("--degrees: \(degree) is not 2 to 30")
      }
      let most = relativeLoads.values.max() ?? 0
      guard relativeLoads.values.allSatisfy({ $0 > 0 }),
        most * DenseCapacity.loadFactor(degree: Int(degree), errorRate: 0.005)
          * (1..<Int(degree)).reduce(1.0, { power, _ in power * Double(size) }) < 1e9
      else { throw ValidationError("--relative-loads: above 0, and below 10^9 patterns") }
    }
  }

  func run() throws {
    try options.run(
      DenseExperiment(
        size: size, degrees: degrees.values.map { Int($0) }, relativeLoads: relativeLoads.values,
        trials: trials, probes: probes, seed: options.common.seed))
  }
}
