internal import ArgumentParser
internal import Hopfield
internal import HopfieldFormats

/// `hopfield experiment NAME`: measures, with a table and a figure.
struct ExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Measure how much a network remembers, and how.",
    discussion: """
      Every experiment prints a table; --output PATH writes it as CSV and draws it as SVG (a folder, or \
      NAME.csv with NAME.svg beside it). A run that was interrupted goes on from its CSV. The same seed \
      gives the same numbers on any number of threads.

      EXAMPLES
        hopfield experiment capacity --size 1000 --loads 0.02:0.20:0.01 --output capacity.csv
      """,
    subcommands: [
      CapacityCommand.self, BasinCommand.self, SpuriousCommand.self, DynamicsCommand.self,
      TransitionCommand.self, PhaseDiagramCommand.self, RulesCommand.self, DenseCommand.self,
      ModernCommand.self, RecognitionCommand.self, PrototypeCommand.self, RecencyCommand.self,
      LandscapeCommand.self,
    ])
}

/// What all experiments share: how often, where to, and how they are run.
struct ExperimentOptions: ParsableArguments {
  @Option(help: "Write the table and the figure: a folder, NAME.csv or NAME.svg.")
  var output: String?

  @OptionGroup(title: "Run") var common: RunOptions

  /// Runs an experiment: progress, a row after the other into the CSV, then table or JSON, and figure.
  func run<E: Experiment>(_ experiment: E) throws {
    let output = try output.map { try FigureOutput(path: $0, name: E.name) }
    let earlier = output?.earlierRows(of: E.Row.self) ?? []
    let progress = Progress(E.name, total: experiment.conditions * experiment.trials)
    let start = ContinuousClock.now
    let rows = try experiment.measure(
      threads: common.threads, resuming: earlier, progress: { done, _ in progress.show(done) },
      onRows: { try output?.write($0) })
    progress.finish()
    let seconds = (ContinuousClock.now - start).seconds
    try output?.write(rows)
    try output?.write(figure: experiment.figure(of: rows))
    let findings = experiment.findings(from: rows)
    if common.json {
      Console.print(
        JSON.object([
          ("experiment", .string(E.name)), ("rows", .array(rows.map(JSON.init(row:)))),
          ("findings", .object(findings.map { ($0.name, .double($0.value)) })),
          ("seconds", .double(seconds)),
        ]).text)
    } else {
      for line in tableLines(experiment.summary(of: rows)) { Console.print(line) }
      printFindings(findings)
      Console.print("\(seconds.formatted(2)) s")
    }
  }
}

/// Numbers as lists and ranges: `0.1,0.12` and `FROM:TO:STEP` with both ends.
struct NumberList: ExpressibleByArgument {
  let values: [Double]
  /// As it was written: what help says of a default.
  let defaultValueDescription: String

  init?(argument: String) {
    var values: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
      guard ends.allSatisfy({ $0?.isFinite ?? false }) else { return nil }
      switch ends.count {
      case 1: values.append(ends[0]!)
      case 3:
        let (from, to, step) = (ends[0]!, ends[1]!, ends[2]!)
        // Both ends belong to the range, whatever the rounding of the step.
        let steps = (to - from) / step
        guard step != 0, steps >= -1e-9, steps < 1e6 else { return nil }
        // Decimal steps: the nearest number of as many decimals as the range was given in.
        for k in 0...Int(steps + 1e-6) { values.append((from + Double(k) * step).snapped) }
      default: return nil
      }
    }
    self.values = values
    defaultValueDescription = argument
  }
}

extension Double {
  /// The number with at most 12 decimals that is within rounding of this one: 0.02 + 4 x 0.01 is 0.06.
  fileprivate var snapped: Double {
    let rounded = (self * 1e12).rounded() / 1e12
    return abs(rounded - self) <= 1e-12 * abs(self) ? rounded : self
  }
}
