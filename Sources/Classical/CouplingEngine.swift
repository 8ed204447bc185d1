internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns

/// A network with a coupling matrix in motion: all fields are kept, and a flip adds one row to them.
///
/// A visit is O(1), a flip O(N), a parallel step or a start one pass over the matrix. Couplings are
/// floats, fields doubles; a field smaller than the rounding of its couplings counts as zero.
struct CouplingEngine: FieldEngine {
  private let couplings: CouplingMatrix
  private let rule: CouplingMatrix.Rule
  private let threads: Int
  private var spins: [Double]
  /// Σ_j w_ij s_j, the diagonal included.
  private var fields: [Double]

  init(
    _ couplings: CouplingMatrix, thresholds: [Double]?, frozen: [UInt64]?, state: Pattern,
    threads: Int
  ) {
    self.couplings = couplings
    self.threads = threads
    rule = CouplingMatrix.Rule(thresholds: thresholds, frozen: frozen)
    spins = state.spins.map(Double.init)
    fields = couplings.fields(of: spins, threads: threads)
  }

  var size: Int { couplings.neurons }
  static var longestCycle: Int? { 2 }
  var overlaps: [Int32]? { nil }
  var state: Pattern {
    // A word at a time: a closure for every spin would take as long as a sweep.
    var words = [UInt64](repeating: 0, count: (size + 63) / 64)
    for word in words.indices {
      var bits: UInt64 = 0
      for i in (64 * word..<min(size, 64 * word + 64)).reversed() {
        bits = bits << 1 | (spins[i] > 0 ? 1 : 0)
      }
      words[word] = bits
    }
    return Pattern(words: words, size: size)
  }

  var energy: Double { couplings.energy(of: spins, fields: fields, thresholds: rule.thresholds) }

  mutating func sweep(noise: [Double]?) -> Int {
    couplings.visit(nil, rule: rule, noise: noise, spins: &spins, fields: &fields)
  }

  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    couplings.visit(sites, rule: rule, noise: noise, spins: &spins, fields: &fields)
  }

  mutating func update(noise: [Double]?) -> Int {
    let next = couplings.decisions(rule: rule, noise: noise, spins: spins, fields: fields)
    let changed = (0..<size).filter { next[$0] != spins[$0] }
    // A few rows are quicker to add than the matrix is to read again.
    if changed.count < size / 8 {
      for i in changed { couplings.flip(i, to: next[i], fields: &fields) }
    } else {
      fields = couplings.fields(of: next, threads: threads)
    }
    spins = next
    return changed.count
  }

  mutating func flipSteepest() -> Int {
    let wanted = couplings.decisions(rule: rule, noise: nil, spins: spins, fields: fields)
    // The flip of i lowers the energy by 2 |h_i| + 2 w_ii, with h_i against s_i.
    var best: (site: Int, drop: Double)?
    for i in 0..<size where wanted[i] != spins[i] {
      let field = fields[i] - (rule.thresholds?[i] ?? 0)
      let drop = -2 * spins[i] * field + 2 * Double(couplings[i, i])
      if drop > best?.drop ?? 0 { best = (i, drop) }
    }
    guard let site = best?.site else { return 0 }
    spins[site] = -spins[site]
    couplings.flip(site, to: spins[site], fields: &fields)
    return 1
  }

  mutating func isStable() -> Bool {
    couplings.decisions(rule: rule, noise: nil, spins: spins, fields: fields) == spins
  }

  /// h_i = Σ_j w_ij s_j − θ_i.
  func localFields() -> [Double] { (0..<size).map { fields[$0] - (rule.thresholds?[$0] ?? 0) } }
}
