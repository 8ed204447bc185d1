internal import ArgumentParser

/// The root of the command line: `hopfield VERB`.
struct HopfieldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hopfield",
    abstract: "Hopfield networks: store patterns, recall them from damaged or partial cues.",
    discussion: """
      EXAMPLES
        hopfield demo
        hopfield recall digits.npy --cues damaged.npy --output out.png
        hopfield inspect digits.npy
      """,
    version: "0.1.0",
    subcommands: [
      DemoCommand.self, RecallCommand.self, InspectCommand.self, ExperimentCommand.self,
      TheoryCommand.self, ReproduceCommand.self,
    ])
}
