public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Recall, from states and from cues with unknown and clamped sites: see `SpinMemory` for the verbs.
extension HopfieldNetwork: SpinMemory {
  public static func cue(knowing state: Pattern) -> Cue { Cue(state) }

  public func start(
    from cue: Cue, by dynamics: Dynamics, threads: Int
  ) -> SpinRunning<HebbianEngine> {
    let state = completed(cue, threads: threads)
    return SpinRunning(
      engine(at: state, frozen: cue.frozenWords, threads: threads), by: dynamics)
  }

  public func identity(of running: SpinRunning<HebbianEngine>) -> Identity {
    identity(of: running.state, overlaps: running.engine.overlaps)
  }

  /// The state that a cue starts from: unknown sites at the sign of the field that the known ones
  /// alone exert; where that is zero, at the cue's own value.
  ///
  /// - Complexity: O(N P).
  public func completed(_ cue: Cue) -> Pattern { completed(cue, threads: Parallel.processors) }

  private func completed(_ cue: Cue, threads: Int) -> Pattern {
    precondition(cue.size == size, "a cue of \(cue.size) sites for \(size) neurons")
    guard let known = cue.known, known.upCount < size else { return cue.pattern }
    let tiles = patterns.tiles
    // Reversing the unknown sites reverses their share of every overlap: the mean of the two is the
    // share of the known ones.
    let given = cue.pattern.words
    let reversed = cue.pattern.gauged(by: known).words
    let overlaps = zip(
      tiles.overlaps(with: given.span, threads: threads),
      tiles.overlaps(with: reversed.span, threads: threads)
    ).map { ($0 + $1) / 2 }
    let tables = FieldTables(for: tiles)
    tables.prepare(tiles, overlaps: overlaps)
    var rule = rule(frozen: known.words)
    rule.selfTerm = 0
    var next = given
    _ = tiles.step(tables, rule: rule, noise: nil, state: given, next: &next, threads: threads)
    return Pattern(words: next, size: size)
  }
}
