public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// A sequence network in motion: the patterns' bits, P integer overlaps, and the drive of the
/// transitions.
///
/// The overlap that drives slot μ is that of the slot before it, so that the kernels of the symmetric
/// network give the fields of the transitions too. With a delay their sum, N numbers, is averaged
/// over time and acts as a threshold does.
public struct SequenceSpins: MovingSpins {
  let patterns: PatternSet
  private let predecessors: [Int]
  private let strength: Double
  private var drive: Drive?
  private var words: [UInt64]
  /// M^μ of every slot.
  private(set) var overlaps: [Int32]

  init(_ network: SequenceNetwork, state: Pattern, past: Pattern?) {
    patterns = network.patterns
    predecessors = network.predecessors
    strength = network.strength
    words = state.words
    overlaps = Self.overlaps(of: state.words, with: patterns.tiles)
    guard let delay = network.delay else { return }
    drive = Drive(delay, size: network.size, slots: patterns.tiles.slots)
    if let past {
      let before = Self.overlaps(of: past.words, with: patterns.tiles)
      drive!.fill(with: shifted(before), patterns: patterns.tiles)
    }
  }

  public static var longestCycle: Int? { nil }
  public var remembersPast: Bool { drive != nil }
  public var size: Int { patterns.size }
  public var state: Pattern { Pattern(words: words, size: size) }

  public mutating func sweep(noise: [Double]?) -> Int {
    // Without a delay nobody sees what the others become within the step.
    guard drive != nil else { return update(noise: noise) }
    let rule = delayedRule()
    let tables = tables(for: overlaps)
    return patterns.tiles.sweep(
      tables, rule: rule, noise: scaled(noise), state: &words, overlaps: &overlaps)
  }

  public mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    if drive != nil {
      let rule = delayedRule()
      return patterns.tiles.visit(
        sites, rule: rule, noise: scaled(noise), state: &words, overlaps: &overlaps)
    }
    let fields = patterns.tiles.fields(
      tables(for: shifted(overlaps)), threads: Parallel.processors)
    var next = words
    var flips = 0
    for (visit, site) in sites.enumerated() {
      let i = Int(site)
      let field = Double(fields[i]) - (noise?[visit] ?? 0) * Double(size)
      let isUp = next[i / 64] >> (i % 64) & 1 == 1
      guard field != 0, (field > 0) != isUp else { continue }
      next[i / 64] ^= 1 << (i % 64)
      flips += 1
    }
    move(to: next, changed: flips)
    return flips
  }

  public mutating func update(noise: [Double]?) -> Int {
    let rule = drive == nil ? FieldRule(selfTerm: 0) : delayedRule()
    let tables = tables(for: drive == nil ? shifted(overlaps) : overlaps)
    var next = words
    let changed = patterns.tiles.step(
      tables, rule: rule, noise: scaled(noise), state: words, next: &next,
      threads: Parallel.processors)
    move(to: next, changed: changed)
    return changed
  }

  /// Whether no spin would move in the next step.
  public mutating func isStable() -> Bool {
    var next = self
    return next.update(noise: nil) == 0
  }

  // MARK: - Parts

  private static func overlaps(of words: [UInt64], with tiles: PatternTiles) -> [Int32] {
    tiles.overlaps(with: words.span, threads: Parallel.processors)
  }

  /// For every slot the overlap of the one that it follows.
  private func shifted(_ overlaps: [Int32]) -> [Int32] {
    predecessors.map { $0 < 0 ? 0 : overlaps[$0] }
  }

  private func tables(for overlaps: [Int32]) -> FieldTables {
    let tables = FieldTables(for: patterns.tiles)
    tables.prepare(patterns.tiles, overlaps: overlaps)
    return tables
  }

  /// The rule of a step with the drive as it is at its beginning.
  private mutating func delayedRule() -> FieldRule {
    let fields = drive!.advance(by: shifted(overlaps), patterns: patterns.tiles)
    return FieldRule(
      selfTerm: patterns.count, scaledThresholds: fields.map { -strength * $0 })
  }

  private mutating func move(to next: [UInt64], changed: Int) {
    guard changed > 0 else { return }
    if HebbianEngine.isCheaperToRecount(changed, size: size) {
      overlaps = Self.overlaps(of: next, with: patterns.tiles)
    } else {
      let before = words
      patterns.tiles.move(
        &overlaps, from: before.span, to: next.span, threads: Parallel.processors)
    }
    words = next
  }

  private func scaled(_ noise: [Double]?) -> [Double]? { noise?.map { $0 * Double(size) } }
}

extension SequenceSpins: OverlappingSpins {}

/// N times the field of the transitions, averaged over the past.
private struct Drive {
  private let delay: SequenceNetwork.Delay
  /// The average; for a step the sum of its τ fields, a whole number.
  private var fields: [Double]
  /// Of a step, the shifted overlaps that it still sees, in a ring; `next` is the oldest.
  private var seen: [[Int32]] = []
  private var next = 0

  init(_ delay: SequenceNetwork.Delay, size: Int, slots: Int) {
    self.delay = delay
    fields = [Double](repeating: 0, count: size)
    if case .step(let time) = delay {
      // Silence is no overlap with anything.
      seen = [[Int32]](repeating: [Int32](repeating: 0, count: slots), count: time)
    }
  }

  /// Makes the past one long stay.
  mutating func fill(with overlaps: [Int32], patterns: PatternTiles) {
    let field = Self.fields(of: overlaps, patterns)
    switch delay {
    case .exponential: fields = field.map(Double.init)
    case .step(let time):
      fields = field.map { Double($0) * Double(time) }
      seen = seen.map { _ in overlaps }
    }
  }

  /// Takes in the present and returns the average.
  mutating func advance(by overlaps: [Int32], patterns: PatternTiles) -> [Double] {
    switch delay {
    case .exponential(let time):
      let field = Self.fields(of: overlaps, patterns)
      for i in fields.indices { fields[i] += (Double(field[i]) - fields[i]) / time }
      return fields
    case .step(let time):
      let change = zip(overlaps, seen[next]).map { $0 - $1 }
      seen[next] = overlaps
      next = (next + 1) % time
      let field = Self.fields(of: change, patterns)
      for i in fields.indices { fields[i] += Double(field[i]) }
      return fields.map { $0 / Double(time) }
    }
  }

  private static func fields(of overlaps: [Int32], _ patterns: PatternTiles) -> [Int64] {
    let tables = FieldTables(for: patterns)
    tables.prepare(patterns, overlaps: overlaps)
    return patterns.fields(tables, threads: Parallel.processors)
  }
}
