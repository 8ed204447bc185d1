internal import HopfieldKernels
public import HopfieldPatterns

/// The 0/1 form of Hopfield's 1982 paper, converted exactly.
///
/// There, neurons are V_i = 0 or 1, couplings T_ij = Σ (2 V_i − 1)(2 V_j − 1) with T_ii = 0, and
/// V_i ← 1 if Σ_j T_ij V_j > U_i, 0 if less. With s = 2 V − 1 that is a ±1 network of couplings T
/// with thresholds 2 U_i − Σ_j T_ij, whose fields are twice as large and whose energy is
/// E_pm = 4 E_01 + const. So a network of 0/1 units with U = 0 is *not* the unbiased ±1 network.
extension HopfieldNetwork {
  /// The network of 0/1 units that stores `patterns` (+1 stands for V = 1) with thresholds U.
  ///
  ///     let paper = HopfieldNetwork(storing: patterns, unitThresholds: .init(repeating: 0, count: 30))
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N units.
  ///   - unitThresholds: U_i in units of the integer couplings T.
  /// - Source: Hopfield 1982, eqs. 1 and 2.
  public init(storing patterns: PatternSet, unitThresholds: [Double]) {
    precondition(
      unitThresholds.count == patterns.size,
      "\(unitThresholds.count) thresholds for \(patterns.size) neurons")
    let rowSums = Self.couplingRowSums(of: patterns)
    self.init(
      storing: patterns, scaledThresholds: zip(unitThresholds, rowSums).map { 2 * $0 - Double($1) },
      selfCoupling: false)
  }

  /// The energy of the 0/1 form, E = −½ Σ T_ij V_i V_j + Σ U_i V_i, of a network made with
  /// `unitThresholds` (Hopfield 1982, equation 7, with its thresholds).
  ///
  /// - Complexity: O(N P).
  public func binaryEnergy(of state: Pattern) -> Double {
    let rowSums = Self.couplingRowSums(of: patterns)
    let all = Double(rowSums.reduce(0, +))
    // U_i from theta_i N = 2 U_i - sum_j T_ij; then E_01 = E_pm / 4 - sum T / 8 + sum U / 2.
    let units = (0..<size).reduce(0.0) {
      $0 + ((scaledThresholds?[$1] ?? 0) + Double(rowSums[$1])) / 2
    }
    return energy(of: state) * Double(size) / 4 - all / 8 + units / 2
  }

  /// Σ_j T_ij: N times the fields of the state whose spins are all +1.
  private static func couplingRowSums(of patterns: PatternSet) -> [Int64] {
    let up = Pattern(repeating: 1, size: patterns.size)
    let tables = FieldTables(for: patterns.tiles)
    let threads = Parallel.processors
    tables.prepare(
      patterns.tiles, overlaps: patterns.tiles.overlaps(with: up.words.span, threads: threads))
    return patterns.tiles.fields(tables, threads: threads).map { $0 - Int64(patterns.count) }
  }
}
