internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns

/// A network with low-rank couplings in motion: P overlaps, and their images under the factor.
///
/// Visits and flips cost O(P), a start and a parallel step O(N P + P²), memory is 8 N P bytes: what the
/// projection rule needs where a matrix of N x N would not fit.
struct LowRankEngine: FieldEngine {
  private let couplings: LowRankCouplings
  private let rule: CouplingMatrix.Rule
  private let threads: Int
  private var motion: LowRankCouplings.Motion

  init(
    _ couplings: LowRankCouplings, thresholds: [Double]?, frozen: [UInt64]?, state: Pattern,
    threads: Int
  ) {
    self.couplings = couplings
    self.threads = threads
    rule = CouplingMatrix.Rule(thresholds: thresholds, frozen: frozen)
    motion = couplings.motion(at: state.words, threads: threads)
  }

  var size: Int { couplings.patterns.neurons }
  static var longestCycle: Int? { 2 }
  var overlaps: [Int32]? { motion.overlaps }
  var state: Pattern { Pattern(words: motion.words, size: size) }

  var energy: Double {
    var energy = -couplings.alignment(of: motion) / 2
    if !couplings.selfCoupling { energy += couplings.trace / 2 }
    if let thresholds = rule.thresholds {
      for i in 0..<size { energy += Double(size) * thresholds[i] * spin(i) }
    }
    return energy / Double(size)
  }

  mutating func sweep(noise: [Double]?) -> Int {
    couplings.visit(nil, &motion, rule: rule, noise: noise, threads: threads)
  }

  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    couplings.visit(sites, &motion, rule: rule, noise: noise, threads: threads)
  }

  mutating func update(noise: [Double]?) -> Int {
    let fields = localFields()
    let slack = motion.slack / Double(size)
    let moving = (0..<size).filter { i in
      !isFrozen(i) && (fields[i] - (noise?[i] ?? 0)) * spin(i) < -slack
    }
    couplings.flip(moving, &motion, threads: threads)
    return moving.count
  }

  mutating func flipSteepest() -> Int {
    let fields = localFields()
    let slack = motion.slack / Double(size)
    var best: (site: Int, drop: Double)?
    for i in 0..<size where !isFrozen(i) {
      let against = -fields[i] * spin(i)
      // Where the self-coupling stays, w_ii differs from site to site.
      let own = couplings.selfCoupling ? couplings.diagonal[i] / Double(size) : 0
      let drop = 2 * (against + own)
      if against > slack, drop > best?.drop ?? 0 { best = (i, drop) }
    }
    guard let site = best?.site else { return 0 }
    couplings.flip([site], &motion, threads: threads)
    return 1
  }

  mutating func isStable() -> Bool {
    let fields = localFields()
    let slack = motion.slack / Double(size)
    return (0..<size).allSatisfy { isFrozen($0) || fields[$0] * spin($0) >= -slack }
  }

  /// h_i = Σ_j w_ij s_j − θ_i.
  func localFields() -> [Double] {
    var fields = couplings.sums(motion, threads: threads)
    for i in 0..<size {
      if !couplings.selfCoupling { fields[i] -= couplings.diagonal[i] * spin(i) }
      fields[i] = fields[i] / Double(size) - (rule.thresholds?[i] ?? 0)
    }
    return fields
  }

  private func spin(_ i: Int) -> Double { motion.words[i / 64] >> (i % 64) & 1 == 1 ? 1 : -1 }

  private func isFrozen(_ i: Int) -> Bool {
    rule.frozen.map { $0[i / 64] >> (i % 64) & 1 == 1 } ?? false
  }
}
