internal import Hopfield

/// Recall by networks of spins.
extension RecallRequest {
  func answerOfSpins() throws -> RecallResult {
    let options = command.options
    let clock = ContinuousClock()
    let loading = clock.now
    let encoding = try SpinEncoding(of: memory, threshold: command.threshold)
    let cues = try damaged(encoding.cues(from: cues, known: known, clamped: command.clamp))
    let storing = clock.now
    let network = HopfieldNetwork(storing: try encoding.patterns())
    let recalling = clock.now
    let progress = Progress("recall", total: cues.count)
    let recalls = network.recalls(
      from: cues, by: options.spinDynamics, maxSteps: options.sweeps,
      threads: command.common.threads,
      progress: progress.show, generator: dynamicsGenerator)
    progress.finish()
    let end = clock.now
    return RecallResult(
      network: NetworkDescription(network, rule: options.rule ?? .hebbian),
      rows: recalls.map(RecallRow.init),
      states: .spins(recalls.map(\.state)),
      seconds: .init(
        load: (storing - loading).seconds, store: (recalling - storing).seconds,
        recall: (end - recalling).seconds))
  }

  /// The cues with `--noise` on their known sites.
  private func damaged(_ cues: [Cue]) -> [Cue] {
    guard let noise = command.noise else { return cues }
    return cues.enumerated().map { c, cue in
      var generator = noiseGenerator(c)
      let pattern = cue.pattern.flipping(fraction: noise, of: cue.knownSites, using: &generator)
      return cue.known.map { Cue(pattern, known: $0, clampingKnown: cue.isClamped) } ?? Cue(pattern)
    }
  }
}

extension NetworkDescription {
  init(_ network: HopfieldNetwork, rule: RuleName) {
    self.init(
      model: .classical, details: [("rule", .string(rule.rawValue))], neurons: network.size,
      patterns: network.patterns.count, engine: network.engineName)
  }
}
