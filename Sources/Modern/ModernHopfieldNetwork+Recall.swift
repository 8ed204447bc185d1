public import HopfieldEnergy
internal import HopfieldKernels

/// A recall of real vectors in progress.
public struct ModernRunning: RunningRecall {
  public internal(set) var state: [Double]
  public internal(set) var energy: Double
  /// The weight of each row at `state`.
  var weights: [Double]
  /// The coordinates that never move, and their values.
  let clamped: [Double?]?
  /// No component moves by more than this in a fixed point.
  let tolerance: Double
  let threads: Int
}

/// Recall to the fixed point: the update repeated, in double, with the energy of every state.
extension ModernHopfieldNetwork: AssociativeMemory {
  /// The energy E(ξ): the table at ``Similarity`` has its form.
  ///
  /// 0 for a network without memories.
  ///
  /// - Complexity: O(M d).
  public func energy(of state: [Double]) -> Double {
    check(state)
    let similarities = similarities(with: state, threads: Parallel.processors)
    let potential = weigh(similarities, null: nullSimilarity(of: state)).potential
    return energy(of: state, potential: potential)
  }

  /// A recall about to start from `state`.
  public func start(from state: [Double]) -> ModernRunning {
    start(from: state, clamping: false, tolerance: 1e-6)
  }

  /// A recall about to start from `state`: to be taken step by step with
  /// ``/HopfieldEnergy/Descent``.
  ///
  /// - Parameters:
  ///   - state: where to start.
  ///   - clamping: whether the known coordinates keep the cue's values (`knowing(_:)`).
  ///   - tolerance: the step at which a state counts as fixed; see `recall`.
  public func start(from state: [Double], clamping: Bool, tolerance: Double) -> ModernRunning {
    start(from: state, clamping: clamping, tolerance: tolerance, threads: Parallel.processors)
  }

  private func start(
    from state: [Double], clamping: Bool, tolerance: Double, threads: Int
  ) -> ModernRunning {
    check(state)
    precondition(
      similarity.descends, "no step descends under \(similarity): use retrieve, which is one step")
    precondition(tolerance >= 0, "a tolerance of \(tolerance), not 0 or more")
    precondition(
      !clamping || known != nil, "nothing to clamp: knowing(_:) says which coordinates are known")
    var running = ModernRunning(
      state: state, energy: 0, weights: [],
      clamped: clamping ? state.indices.map { known![$0] ? state[$0] : nil } : nil,
      // Below rounding nothing is told apart.
      tolerance: max(tolerance, 8 * scale * .ulpOfOne), threads: threads)
    running.energy = weigh(&running)
    return running
  }

  /// One application of the update.
  ///
  /// Ends in a fixed point where no component moves by more than the tolerance.
  public func descend(_ running: inout ModernRunning) -> Step {
    var next = step(from: running.state, weights: running.weights, threads: running.threads)
    if let clamped = running.clamped {
      for (k, value) in clamped.enumerated() { if let value { next[k] = value } }
    }
    let limit = running.tolerance
    let changes = zip(next, running.state).count { ($0 - $1).magnitude > limit }
    running.state = next
    let before = running.energy
    let after = weigh(&running)
    // Beside a fixed point the energy falls by less than it can be computed to.
    let rounding = 1e-14 * (before.magnitude + largestSquaredNorm + (beta > 0 ? 10 / beta : 0))
    running.energy = after > before && after - before <= rounding ? before : after
    return Step(
      changes: changes, energyDrop: before - running.energy,
      outcome: changes == 0 ? .fixedPoint : nil)
  }

  /// Sets the weights of the running state and returns its energy.
  private func weigh(_ running: inout ModernRunning) -> Double {
    let similarities = similarities(with: running.state, threads: running.threads)
    let (weights, potential) = weigh(similarities, null: nullSimilarity(of: running.state))
    running.weights = weights
    return energy(of: running.state, potential: potential)
  }

  /// Recalls from a cue to the fixed point.
  ///
  ///     let recall = network.recall(from: cue)
  ///     let lower = images.knowing { $0 < 392 }.recall(from: cue, clamping: true)
  ///
  /// - Parameters:
  ///   - cue: where to start.
  ///   - clamping: whether the known coordinates keep the cue's values; for `knowing(_:)`.
  ///   - maxSteps: applications of the update, the last one, which changes nothing, included.
  ///   - tolerance: a state is fixed when no component moves by more than this, in the units of the
  ///     memories.
  public func recall(
    from cue: [Double], clamping: Bool = false, maxSteps: Int = 1000, tolerance: Double = 1e-6
  ) -> Recall<[Double]> {
    recall(
      from: cue, clamping: clamping, maxSteps: maxSteps, tolerance: tolerance,
      threads: Parallel.processors)
  }

  /// Recalls from a cue of single precision.
  public func recall(
    from cue: some Sequence<Float>, clamping: Bool = false, maxSteps: Int = 1000,
    tolerance: Double = 1e-6
  ) -> Recall<[Double]> {
    recall(
      from: cue.map(Double.init), clamping: clamping, maxSteps: maxSteps, tolerance: tolerance)
  }

  /// Recalls every cue, threads taking cues; the results do not depend on their number.
  ///
  /// - Parameters:
  ///   - cues: where to start.
  ///   - clamping: whether the known coordinates keep the cues' values.
  ///   - maxSteps: applications of the update.
  ///   - tolerance: a state is fixed when no component moves by more than this.
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the number of cues done, from any thread, one call at a time.
  public func recalls(
    from cues: [[Double]], clamping: Bool = false, maxSteps: Int = 1000, tolerance: Double = 1e-6,
    threads: Int? = nil, progress: ((Int) -> Void)? = nil
  ) -> [Recall<[Double]>] {
    let threads = threads ?? Parallel.processors
    let results = Slots<Recall<[Double]>>(count: cues.count, progress: progress)
    Parallel.forEach(cues.count, threads: threads) { c in
      results[c] = recall(
        from: cues[c], clamping: clamping, maxSteps: maxSteps, tolerance: tolerance,
        threads: cues.count == 1 ? threads : 1)
    }
    return results.all
  }

  private func recall(
    from cue: [Double], clamping: Bool, maxSteps: Int, tolerance: Double, threads: Int
  ) -> Recall<[Double]> {
    let running = start(from: cue, clamping: clamping, tolerance: tolerance, threads: threads)
    var descent = Descent(of: self, from: running)
    return descent.finish(maxSteps: maxSteps)
  }

  /// What the running state is among the memories.
  ///
  /// Stored where one memory has more than half the weight, else metastable, with the largest
  /// weights (at most 16). The match is the memory of largest weight, with its cosine similarity;
  /// `isExact` says that no component is off by more than 10⁻⁶.
  public func identity(of running: ModernRunning) -> Identity {
    identity(of: running.state, association: Association(running.weights, slots: slots))
  }

  func identity(of state: [Double], association: Association) -> Identity {
    guard let first = association.largest(1).first else {
      return Identity(kind: .other, match: nil, isExact: false)
    }
    let memory = self[first.pattern]
    let lengths = (dot(memory, memory) * dot(state, state)).squareRoot()
    let cosine = lengths > 0 ? dot(memory, state) / lengths : 0
    let distance = zip(memory, state).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    let isStored = first.weight > 0.5
    return Identity(
      kind: isStored ? .stored : .metastable,
      match: Identity.Part(pattern: first.pattern, weight: cosine),
      isExact: distance <= 1e-6,
      parts: isStored ? [] : association.largest(16))
  }
}
