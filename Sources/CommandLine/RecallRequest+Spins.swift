internal import Hopfield

/// Recall by networks of spins.
extension RecallRequest {
  /// The network of 1982, by any learning rule.
  func answerOfClassical() throws -> RecallResult {
    let rule = command.options.rule?.rule ?? .hebbian
    return try answer(
      storing: {
        try HopfieldNetwork(
          learning: $0, from: memory.file, by: rule, threads: command.common.threads)
      },
      describing: {
        NetworkDescription(
          model: .classical, details: [("rule", .string(rule.name))],
          neurons: $0.size, patterns: $0.patterns.count, engine: $0.engineName)
      })
  }

  /// A dense associative memory.
  func answerOfDense() throws -> RecallResult {
    let options = command.options
    let degree = options.degree ?? 4
    let interaction: Interaction =
      switch options.interaction ?? .polynomial {
      case .polynomial: .polynomial(degree: degree)
      case .rectified: .rectified(degree: degree)
      case .exponential: .exponential
      }
    let name = (options.interaction ?? .polynomial).rawValue
    return try answer(
      storing: { DenseAssociativeMemory(storing: $0, interaction: interaction) },
      describing: {
        NetworkDescription(
          model: .dense,
          details: [("interaction", .string(name))]
            + (interaction == .exponential ? [] : [("degree", .int(degree))]),
          neurons: $0.size, patterns: $0.patterns.count, engine: "patterns")
      })
  }

  private func answer<Memory: SpinMemory<Pattern, Cue>>(
    storing: (PatternSet) throws -> Memory, describing: (Memory) -> NetworkDescription
  ) throws -> RecallResult {
    let options = command.options
    let clock = ContinuousClock()
    let loading = clock.now
    let encoding = try SpinEncoding(of: memory, threshold: command.threshold)
    let cues = try damaged(encoding.cues(from: cues, known: known, clamped: command.clamp))
    let stored = clock.now
    let network = try storing(encoding.patterns())
    let recalling = clock.now
    let progress = Progress("recall", total: cues.count)
    let recalls = network.recalls(
      from: cues, by: options.spinDynamics, maxSteps: options.sweeps,
      threads: command.common.threads, progress: progress.show, generator: dynamicsGenerator)
    progress.finish()
    let end = clock.now
    return RecallResult(
      network: describing(network), rows: recalls.map(RecallRow.init),
      states: .spins(recalls.map(\.state)),
      seconds: .init(
        load: (stored - loading).seconds, store: (recalling - stored).seconds,
        recall: (end - recalling).seconds))
  }

  /// The cues with `--noise` on their known sites.
  func damaged(_ cues: [Cue]) -> [Cue] {
    guard let noise = command.noise else { return cues }
    return cues.enumerated().map { c, cue in
      var generator = noiseGenerator(c)
      let pattern = cue.pattern.flipping(fraction: noise, of: cue.knownSites, using: &generator)
      return cue.known.map { Cue(pattern, known: $0, clampingKnown: cue.isClamped) } ?? Cue(pattern)
    }
  }
}

extension HopfieldNetwork {
  /// The network that learns the patterns of `file`, with progress; what can't be learned is bad data.
  init(
    learning patterns: PatternSet, from file: String, by rule: LearningRule, threads: Int?
  ) throws {
    let progress = Progress("learning", total: 1000)
    defer { progress.finish() }
    do {
      try self.init(storing: patterns, by: rule, threads: threads) {
        progress.show(Int(1000 * $0))
      }
    } catch let error as LearningError {
      throw CommandError.data(file, error.description)
    }
  }
}

extension RecallOptions {
  /// Sweeps at most.
  fileprivate var sweeps: Int { maxSweeps ?? (dynamics == .glauber ? 100 : 1000) }

  /// The dynamics of spins that the options describe.
  fileprivate var spinDynamics: Dynamics {
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
