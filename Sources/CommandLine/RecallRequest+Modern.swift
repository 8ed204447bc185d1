internal import Hopfield
internal import HopfieldFormats

/// Recall by modern Hopfield networks, on numbers as they are in the files.
extension RecallRequest {
  func answerOfModern() throws -> RecallResult {
    let options = command.options
    let dataset = try numbers()
    let start = ContinuousClock.now
    let queries = try damagedQueries(of: dataset)
    let masks = try masksOfNumbers()
    let storing = ContinuousClock.now
    let whole = network(storing: dataset)
    // One mask serves all cues; several make a network each, over the same memories.
    let networks = masks.isEmpty ? [whole] : masks.map { whole.knowing($0) }
    let recalling = ContinuousClock.now
    let progress = Progress("recall", total: queries.count)
    let recalls = recall(queries, with: networks, progress: progress)
    progress.finish()
    let end = ContinuousClock.now
    return RecallResult(
      network: NetworkDescription(
        model: .modern,
        details: [
          ("separation", .string((options.separation ?? .softmax).rawValue)),
          ("beta", .double(networks[0].beta)),
        ], neurons: whole.dimension, patterns: whole.count, engine: "fused"),
      rows: recalls.map(RecallRow.init),
      states: .vectors(recalls.map { $0.state.map(Float.init) }),
      seconds: .init(
        load: (storing - start).seconds, store: (recalling - storing).seconds,
        recall: (end - recalling).seconds))
  }

  /// Numbers of double precision stay so; any others are exact, or as good as they were, in float.
  private func network(storing dataset: Dataset) -> ModernHopfieldNetwork {
    let (beta, separation) = (command.options.beta, command.options.separationFunction)
    guard dataset.values.type == .float64 else {
      return ModernHopfieldNetwork(
        storing: dataset.values.floats(), dimension: dataset.size, beta: beta,
        separation: separation)
    }
    let all = dataset.values.doubles()
    let rows = (0..<dataset.count).map { Array(all[$0 * dataset.size..<($0 + 1) * dataset.size]) }
    return ModernHopfieldNetwork(storing: rows, beta: beta, separation: separation)
  }

  private func recall(
    _ queries: [[Double]], with networks: [ModernHopfieldNetwork], progress: Progress
  ) -> [Recall<[Double]>] {
    let options = command.options
    func some(_ queries: [[Double]], _ network: ModernHopfieldNetwork, before: Int)
      -> [Recall<[Double]>]
    {
      network.recalls(
        from: queries, clamping: command.clamp, maxSteps: options.maxSteps ?? 1000,
        tolerance: options.tolerance ?? 1e-6, threads: command.common.threads,
        progress: { progress.show(before + $0) })
    }
    guard networks.count > 1 else { return some(queries, networks[0], before: 0) }
    return queries.indices.flatMap { some([queries[$0]], networks[$0], before: $0) }
  }

  /// The memory as numbers.
  private func numbers() throws -> Dataset {
    if command.threshold != nil {
      throw CommandError.usage(
        "--threshold does not go with --model modern: it takes numbers as they are")
    }
    guard case .array(let dataset) = memory else {
      throw CommandError.usage("--packed does not go with --model modern")
    }
    return dataset
  }

  /// The cues, with `--noise` exchanging the two values of two-valued data.
  private func damagedQueries(of memory: Dataset) throws -> [[Double]] {
    try cues.requireSize(memory.size, of: memory.file)
    let all = cues.values.doubles()
    let rows = (0..<cues.count).map { Array(all[$0 * cues.size..<($0 + 1) * cues.size]) }
    guard let noise = command.noise else { return rows }
    guard let values = cues.values.distinctValues(limit: 2), values.count == 2 else {
      throw CommandError.usage("--noise flips two-valued data, and \(cues.file) is grey")
    }
    return rows.enumerated().map { c, row in
      var generator = noiseGenerator(c)
      let sites = known.map { $0[$0.count == 1 ? 0 : c] }.map { Cue($0, known: $0).knownSites }
      let flipped = Pattern(repeating: -1, size: row.count).flipping(
        fraction: noise, of: sites ?? Array(0..<row.count), using: &generator)
      return row.enumerated().map { i, value in
        flipped[i] > 0 ? values[0] + values[1] - value : value
      }
    }
  }

  /// Which coordinates are known: none if all are, one mask for all cues, or one a cue.
  private func masksOfNumbers() throws -> [[Bool]] {
    guard let known else { return [] }
    return known.map { mask in mask.spins.map { $0 > 0 } }
  }
}

extension RecallOptions {
  /// The separation that the options describe.
  fileprivate var separationFunction: Separation {
    switch separation ?? .softmax {
    case .softmax: .softmax
    case .softmaxOne: .softmaxOne
    case .sparsemax: .sparsemax
    case .entmax: .entmax(alpha: alpha ?? 1.5)
    case .normmax: .normmax(gamma: alpha ?? 2)
    }
  }
}
