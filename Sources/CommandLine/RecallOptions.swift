internal import ArgumentParser
internal import Hopfield

/// The options of `recall` that depend on the model.
struct RecallOptions: ParsableArguments {
  @Option(help: "classical | dense | modern | graded (default: classical for two-valued data).")
  var model: ModelName?

  @Option(help: "classical: the learning rule.")
  var rule: RuleName?

  @Option(help: "classical, dense: how spins move (default: asynchronous).")
  var dynamics: DynamicsName?

  @Option(help: "classical, dense: the order of visits (default: sequential, sites 0 to N-1).")
  var order: OrderName?

  @Option(parsing: .unconditional, help: "Of glauber (needed) and annealed (its start, default 1).")
  var temperature: Double?

  @Option(
    parsing: .unconditional, help: "Sweeps, or parallel steps, at most (default 1000; glauber 100)."
  )
  var maxSweeps: Int?

  func validate() throws {
    if let maxSweeps, maxSweeps < 1 {
      throw ValidationError("--max-sweeps \(maxSweeps) is not at least 1")
    }
    if let temperature, !(temperature > 0 && temperature.isFinite) {
      throw ValidationError("--temperature \(temperature) is not above 0")
    }
    switch dynamics ?? .asynchronous {
    case .asynchronous, .synchronous:
      if temperature != nil {
        throw ValidationError("--temperature goes with --dynamics glauber or annealed")
      }
      if dynamics == .synchronous, order != nil {
        throw ValidationError("--order does not go with --dynamics synchronous")
      }
    case .glauber, .annealed:
      if order == .steepest {
        throw ValidationError("--order steepest goes with --dynamics asynchronous")
      }
      if dynamics == .glauber, temperature == nil {
        throw ValidationError("--dynamics glauber needs --temperature")
      }
    }
  }

  /// Sweeps at most.
  var sweeps: Int { maxSweeps ?? (dynamics == .glauber ? 100 : 1000) }

  /// The dynamics of spins that the options describe.
  var spinDynamics: Dynamics {
    let visits: VisitOrder =
      switch order ?? .sequential {
      case .sequential: .sequential
      case .permuted: .permuted
      case .random: .random
      case .steepest: .steepest
      }
    return switch dynamics ?? .asynchronous {
    case .asynchronous: .asynchronous(order: visits)
    case .synchronous: .synchronous
    case .glauber: .glauber(temperature: temperature!, order: visits)
    case .annealed: .annealed(from: temperature ?? 1, sweeps: sweeps, order: visits)
    }
  }
}

/// The learning rules that `--rule` knows.
enum RuleName: String, CaseIterable, ExpressibleByArgument {
  case hebbian
}
