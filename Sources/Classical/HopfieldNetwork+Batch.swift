public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Many cues at once: one asynchronous recall is serial, so threads take cues.
extension HopfieldNetwork {
  /// Recalls every cue; the results do not depend on the number of threads.
  ///
  ///     let recalls = network.recalls(from: cues) { SeededGenerator(seed: 7, stream: $0) }
  ///
  /// - Parameters:
  ///   - maxSteps: sweeps, parallel updates, or N flips in steepest order.
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the number of cues done, from any thread, one call at a time.
  ///   - generator: the random numbers of the cue of this index, for dynamics that draw any.
  /// - Complexity: O(N P) a cue and sweep.
  public func recalls<Generator: RandomNumberGenerator>(
    from cues: [Cue], by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000,
    threads: Int? = nil, progress: ((Int) -> Void)? = nil, generator: (Int) -> Generator
  ) -> [Recall<Pattern>] {
    let threads = threads ?? Parallel.processors
    // A single cue may use threads inside a step; several share them out.
    let inside = cues.count == 1 ? threads : 1
    let results = Slots<Recall<Pattern>>(count: cues.count, progress: progress)
    Parallel.forEach(cues.count, threads: threads) { c in
      var random = generator(c)
      results[c] = recall(
        from: cues[c], by: dynamics, maxSteps: maxSteps, threads: inside, using: &random)
    }
    return results.all
  }
}
