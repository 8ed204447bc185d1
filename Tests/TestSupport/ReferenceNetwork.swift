package import HopfieldPatterns

/// The naive twin of a quadratic network: an explicit matrix, summed term by term.
///
///     E = -1/2 sum_ij w_ij s_i s_j + sum_i theta_i s_i,    h_i = sum_j w_ij s_j - theta_i
///
/// For Hebb's rule everything is kept times N: all terms are integers, so nothing rounds.
package struct ReferenceNetwork: Sendable {
  /// scale w_ij, row by row.
  package let weights: [[Double]]
  /// scale theta_i.
  package let thresholds: [Double]
  package let scale: Double
  /// Fields below this (times scale) count as zero.
  package let zero: Double

  package var size: Int { weights.count }

  /// Any couplings.
  package init(couplings: [[Double]], thresholds: [Double]? = nil, zero: Double = 1e-9) {
    weights = couplings
    self.thresholds = thresholds ?? [Double](repeating: 0, count: couplings.count)
    scale = 1
    self.zero = zero
  }

  /// Hebb's couplings, times N.
  package init(
    storing patterns: [Pattern], size: Int, thresholds: [Double]? = nil, selfCoupling: Bool = false
  ) {
    let rows = patterns.map { $0.spins.map(Int.init) }
    weights = (0..<size).map { i in
      (0..<size).map { j in
        i == j && !selfCoupling ? 0 : Double(rows.reduce(0) { $0 + $1[i] * $1[j] })
      }
    }
    scale = Double(size)
    self.thresholds =
      (thresholds ?? [Double](repeating: 0, count: size)).map { [scale] in $0 * scale }
    // Thresholds that are whole multiples of 1/N in mathematics may be off by rounding.
    zero = 1e-9
  }

  // MARK: Energies and fields

  package func energy(of state: Pattern) -> Double {
    let spins = state.spins.map(Double.init)
    var couplings = 0.0
    var field = 0.0
    for i in 0..<size {
      for j in 0..<size { couplings += weights[i][j] * spins[i] * spins[j] }
      field += thresholds[i] * spins[i]
    }
    return (-couplings / 2 + field) / scale
  }

  package func fields(at state: Pattern) -> [Double] {
    let spins = state.spins.map(Double.init)
    return (0..<size).map { scaledField($0, spins) / scale }
  }

  package func isFixedPoint(_ state: Pattern) -> Bool { step(state) == state }

  private func scaledField(_ i: Int, _ spins: [Double]) -> Double {
    var sum = -thresholds[i]
    for j in 0..<size { sum += weights[i][j] * spins[j] }
    return abs(sum) < zero ? 0 : sum
  }

  // MARK: Dynamics at T = 0

  /// Visits `order`, each site seeing the newest state; returns the number of flips.
  package func visit(_ order: [Int], _ state: inout Pattern, frozen: [Int] = []) -> Int {
    var spins = state.spins.map(Double.init)
    var flips = 0
    for i in order where !frozen.contains(i) {
      let field = scaledField(i, spins)
      guard field * spins[i] < 0 else { continue }
      spins[i] = -spins[i]
      flips += 1
    }
    state = Pattern(spins)
    return flips
  }

  /// All sites at once.
  package func step(_ state: Pattern, frozen: [Int] = []) -> Pattern {
    let spins = state.spins.map(Double.init)
    return Pattern(
      (0..<size).map { i in
        let field = frozen.contains(i) ? 0 : scaledField(i, spins)
        return field == 0 ? spins[i] : field
      })
  }

  /// The site whose flip lowers the energy most, the lowest among equals; nil where none does.
  package func steepestSite(at state: Pattern, frozen: [Int] = []) -> Int? {
    let drops = fields(at: state).enumerated().map { -$1 * Double(state[$0]) }
    let candidates = drops.indices.filter { drops[$0] > 0 && !frozen.contains($0) }
    guard let largest = candidates.map({ drops[$0] }).max() else { return nil }
    return candidates.first { drops[$0] > largest - zero }
  }

  /// Sweeps in `order` until one changes nothing.
  package func relax(
    _ start: Pattern, order: [Int]? = nil, frozen: [Int] = []
  ) -> (state: Pattern, flips: [Int], energies: [Double]) {
    var state = start
    var flips: [Int] = []
    var energies = [energy(of: start)]
    repeat {
      flips.append(visit(order ?? Array(0..<size), &state, frozen: frozen))
      energies.append(energy(of: state))
    } while flips.last! > 0
    return (state, flips, energies)
  }

  /// The start from a cue: unknown sites at the sign of the field of the known ones alone.
  package func completed(_ cue: Cue) -> Pattern {
    let known = cue.knownSites
    var state = cue.pattern
    for i in 0..<size where !known.contains(i) {
      let field = known.reduce(-thresholds[i]) { $0 + weights[i][$1] * Double(cue.pattern[$1]) }
      if abs(field) >= zero { state[i] = field > 0 ? 1 : -1 }
    }
    return state
  }
}
