public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Recall, from states and from cues with unknown and clamped sites: see `SpinMemory` for the verbs.
///
/// Updated one after another, spins reach a fixed point. Updated all at once they may also end in a
/// cycle, of any period: the bound of two is for quadratic energies.
extension DenseAssociativeMemory: SpinMemory {
  public static func cue(knowing state: Pattern) -> Cue { Cue(state) }

  public func start(from cue: Cue, by dynamics: Dynamics, threads: Int) -> SpinRunning<DenseEngine>
  {
    let state = completed(cue, threads: threads)
    return SpinRunning(engine(at: state, frozen: cue.frozenWords, threads: threads), by: dynamics)
  }

  /// What the present state is among the stored patterns.
  public func identity(of running: SpinRunning<DenseEngine>) -> Identity {
    identity(of: running.state, overlaps: running.engine.overlaps)
  }

  /// What `state` is among the stored patterns.
  ///
  ///     print(memory.identity(of: recall.state).kind)      // stored
  ///
  /// - Complexity: O(N P).
  public func identity(of state: Pattern) -> Identity {
    identity(of: state, overlaps: engine(at: state).overlaps)
  }

  private func identity(of state: Pattern, overlaps: [Int32]) -> Identity {
    Identity(overlaps: overlaps, size: size, isStored: patterns.contains) { parts in
      size - patterns.mixture(of: parts.map { ($0.pattern, Int($0.weight)) }).distance(to: state)
    }
  }

  /// The state that a cue starts from: each unknown site at the sign of E(−1) − E(+1), the energies
  /// being those of the known sites and this one alone; at a tie, at the cue's own value.
  ///
  /// With overlaps M_K over the known sites, that is the sign of Σ_μ ξᵢ^μ (F(M_K + 1) − F(M_K − 1)).
  ///
  /// - Complexity: O(N P).
  public func completed(_ cue: Cue) -> Pattern { completed(cue, threads: Parallel.processors) }

  private func completed(_ cue: Cue, threads: Int) -> Pattern {
    precondition(cue.size == size, "a cue of \(cue.size) sites for \(size) neurons")
    guard let known = cue.known, known.upCount < size else { return cue.pattern }
    let patterns = rows(threads: threads)
    // Reversing the unknown sites reverses their share of every overlap: the mean of the two is the
    // share of the known ones.
    let overlaps = zip(
      patterns.overlaps(with: cue.pattern.words, threads: threads),
      patterns.overlaps(with: cue.pattern.gauged(by: known).words, threads: threads)
    ).map { ($0 + $1) / 2 }
    let steps = table.midpoints(known: known.upCount, for: overlaps, in: patterns.tiles)
    var values = DenseValues()
    patterns.prepare(&values, steps, overlaps: overlaps, atMidpoints: true)
    let fields = patterns.fields(
      values, steps, overlaps: overlaps, state: nil, threads: threads)
    return Pattern(size: size) { i in
      known[i] > 0 || fields[i] == 0 ? cue.pattern[i] > 0 : fields[i] > 0
    }
  }
}
