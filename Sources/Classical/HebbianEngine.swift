internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns

/// Hebb's network in motion, without couplings: the patterns' bits and P integer overlaps.
///
/// With M^mu = sum_i xi_i^mu s_i, fields and energy are integers over N (facts of Hopfield's 1982
/// energy under w = (1/N) sum xi xi^T):
///
///     N h_i = sum_mu xi_i^mu M^mu - P s_i - N theta_i
///     N E   = -1/2 (sum_mu (M^mu)^2 - P N) + sum_i N theta_i s_i
///
/// with the terms in P dropped where the self-coupling is kept. Nothing drifts: overlaps are kept
/// up to date in integers, and only real thresholds bring rounding.
struct HebbianEngine: FieldEngine {
  private let patterns: PatternTiles
  private let rule: FieldRule
  private let threads: Int
  private var words: [UInt64]
  private var counts: [Int32]
  private var tables: FieldTables
  private var tablesAreCurrent = false
  /// The patterns' rows, from the first sweep out of order on: N P bits more.
  private var rows: DensePatterns?
  /// N h_i less the thresholds' part, kept only by steepest descent.
  private var fields: [Int64]?

  init(_ patterns: PatternTiles, rule: FieldRule, state: Pattern, threads: Int) {
    self.patterns = patterns
    self.rule = rule
    self.threads = threads
    words = state.words
    counts = patterns.overlaps(with: state.words.span, threads: threads)
    tables = FieldTables(for: patterns)
  }

  var size: Int { patterns.neurons }
  var overlaps: [Int32]? { counts }
  static var longestCycle: Int? { 2 }
  var state: Pattern { Pattern(words: words, size: size) }

  var energy: Double {
    var squares = 0
    for overlap in counts { squares += Int(overlap) * Int(overlap) }
    return Self.energy(squares: squares, rule: rule, words: words, size: size)
  }

  /// The energy of a state from the sum of its overlaps' squares; thresholds need its words.
  static func energy(
    squares: Int, rule: FieldRule, words: @autoclosure () -> [UInt64], size: Int
  ) -> Double {
    // An integer without self-coupling, else perhaps a half: exact in either case.
    let couplings = Double(rule.selfTerm * size - squares) / 2
    guard let thresholds = rule.scaledThresholds else { return couplings / Double(size) }
    let words = words()
    var field = 0.0
    for (i, threshold) in thresholds.enumerated() { field += threshold * spin(i, words) }
    return (couplings + field) / Double(size)
  }

  mutating func sweep(noise: [Double]?) -> Int {
    prepareTables()
    fields = nil
    return patterns.sweep(
      tables, rule: visitRule(noise), noise: scaled(noise), state: &words, overlaps: &counts)
  }

  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    tablesAreCurrent = false
    fields = nil
    // Making the rows costs a sweep or two, and each visit then half, or much less from memory.
    if rows == nil, sites.count >= size { rows = DensePatterns(patterns, threads: threads) }
    if let rows {
      return rows.visit(
        sites, rule: visitRule(noise), noise: scaled(noise), state: &words, overlaps: &counts)
    }
    return patterns.visit(
      sites, rule: visitRule(noise), noise: scaled(noise), state: &words, overlaps: &counts)
  }

  /// The rule of single visits: a heat bath leaves out what a neuron does to itself, or it would not
  /// have exp(-E / T) for its law.
  private func visitRule(_ noise: [Double]?) -> FieldRule {
    var visits = rule
    if noise != nil { visits.selfTerm = patterns.count }
    return visits
  }

  mutating func update(noise: [Double]?) -> Int {
    prepareTables()
    fields = nil
    var next = words
    let changed = patterns.step(
      tables, rule: rule, noise: scaled(noise), state: words, next: &next, threads: threads)
    if changed > 0 {
      move(to: next, changed: changed)
      tablesAreCurrent = false
    }
    return changed
  }

  /// Whether counting all overlaps anew costs less than following this many changes: a pass over a
  /// neuron's row costs about 16 times its share of a pass over everything.
  static func isCheaperToRecount(_ changed: Int, size: Int) -> Bool { changed > size / 16 }

  /// Few changes are cheaper to follow; for many, all overlaps are counted anew.
  private mutating func move(to next: [UInt64], changed: Int) {
    if !Self.isCheaperToRecount(changed, size: size) {
      let before = words
      patterns.move(&counts, from: before.span, to: next.span, threads: threads)
    } else {
      counts = patterns.overlaps(with: next.span, threads: threads)
    }
    words = next
  }

  mutating func flipSteepest() -> Int {
    var current = fields ?? allFields()
    // A flip against the field lowers the energy by 2 |h_i| + 2 w_ii, with the same w_ii everywhere.
    var best: (site: Int, drop: Double)?
    for i in 0..<size where !isFrozen(i) {
      let drop = -local(current[i], i) * spin(i)
      if drop > 0, drop > best?.drop ?? 0 { best = (i, drop) }
    }
    guard let site = best?.site else { return 0 }
    let new = -Int(spin(site))
    words[site / 64] ^= 1 << (site % 64)
    patterns.flip(&counts, neuron: site, to: new)
    let gram = patterns.gram(of: site, threads: threads)
    for i in 0..<size { current[i] += 2 * Int64(new) * Int64(gram[i]) }
    fields = current
    tablesAreCurrent = false
    return 1
  }

  mutating func isStable() -> Bool {
    let current = allFields()
    return (0..<size).allSatisfy { isFrozen($0) || local(current[$0], $0) * spin($0) >= 0 }
  }

  /// The local fields h_i = sum_j w_ij s_j - theta_i.
  mutating func localFields() -> [Double] {
    let current = allFields()
    return (0..<size).map { local(current[$0], $0) / Double(size) }
  }

  // MARK: - Parts

  private mutating func allFields() -> [Int64] {
    prepareTables()
    return patterns.fields(tables, threads: threads)
  }

  /// N h_i from sum_mu xi_i^mu M^mu.
  private func local(_ field: Int64, _ i: Int) -> Double {
    Double(field) - Double(rule.selfTerm) * spin(i) - (rule.scaledThresholds?[i] ?? 0)
  }

  private mutating func prepareTables() {
    if !isKnownUniquelyReferenced(&tables) {
      tables = FieldTables(for: patterns)
      tablesAreCurrent = false
    }
    guard !tablesAreCurrent else { return }
    tables.prepare(patterns, overlaps: counts)
    tablesAreCurrent = true
  }

  private func spin(_ i: Int) -> Double { Self.spin(i, words) }

  private static func spin(_ i: Int, _ words: [UInt64]) -> Double {
    words[i / 64] >> (i % 64) & 1 == 1 ? 1 : -1
  }

  private func isFrozen(_ i: Int) -> Bool {
    rule.frozen.map { $0[i / 64] >> (i % 64) & 1 == 1 } ?? false
  }

  private func scaled(_ noise: [Double]?) -> [Double]? { noise?.map { $0 * Double(size) } }
}
