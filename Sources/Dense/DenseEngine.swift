public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// A dense memory in motion: P integer overlaps, and what each contributes to every field.
///
/// A visit is one masked sum over the patterns; only a flip moves overlaps and contributions.
public struct DenseEngine: SpinEngine {
  private let patterns: DensePatterns
  private let table: InteractionTable
  private let frozen: [UInt64]?
  private let threads: Int
  private var words: [UInt64]
  private(set) var overlaps: [Int32]
  /// Of the present overlaps, unless they are left behind.
  private var values = DenseValues()
  private var areValuesCurrent = false
  private var steps: StepTable
  /// What a step of the table is in units of the energy.
  private var unit: Double
  public private(set) var energy: Double

  init(
    _ patterns: DensePatterns, table: InteractionTable, state: Pattern, frozen: [UInt64]?,
    threads: Int
  ) {
    self.patterns = patterns
    self.table = table
    self.frozen = frozen
    self.threads = threads
    words = state.words
    overlaps = patterns.overlaps(with: state.words, threads: threads)
    (steps, unit) = table.steps(for: overlaps, in: patterns.tiles)
    energy = 0
    measure()
  }

  public var size: Int { patterns.tiles.neurons }
  public static var longestCycle: Int? { nil }
  public var state: Pattern { Pattern(words: words, size: size) }

  public mutating func sweep(noise: [Double]?) -> Int { visit(order: nil, noise: noise) }

  public mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    visit(order: sites, noise: noise)
  }

  public mutating func update(noise: [Double]?) -> Int {
    let fields = fields()
    var next = words
    var changed = 0
    for i in 0..<size where !isFrozen(i) {
      let local = noise == nil || !steps.isLogarithmic ? fields[i] : local(fields[i], i)
      let threshold = noise.map { $0[i] * noiseScale } ?? 0
      guard local != threshold, (local > threshold) != (spin(i) > 0) else { continue }
      next[i / 64] ^= 1 << (i % 64)
      changed += 1
    }
    guard changed > 0 else { return 0 }
    // Few changes are cheaper to follow; for many, all overlaps are counted anew.
    if changed < size / 64 {
      let before = words
      patterns.tiles.move(
        &overlaps, from: before.span, to: next.span, threads: threads)
    } else {
      overlaps = patterns.overlaps(with: next, threads: threads)
    }
    words = next
    follow()
    return changed
  }

  public mutating func flipSteepest() -> Int {
    let fields = fields()
    // A flip changes the energy by 2 h s.
    var best: (site: Int, drop: Double)?
    for i in 0..<size where !isFrozen(i) {
      let drop = -fields[i] * spin(i)
      if drop > best?.drop ?? 0 { best = (i, drop) }
    }
    guard let site = best?.site else { return 0 }
    words[site / 64] ^= 1 << (site % 64)
    patterns.tiles.flip(&overlaps, neuron: site, to: Int(spin(site)))
    follow()
    return 1
  }

  public mutating func isStable() -> Bool {
    let fields = fields()
    return (0..<size).allSatisfy { isFrozen($0) || fields[$0] * spin($0) >= 0 }
  }

  /// h in units of the energy.
  mutating func localFields() -> [Double] {
    let fields = fields()
    return fields.indices.map { local(fields[$0], $0) }
  }

  // MARK: - Parts

  private mutating func visit(order: [UInt32]?, noise: [Double]?) -> Int {
    let visits = order?.count ?? size
    var moving = DenseVisits(state: words, overlaps: overlaps)
    // The engine lets go of its arrays, so that they are changed in place.
    words = []
    overlaps = []
    var next = 0
    while next < visits {
      if order == nil,
        let reached = patterns.sweep(
          &moving, steps, from: next, noise: noise, noiseScale: noiseScale, frozen: frozen)
      {
        next = reached
        areValuesCurrent = false
        continue
      }
      prepare(for: moving.overlaps)
      let before = moving.flips
      next = patterns.visit(
        &moving, &values, steps, order: order, from: next, limit: table.flipsServed, noise: noise,
        noiseScale: noiseScale, frozen: frozen)
      if moving.flips > before, table.flipsServed < .max { retabulate(for: moving.overlaps) }
    }
    words = moving.state
    overlaps = moving.overlaps
    if moving.flips > 0 { measure() }
    return moving.flips
  }

  /// After other overlaps.
  private mutating func follow() {
    retabulate(for: overlaps)
    measure()
  }

  private mutating func retabulate(for overlaps: [Int32]) {
    (steps, unit) = table.steps(for: overlaps, in: patterns.tiles)
    areValuesCurrent = false
  }

  private mutating func prepare(for overlaps: [Int32]) {
    guard !areValuesCurrent else { return }
    patterns.prepare(&values, steps, overlaps: overlaps)
    areValuesCurrent = true
  }

  private mutating func measure() {
    energy = table.energy(of: overlaps, in: patterns)
  }

  /// 4 h in units of the steps.
  private mutating func fields() -> [Double] {
    prepare(for: overlaps)
    return patterns.fields(values, steps, overlaps: overlaps, state: words, threads: threads)
  }

  /// h from 4 h in units of the steps.
  private func local(_ field: Double, _ i: Int) -> Double {
    guard steps.isLogarithmic else { return field / 4 * unit }
    // 2 h = ln Z+ / Z-: a flip takes s h 2 from Z = sum exp M.
    let now = values.partition(curvature: InteractionTable.curvature)
    return now == 0 ? 0 : spin(i) / 2 * logarithm(now / (now - spin(i) * field / 2))
  }

  /// What noise, given in units of h, is compared in: see `decide` in dense.c.
  private var noiseScale: Double { steps.isLogarithmic ? 1 : 4 / unit }

  private func spin(_ i: Int) -> Double { words[i / 64] >> (i % 64) & 1 == 1 ? 1 : -1 }

  private func isFrozen(_ i: Int) -> Bool {
    frozen.map { $0[i / 64] >> (i % 64) & 1 == 1 } ?? false
  }
}
