internal import Hopfield

/// Recall by networks of graded neurons.
extension RecallRequest {
  func answerOfGraded() throws -> RecallResult {
    let options = command.options
    let start = ContinuousClock.now
    let encoding = try SpinEncoding(of: memory, threshold: command.threshold)
    let cues = try damaged(encoding.cues(from: cues, known: known, clamped: command.clamp))
    let storing = ContinuousClock.now
    let tau = options.tau ?? 1
    let network = GradedHopfieldNetwork(
      storing: try encoding.patterns(), tau: tau, gain: .tanh(beta: options.gain ?? 10))
    let recalling = ContinuousClock.now
    let progress = Progress("recall", total: cues.count)
    let recalls = network.recalls(
      from: cues, until: options.time ?? 1000 * tau, threads: command.common.threads,
      progress: progress.show)
    progress.finish()
    let end = ContinuousClock.now
    return RecallResult(
      network: NetworkDescription(
        model: .graded,
        details: [("gain", .double(network.gain.beta)), ("tau", .double(tau))],
        neurons: network.size, patterns: network.patterns?.count ?? 0, engine: "dormand-prince"),
      rows: recalls.map(RecallRow.init),
      states: .vectors(recalls.map { network.outputs(at: $0.state).map(Float.init) }),
      seconds: .init(
        load: (storing - start).seconds, store: (recalling - storing).seconds,
        recall: (end - recalling).seconds))
  }
}
