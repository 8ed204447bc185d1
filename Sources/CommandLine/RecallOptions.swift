internal import ArgumentParser

/// The options of `recall` that depend on the model.
struct RecallOptions: ParsableArguments {
  @Option(help: "classical | dense | modern | graded (default: classical for two-valued data).")
  var model: ModelName?

  @Option(help: "classical: the learning rule (default: hebbian).")
  var rule: RuleOption?

  @Option(help: "classical, dense: how spins move (default: asynchronous).")
  var dynamics: DynamicsName?

  @Option(help: "classical, dense: the order of visits (default: sequential, sites 0 to N-1).")
  var order: OrderName?

  @Option(
    parsing: .unconditional,
    help: "classical, dense: of glauber (needed) and of annealed (its start, default 1).")
  var temperature: Double?

  @Option(
    parsing: .unconditional,
    help: "classical, dense: sweeps, or parallel steps, at most (default 1000; glauber 100).")
  var maxSweeps: Int?

  @Option(help: "dense: the energy of an overlap (default: polynomial).")
  var interaction: InteractionName?

  @Option(parsing: .unconditional, help: "dense: the degree n of the energy (default: 4).")
  var degree: Int?

  @Option(
    parsing: .unconditional,
    help: "modern: the inverse temperature (default: from the separations of the memories).")
  var beta: Double?

  @Option(help: "modern: how similarities become weights (default: softmax).")
  var separation: SeparationName?

  @Option(
    parsing: .unconditional,
    help: "modern: the exponent of entmax (default 1.5) or normmax (default 2).")
  var alpha: Double?

  @Option(parsing: .unconditional, help: "modern: steps at most (default: 1000).")
  var maxSteps: Int?

  @Option(
    parsing: .unconditional,
    help: "modern: at rest when no component moves by more than this (default: 1e-6).")
  var tolerance: Double?

  @Option(parsing: .unconditional, help: "graded: the gain of a neuron (default: 10).")
  var gain: Double?

  @Option(parsing: .unconditional, help: "graded: the time constant of a neuron (default: 1).")
  var tau: Double?

  @Option(parsing: .unconditional, help: "graded: how long to run at most (default: 1000 tau).")
  var time: Double?

  func validate() throws {
    try Self.check("--max-sweeps", maxSweeps) { $0 >= 1 }
    try Self.check("--max-steps", maxSteps) { $0 >= 1 }
    try Self.check("--temperature", temperature) { $0 > 0 && $0.isFinite }
    try Self.check("--degree", degree) { $0 >= 2 && $0 <= 100 }
    try Self.check("--beta", beta) { $0 >= 0 && $0.isFinite }
    try Self.check("--tolerance", tolerance) { $0 >= 0 && $0.isFinite }
    try Self.check("--gain", gain) { $0 > 0 && $0.isFinite }
    try Self.check("--tau", tau) { $0 > 0 && $0.isFinite }
    try Self.check("--time", time) { $0 > 0 && $0.isFinite }
    try Self.check("--alpha", alpha) { $0 >= 1 && $0.isFinite }
    try validateDynamics()
    if interaction == .exponential, degree != nil {
      throw ValidationError("--degree does not go with --interaction exponential")
    }
    switch separation ?? .softmax {
    case .entmax: break
    case .normmax: try Self.check("--alpha of normmax", alpha) { $0 > 1 }
    case .softmax, .softmaxOne, .sparsemax:
      if alpha != nil { throw ValidationError("--alpha goes with --separation entmax or normmax") }
    }
  }

  private func validateDynamics() throws {
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

  private static func check<Value>(
    _ name: String, _ value: Value?, _ isInRange: (Value) -> Bool
  ) throws {
    if let value, !isInRange(value) { throw ValidationError("\(name) \(value) is out of range") }
  }

  /// Throws if an option was given that `model` does not know.
  func requireOptions(of model: ModelName) throws {
    let spins: Set<ModelName> = [.classical, .dense]
    let given: [(String, Bool, Set<ModelName>)] = [
      ("--rule", rule != nil, [.classical]),
      ("--dynamics", dynamics != nil, spins),
      ("--order", order != nil, spins),
      ("--temperature", temperature != nil, spins),
      ("--max-sweeps", maxSweeps != nil, spins),
      ("--interaction", interaction != nil, [.dense]),
      ("--degree", degree != nil, [.dense]),
      ("--beta", beta != nil, [.modern]),
      ("--separation", separation != nil, [.modern]),
      ("--alpha", alpha != nil, [.modern]),
      ("--max-steps", maxSteps != nil, [.modern]),
      ("--tolerance", tolerance != nil, [.modern]),
      ("--gain", gain != nil, [.graded]),
      ("--tau", tau != nil, [.graded]),
      ("--time", time != nil, [.graded]),
    ]
    for (name, isGiven, models) in given where isGiven && !models.contains(model) {
      throw CommandError.usage("\(name) does not go with --model \(model.rawValue)")
    }
  }
}
