internal import HopfieldKernels

/// An interaction tabulated for N neurons: energies and the steps of fields by integer overlap.
///
/// Polynomials are integers. While 4 P (Nⁿ − (N − 2)ⁿ) < 2⁵³, sums of doubles are exact. Beyond,
/// every sum carries the bound of its rounding, and one closer to zero than that is summed again in
/// 128 bits, so that signs and ties stay exact while P (Nⁿ − (N − 2)ⁿ) < 2¹²⁵. The exponential is
/// kept in units of its largest term; equal terms of opposite sign cancel before they are summed.
struct InteractionTable: Sendable {
  let interaction: Interaction
  let size: Int
  /// F(M) for M = −N, −N + 2, ..., low words first, or nil where 126 bits do not hold them.
  private let integers: [UInt64]?
  /// Powers of e⁻² from 1 down to nothing, for the exponential.
  private let weights: [Double]
  private let steps: StepTable

  init(_ interaction: Interaction, size: Int) {
    interaction.check(size: size)
    self.interaction = interaction
    self.size = size
    weights = interaction == .exponential ? (0..<380).map { exponential(-2 * Double($0)) } : []
    integers =
      interaction.integer(at: size) == nil
      ? nil
      : wordsOf(stride(from: -size, through: size, by: 2).map { interaction.integer(at: $0)! })
    steps = interaction.steps(from: -size - 1, count: size + 2, size: size)
  }

  // MARK: - Energy

  /// The largest size whose exponential energy never overflows: 2³¹ e⁶⁸⁸ is a `Double`.
  static let largestLinearSize = 688

  /// Whether the energy is −ln Σ exp M instead of −Σ exp M.
  var isLogarithmic: Bool { interaction == .exponential && size > Self.largestLinearSize }

  /// −Σ F(M) as an integer, where 126 bits are enough for it.
  private func integerEnergy(of overlaps: [Int32], in patterns: DensePatterns) -> Int128? {
    guard let integers, let largest = interaction.integer(at: size),
      largest.multipliedReportingOverflow(by: Int128(2 * overlaps.count)).overflow == false
    else { return nil }
    // Empty slots are counted with an overlap of 0, or with -1 where that is none of the table's.
    let nothing = interaction.integer(at: -(size % 2))!
    let empty = patterns.tiles.slots - patterns.tiles.count
    return Int128(empty) * nothing - patterns.sum(of: integers, at: overlaps)
  }

  /// E of these overlaps, rounded once where it is such an integer.
  func energy(of overlaps: [Int32], in patterns: DensePatterns) -> Double {
    if let exact = integerEnergy(of: overlaps, in: patterns) { return Double(exact) }
    let patterns = patterns.tiles
    let slots = overlaps.indices.lazy.filter(patterns.isActive)
    guard interaction == .exponential else {
      return -slots.reduce(0.0) { $0 + interaction.value(at: Double(overlaps[$1])) }
    }
    guard patterns.count > 0 else { return 0 }
    let top = top(of: overlaps, in: patterns)
    let sum = slots.reduce(0.0) { sum, slot in
      let below = (top - Int(overlaps[slot])) / 2
      return below < weights.count ? sum + weights[below] : sum
    }
    return isLogarithmic
      ? -(Double(top) + logarithm(sum)) : -exponential(Double(top)) * sum
  }

  private func top(of overlaps: [Int32], in patterns: PatternTiles) -> Int {
    Int(overlaps.indices.lazy.filter(patterns.isActive).map { overlaps[$0] }.max() ?? 0)
  }

  // MARK: - Steps

  /// How many flips a table serves: each moves the largest overlap by 2 at the most.
  var flipsServed: Int { interaction == .exponential ? Self.headroom : .max }
  private static let headroom = 140

  /// The table for states with these overlaps, and what its unit is.
  func steps(for overlaps: [Int32], in patterns: PatternTiles) -> (StepTable, unit: Double) {
    adapted(steps, to: overlaps, in: patterns)
  }

  /// The table whose midpoints are overlaps with `known` of the sites only.
  func midpoints(known: Int, for overlaps: [Int32], in patterns: PatternTiles) -> StepTable {
    let isExponential = interaction == .exponential
    let table =
      isExponential ? steps : interaction.steps(from: -known, count: known + 1, size: size)
    var adapted = adapted(table, to: overlaps, in: patterns).0
    adapted.lowest = -known
    if isExponential { adapted.first -= 1 }
    return adapted
  }

  private func adapted(
    _ table: StepTable, to overlaps: [Int32], in patterns: PatternTiles
  ) -> (StepTable, unit: Double) {
    var table = table
    let count = Double(patterns.count)
    guard interaction == .exponential else {
      let largest = table.steps.reduce(0) { max($0, abs($1)) }
      table.error = table.wide != nil && 4 * count * largest < 0x1p53 ? 0 : (count + 64) * 0x1p-53
      if 2 * count * largest >= 0x1p126 { table.wide = nil }
      return (table, 1)
    }
    let top = top(of: overlaps, in: patterns)
    table.first = top + 1 - 2 * (table.steps.count - 1 - Self.headroom)
    table.error = (count + 64) * 0x1p-52
    table.isLogarithmic = isLogarithmic
    return (table, isLogarithmic ? 1 : exponential(Double(top)))
  }

  /// a(M − 1) − a(M + 1) for eᴹ = 1: what the sum of bends is a multiple of.
  static var curvature: Double { 2 - exponential(2) - exponential(-2) }
}

extension Interaction {
  /// a(m) = F(m + 1) − F(m − 1) for m = lowest, lowest + 2, ...; 0 where m ± 1 passes N, which no
  /// state needs.
  fileprivate func steps(from lowest: Int, count: Int, size: Int) -> StepTable {
    let midpoints = (0..<count).map { lowest + 2 * $0 }
    if self == .exponential {
      // e^(m - top) from e^-700 up, the lowest entry standing for nothing.
      let step = HopfieldKernels.exponential(1) - HopfieldKernels.exponential(-1)
      let steps = (0..<492).map { (k: Int) -> Double in
        k == 0 ? 0 : step * HopfieldKernels.exponential(Double(2 * (k - 351) + 1))
      }
      var table = StepTable(
        steps: steps, wide: nil, first: lowest, lowest: lowest, span: size + 2)
      table.ratio = HopfieldKernels.exponential(-2)
      return table
    }
    guard integer(at: size) != nil else {
      let steps = midpoints.map { m in
        abs(m) > size ? 0 : value(at: Double(m + 1)) - value(at: Double(m - 1))
      }
      return StepTable(steps: steps, wide: nil, first: lowest, lowest: lowest, span: count)
    }
    let integers = midpoints.map { m -> Int128 in
      abs(m) >= size + 1 ? 0 : (integer(at: m + 1) ?? 0) - (integer(at: m - 1) ?? 0)
    }
    return StepTable(
      steps: integers.map { Double($0) }, wide: wordsOf(integers), first: lowest, lowest: lowest,
      span: count)
  }
}

/// Integers as two words each, the low one first.
private func wordsOf(_ integers: [Int128]) -> [UInt64] {
  integers.flatMap { [UInt64(truncatingIfNeeded: $0), UInt64(truncatingIfNeeded: $0 >> 64)] }
}
