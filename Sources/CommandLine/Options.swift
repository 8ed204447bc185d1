internal import ArgumentParser
internal import Hopfield

/// The networks that `--model` knows.
enum ModelName: String, CaseIterable, ExpressibleByArgument {
  case classical, dense, modern, graded
}

/// How `--dynamics` names what moves the spins.
enum DynamicsName: String, CaseIterable, ExpressibleByArgument {
  case asynchronous, synchronous, glauber, annealed
}

/// How `--order` names the order of visits.
enum OrderName: String, CaseIterable, ExpressibleByArgument {
  case sequential, permuted, random, steepest
}

/// A learning rule by its name: `--rule` knows every rule of the library.
struct RuleOption: ExpressibleByArgument {
  let rule: LearningRule

  init?(argument: String) {
    guard let rule = LearningRule.named(argument) else { return nil }
    self.rule = rule
  }

  static var allValueStrings: [String] { LearningRule.all.map(\.name) }
}

/// How `--interaction` names the energy of an overlap.
enum InteractionName: String, CaseIterable, ExpressibleByArgument {
  case polynomial, rectified, exponential
}

/// How `--separation` names what makes weights of similarities.
enum SeparationName: String, CaseIterable, ExpressibleByArgument {
  case softmax
  case softmaxOne = "softmax-one"
  case sparsemax, entmax, normmax
}

/// What makes grey data spins.
enum Threshold: ExpressibleByArgument, Equatable {
  case value(Double)
  case otsu

  init?(argument: String) {
    if argument == "otsu" {
      self = .otsu
    } else if let value = Double(argument), value.isFinite {
      self = .value(value)
    } else {
      return nil
    }
  }
}

/// The options that every seeded, parallel verb has.
struct RunOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Seed of all random numbers.")
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "Threads to use at most (default: all processors).")
  var threads: Int?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads) is not at least 1")
    }
  }
}
