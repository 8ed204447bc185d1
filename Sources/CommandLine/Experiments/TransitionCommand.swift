internal import ArgumentParser
internal import Hopfield

/// `hopfield experiment transition`.
struct TransitionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transition",
    abstract: "Where retrieval ends at T = 0, size by size, and for N to infinity.",
    discussion: """
      Descent from stored patterns at loads around the transition, or a heat bath of 200 sweeps; a start \
      is lost when its overlap falls below 0.7, or, in a descent of 32 768 neurons and more, below 0.9. The \
      findings are the limit of a joint fit with the shift's exponent 1/2, 2/3, and fitted, each with its \
      statistical error.

      EXAMPLES
        hopfield experiment transition --sizes 1024,4096 --samples 20 --starts 40
        hopfield experiment transition --dynamics parallel --output t0/
      """)

  @Option(parsing: .unconditional, help: "Neurons: A,B,...")
  var sizes = NumberList(argument: "1024,2048,4096,8192")!

  @Option(help: "How the spins move.")
  var dynamics = MotionName(argument: "sequential")!

  @Option(parsing: .unconditional, help: "0 for descent, else the temperature of a heat bath.")
  var temperature = 0.0

  @Option(parsing: .unconditional, help: "Loads a size.")
  var loads = 6

  @Option(parsing: .unconditional, help: "Networks for each load.")
  var samples = 20

  @Option(parsing: .unconditional, help: "Stored patterns of each to start from.")
  var starts = 40

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    for size in sizes.values { try requireSize(Int(size), from: 100, option: "--sizes") }
    guard temperature >= 0, temperature < 1 else {
      throw ValidationError("--temperature \(temperature) is not from 0 to 1")
    }
    guard (2...1000).contains(loads) else {
      throw ValidationError("--loads \(loads) is out of range")
    }
    guard samples >= 1, starts >= 1, samples < 1 << 20, starts < 1 << 20 else {
      throw ValidationError("--samples \(samples) and --starts \(starts) are at least 1")
    }
  }

  func run() throws {
    try options.run(
      TransitionExperiment(
        sizes: sizes.values.map { Int($0) }, motions: [dynamics.motion],
        temperature: temperature, loadsPerSize: loads, samples: samples, starts: starts,
        seed: options.common.seed))
  }
}

/// How `--dynamics` of the transition names how spins move.
struct MotionName: ExpressibleByArgument {
  let motion: TransitionExperiment.Motion
  init?(argument: String) {
    guard let motion = TransitionExperiment.Motion(rawValue: argument) else { return nil }
    self.motion = motion
  }
  var defaultValueDescription: String { motion.rawValue }
  static var allValueStrings: [String] { TransitionExperiment.Motion.allCases.map(\.rawValue) }
}
