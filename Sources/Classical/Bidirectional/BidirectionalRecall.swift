public import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns

/// A recall of a bidirectional memory in progress.
public struct BidirectionalRecall: RunningRecall {
  enum Layer { case x, y }

  public private(set) var state: PatternPair
  public private(set) var energy: Double
  private let memory: BidirectionalMemory
  private let first: Layer

  init(_ memory: BidirectionalMemory, state: PatternPair, first: Layer) {
    self.memory = memory
    self.state = state
    self.first = first
    energy = memory.measured(state)
  }

  /// Updates one layer from the other, then that one from the first.
  mutating func step() -> Step {
    let before = energy
    let changes =
      switch first {
      case .x: update(.x) + update(.y)
      case .y: update(.y) + update(.x)
      }
    if changes > 0 { energy = memory.measured(state) }
    // Whatever moved has gone down: no state comes twice.
    return Step(
      changes: changes, energyDrop: before - energy, outcome: changes == 0 ? .fixedPoint : nil)
  }

  private mutating func update(_ layer: Layer) -> Int {
    switch layer {
    case .x: memory.update(&state.x, of: .x, from: state.y)
    case .y: memory.update(&state.y, of: .y, from: state.x)
    }
  }
}

extension BidirectionalMemory {
  /// E = −xᵀ W y.
  fileprivate func measured(_ state: PatternPair) -> Double {
    if let couplings { return couplings.energy(of: state) }
    let overlaps = zip(
      overlaps(of: state.x, with: xPatterns), overlaps(of: state.y, with: yPatterns))
    // From 0, so that an energy of nothing is not -0.
    return Double(overlaps.reduce(0) { $0 - Int($1.0) * Int($1.1) })
  }

  /// Aligns `layer` with the fields of the other, all spins at once; returns the number that changed.
  fileprivate func update(
    _ pattern: inout Pattern, of layer: BidirectionalRecall.Layer, from other: Pattern
  ) -> Int {
    if let couplings {
      let next = couplings.aligned(pattern, of: layer, with: other)
      defer { pattern = next }
      return next.distance(to: pattern)
    }
    let (own, others) = layer == .x ? (xPatterns, yPatterns) : (yPatterns, xPatterns)
    var overlaps = overlaps(of: other, with: others)
    // A set that has lost its last patterns may have more empty slots than its partner.
    let spare = own.tiles.slots - overlaps.count
    if spare > 0 { overlaps += [Int32](repeating: 0, count: spare) }
    if spare < 0 { overlaps.removeLast(-spare) }
    let tables = FieldTables(for: own.tiles)
    tables.prepare(own.tiles, overlaps: overlaps)
    var next = pattern.words
    let changed = own.tiles.step(
      tables, rule: FieldRule(selfTerm: 0), noise: nil, state: pattern.words, next: &next,
      threads: Parallel.processors)
    pattern = Pattern(words: next, size: pattern.size)
    return changed
  }

  private func overlaps(of state: Pattern, with patterns: PatternSet) -> [Int32] {
    patterns.tiles.overlaps(with: state.words.span, threads: Parallel.processors)
  }
}
