public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Recall, from states and from cues with unknown and clamped sites: see `SpinMemory` for the verbs.
extension HopfieldNetwork: SpinMemory {
  public static func cue(knowing state: Pattern) -> Cue { Cue(state) }

  public func start(
    from cue: Cue, by dynamics: Dynamics, threads: Int
  ) -> SpinRunning<ClassicalEngine> {
    let state = completed(cue, threads: threads)
    return SpinRunning(
      engine(at: state, frozen: cue.frozenWords, threads: threads), by: dynamics)
  }

  public func identity(of running: SpinRunning<ClassicalEngine>) -> Identity {
    let state = running.state
    return running.engine.overlaps.map { identity(of: state, overlaps: $0) } ?? identity(of: state)
  }

  /// The state that a cue starts from: unknown sites at the sign of the field that the known ones
  /// alone exert; where that is zero, at the cue's own value.
  ///
  /// - Complexity: O(N P).
  public func completed(_ cue: Cue) -> Pattern { completed(cue, threads: Parallel.processors) }

  private func completed(_ cue: Cue, threads: Int) -> Pattern {
    precondition(cue.size == size, "a cue of \(cue.size) sites for \(size) neurons")
    guard let known = cue.known, known.upCount < size else { return cue.pattern }
    guard case .hebbian = form else {
      return completed(cue, known: known, fields: fieldsOfKnown(cue, known))
    }
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
    var rule = fieldRule(frozen: known.words)
    rule.selfTerm = 0
    var next = given
    _ = tiles.step(tables, rule: rule, noise: nil, state: given, next: &next, threads: threads)
    return Pattern(words: next, size: size)
  }

  /// The fields of the known sites alone, less the thresholds, from couplings of any form: half the
  /// sum of the fields with the unknown sites as given and reversed, but for what an unknown site
  /// does to itself.
  private func fieldsOfKnown(_ cue: Cue, _ known: Pattern) -> [Double] {
    let given = localFields(at: cue.pattern)
    let reversed = localFields(at: cue.pattern.gauged(by: known))
    // A site's own coupling cancels between the two.
    return zip(given, reversed).map { ($0 + $1) / 2 }
  }

  private func completed(_ cue: Cue, known: Pattern, fields: [Double]) -> Pattern {
    let rounding = fields.reduce(0) { max($0, abs($1)) } * 0x1p-24
    return Pattern(size: size) { i in
      if known[i] > 0 || abs(fields[i]) <= rounding { return cue.pattern[i] > 0 }
      return fields[i] > 0
    }
  }
}
