import HopfieldKernels
import HopfieldPatterns

/// Random patterns both as tiles and as plain rows, and the sums that kernels compute, term by term.
///
/// An empty slot's row is nil.
struct TiledPatterns {
  var tiles: PatternTiles
  var rows: [[Int]?]
  var generator: SeededGenerator

  /// The sizes at which kernels meet every remainder of their blocks, words and groups.
  static let oddSizes = [1, 31, 33, 63, 64, 65, 100, 1000]
  /// Every pair of them, as numbers of neurons and of patterns.
  static let allSizes = oddSizes.flatMap { n in oddSizes.map { (neurons: n, patterns: $0) } }
  /// All pairs but the largest, for what takes many sums.
  static let moderateSizes = allSizes.dropLast()

  /// - Parameter holes: whether every fifth slot or so is emptied again.
  init(neurons: Int, patterns: Int, holes: Bool = false, seed: UInt64 = 7) {
    var generator = SeededGenerator(seed: seed &+ UInt64(neurons * 1_000_003 + patterns))
    let states = (0..<patterns).map { _ in Pattern.random(size: neurons, using: &generator) }
    self.generator = generator
    tiles = PatternTiles(neurons: neurons, capacity: 0)
    let words = states.flatMap(\.words)
    tiles.append(words: words.span)
    rows = states.map { $0.spins.map(Int.init) }
    rows += Array(repeating: nil, count: tiles.slots - patterns)
    guard holes else { return }
    for slot in 0..<patterns where self.generator.next() % 5 == 0 {
      tiles.set(slot: slot, to: nil)
      rows[slot] = nil
    }
  }

  var neurons: Int { tiles.neurons }

  mutating func randomState() -> Pattern { .random(size: neurons, using: &generator) }

  /// Words in which each of the `size` bits is set with probability 1/4.
  mutating func randomMask() -> [UInt64] {
    let a = randomState()
    let b = randomState()
    return zip(a.words, b.words).map { $0 & $1 }
  }

  // MARK: Term by term

  func overlaps(with state: Pattern) -> [Int32] {
    let spins = state.spins.map(Int.init)
    return rows.map { row in
      guard let row else { return 0 }
      var sum = 0
      for i in 0..<spins.count { sum += row[i] * spins[i] }
      return Int32(sum)
    }
  }

  /// sum_mu xi_i^mu M^mu.
  func fields(_ overlaps: [Int32]) -> [Int64] {
    var fields = [Int64](repeating: 0, count: neurons)
    for (row, overlap) in zip(rows, overlaps) {
      guard let row, overlap != 0 else { continue }
      for i in 0..<neurons { fields[i] += Int64(row[i]) * Int64(overlap) }
    }
    return fields
  }

  func gram(of neuron: Int) -> [Int32] {
    var gram = [Int32](repeating: 0, count: neurons)
    for case let row? in rows {
      for i in 0..<neurons { gram[i] += Int32(row[i] * row[neuron]) }
    }
    return gram
  }

  func field(of neuron: Int, _ overlaps: [Int32]) -> Int64 {
    var field: Int64 = 0
    for (row, overlap) in zip(rows, overlaps) {
      if let row { field += Int64(row[neuron]) * Int64(overlap) }
    }
    return field
  }
}

/// A neuron's decision, term by term: the sign of its field less its thresholds; zero keeps.
struct NaiveRule {
  var selfTerm = 0
  var thresholds: [Double]?
  var noise: [Double]?
  var frozen: [UInt64]?

  var rule: FieldRule {
    FieldRule(selfTerm: selfTerm, scaledThresholds: thresholds, frozen: frozen)
  }

  /// - Parameter visit: the index into the noise.
  func decide(_ field: Int64, _ spin: Int, neuron: Int, visit: Int) -> Int {
    if let frozen, frozen[neuron / 64] >> (neuron % 64) & 1 == 1 { return spin }
    var threshold = thresholds?[neuron] ?? 0
    threshold += noise?[visit] ?? 0
    let local = Double(field - Int64(selfTerm * spin)) - threshold
    return local > 0 ? 1 : local < 0 ? -1 : spin
  }
}
