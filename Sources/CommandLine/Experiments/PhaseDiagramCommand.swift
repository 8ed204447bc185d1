internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment phase-diagram`.
struct PhaseDiagramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phase-diagram",
    abstract: "The overlap kept at each load and temperature, with the lines of the theory.",
    discussion: """
      EXAMPLES
        hopfield experiment phase-diagram --size 1000 --output phases.csv
      """)

  @Option(parsing: .unconditional, help: "Neurons, N.")
  var size = 500

  @Option(parsing: .unconditional, help: "P / N, ascending: A,B,... or FROM:TO:STEP.")
  var loads = NumberList(argument: "0.01:0.17:0.01")!

  @Option(parsing: .unconditional, help: "T, ascending: A,B,... or FROM:TO:STEP.")
  var temperatures = NumberList(argument: "0:1.2:0.1")!

  @Option(parsing: .unconditional, help: "Of the heat bath, the second half of which is averaged.")
  var sweeps = 60

  @Option(parsing: .unconditional, help: "Networks for each point.")
  var trials = 4

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try requireSize(size)
    try requireTrials(trials)
    try requireLoads(loads.values, "--loads", size: size)
    try requireAscending(loads.values, "--loads")
    try requireAscending(temperatures.values, "--temperatures")
    guard temperatures.values.allSatisfy({ $0 >= 0 }) else {
      throw ValidationError("--temperatures: a temperature is not below 0")
    }
    guard sweeps >= 2 else { throw ValidationError("--sweeps \(sweeps) is not at least 2") }
  }

  func run() throws {
    try options.run(
      PhaseDiagramExperiment(
        size: size, loads: loads.values, temperatures: temperatures.values, sweeps: sweeps,
        trials: trials, seed: options.common.seed))
  }
}
