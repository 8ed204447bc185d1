import Foundation
import HopfieldDense
import HopfieldPatterns
import TestSupport

/// The naive twin of a dense memory: fields term by term, with exact signs.
///
///     2 h_i = sum_mu xi_i (F(m + 1) - F(m - 1)),   m = sum_(j != i) xi_j s_j
///
/// Terms of equal m are counted first, so that they cancel exactly. Polynomials are then whole
/// numbers; what is left of an exponential cannot be zero (Lindemann).
struct ReferenceDense {
  let patterns: [[Int]]
  let interaction: Interaction
  let size: Int

  init(storing patterns: [Pattern], interaction: Interaction, size: Int) {
    self.patterns = patterns.map { $0.spins.map(Int.init) }
    self.interaction = interaction
    self.size = size
  }

  /// F(x), exactly where a double holds it.
  func value(_ x: Int) -> Double {
    switch interaction {
    case .polynomial(let n): pow(Double(x), Double(n))
    case .rectified(let n): x > 0 ? pow(Double(x), Double(n)) : 0
    case .exponential: exp(Double(x))
    }
  }

  func energy(of state: Pattern) -> Double {
    let spins = state.spins.map(Int.init)
    return -patterns.reduce(0.0) { $0 + value(zip($1, spins).reduce(0) { $0 + $1.0 * $1.1 }) }
  }

  /// 2 h_i, the sites of `known` alone speaking.
  func field(_ i: Int, _ spins: [Int], known: [Int]? = nil) -> Double {
    let speaks = known?.contains(i) ?? true
    return field(i, spins, overlaps: overlaps(with: spins, known: known), speaks: speaks)
  }

  private func overlaps(with spins: [Int], known: [Int]? = nil) -> [Int] {
    patterns.map { pattern in
      var sum = 0
      for i in known ?? Array(0..<size) { sum += pattern[i] * spins[i] }
      return sum
    }
  }

  /// The same from the overlaps, of which site i is a part where it speaks.
  private func field(_ i: Int, _ spins: [Int], overlaps: [Int], speaks: Bool = true) -> Double {
    var counts: [Int: Int] = [:]
    for (pattern, overlap) in zip(patterns, overlaps) {
      counts[speaks ? overlap - pattern[i] * spins[i] : overlap, default: 0] += pattern[i]
    }
    if let degree {
      var sum: Int128 = 0
      for (m, count) in counts {
        sum += Int128(count) * (whole(m + 1, degree) - whole(m - 1, degree))
      }
      return Double(sum)
    }
    let left = counts.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    let top = left.last?.key ?? 0
    // In units of the largest term: signs are all that large sizes ask for.
    let sum = left.reduce(0.0) { $0 + Double($1.value) * exp(Double($1.key - top)) }
    return sum * (top < 600 ? 2 * sinh(1) * exp(Double(top)) : 1)
  }

  private var degree: Int? {
    switch interaction {
    case .polynomial(let n), .rectified(let n): n
    case .exponential: nil
    }
  }

  private func whole(_ x: Int, _ degree: Int) -> Int128 {
    if case .rectified = interaction, x <= 0 { return 0 }
    return (0..<degree).reduce(1) { product, _ in product * Int128(x) }
  }

  // MARK: Dynamics at T = 0

  /// Visits `order`; returns the flips, and whether a field was zero.
  func visit(_ order: [Int], _ state: inout Pattern, frozen: [Int] = []) -> (flips: Int, tie: Bool)
  {
    var spins = state.spins.map(Int.init)
    var flips = 0
    var tie = false
    var overlaps = overlaps(with: spins)
    for i in order where !frozen.contains(i) {
      let field = field(i, spins, overlaps: overlaps)
      if field == 0 { tie = true }
      guard field * Double(spins[i]) < 0 else { continue }
      spins[i] = -spins[i]
      overlaps = self.overlaps(with: spins)
      flips += 1
    }
    state = Pattern(spins)
    return (flips, tie)
  }

  /// 2 h of every site.
  func fields(_ spins: [Int]) -> [Double] {
    let overlaps = overlaps(with: spins)
    return (0..<size).map { field($0, spins, overlaps: overlaps) }
  }

  func step(_ state: Pattern, frozen: [Int] = []) -> (state: Pattern, tie: Bool) {
    let spins = state.spins.map(Int.init)
    let fields = fields(spins).enumerated().map { frozen.contains($0) ? 0 : $1 }
    return (
      Pattern(fields.indices.map { fields[$0] == 0 ? Double(spins[$0]) : fields[$0] }),
      fields.contains(0)
    )
  }

  func relax(
    _ start: Pattern, order: [Int]? = nil, frozen: [Int] = []
  ) -> (state: Pattern, flips: [Int], tie: Bool) {
    var state = start
    var flips: [Int] = []
    var tie = false
    repeat {
      let sweep = visit(order ?? Array(0..<size), &state, frozen: frozen)
      flips.append(sweep.flips)
      tie = tie || sweep.tie
    } while flips.last! > 0
    return (state, flips, tie)
  }

  func completed(_ cue: Cue) -> Pattern {
    let known = cue.knownSites
    let spins = cue.pattern.spins.map(Int.init)
    var state = cue.pattern
    for i in 0..<size where !known.contains(i) {
      let field = field(i, spins, known: known)
      if field != 0 { state[i] = field > 0 ? 1 : -1 }
    }
    return state
  }
}
