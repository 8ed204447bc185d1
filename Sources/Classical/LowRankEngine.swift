internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns

/// Couplings w = (1/N) Σ ξ^μ A_μν (ξ^ν)ᵀ less their diagonal, as they are used by a recall.
///
/// With M^μ = ξ^μ · s and a = A M, fields are N h_i = Σ_μ ξᵢ^μ a_μ − d_i s_i, d_i = Σ ξᵢ^μ A_μν ξᵢ^ν.
struct LowRankCouplings: Sendable {
  let patterns: PatternTiles
  /// A over slots, one row a slot, zero in empty ones.
  let factor: [Double]
  /// d_i.
  let diagonal: [Double]
  /// Whether the diagonal stays.
  let selfCoupling: Bool

  init(_ patterns: PatternTiles, factor: [Double], selfCoupling: Bool) {
    let count = patterns.count, slots = patterns.slots
    precondition(
      factor.count == count * count, "a factor of \(factor.count) numbers for \(count) patterns")
    let active = (0..<slots).filter(patterns.isActive)
    var padded = [Double](repeating: 0, count: slots * slots)
    for (m, mu) in active.enumerated() {
      for (n, nu) in active.enumerated() { padded[mu * slots + nu] = factor[m * count + n] }
    }
    self.patterns = patterns
    self.factor = padded
    self.selfCoupling = selfCoupling
    let results = Slots<Double>(count: patterns.neurons)
    Parallel.forEach(patterns.neurons, threads: Parallel.processors) { i in
      results[i] = patterns.signedSums(of: i, patterns.signedSums(of: i, padded))[0]
    }
    diagonal = results.all
  }
}

/// A network with low-rank couplings in motion: P overlaps, and their image under A.
///
/// A visit costs O(P), a flip O(P²), memory is that of the patterns: what the projection rule needs
/// where a matrix of N x N would not fit.
struct LowRankEngine: FieldEngine {
  private let couplings: LowRankCouplings
  private let thresholds: [Double]?
  private let frozen: [UInt64]?
  private let threads: Int
  private var words: [UInt64]
  private var counts: [Int32]
  /// a = A M.
  private var images: [Double]

  init(
    _ couplings: LowRankCouplings, thresholds: [Double]?, frozen: [UInt64]?, state: Pattern,
    threads: Int
  ) {
    self.couplings = couplings
    self.thresholds = thresholds
    self.frozen = frozen
    self.threads = threads
    words = state.words
    counts = couplings.patterns.overlaps(with: state.words.span, threads: threads)
    images = []
    images = freshImages()
  }

  var size: Int { couplings.patterns.neurons }
  static var longestCycle: Int? { 2 }
  var overlaps: [Int32]? { counts }
  var state: Pattern { Pattern(words: words, size: size) }

  var energy: Double {
    // Taken from A M as it is now, so that what the visits add up never enters.
    var product = 0.0
    for (image, overlap) in zip(freshImages(), counts) { product += image * Double(overlap) }
    var energy = -product / 2
    for i in 0..<size {
      if !couplings.selfCoupling { energy += couplings.diagonal[i] / 2 }
      energy += Double(size) * (thresholds?[i] ?? 0) * spin(i)
    }
    return energy / Double(size)
  }

  mutating func sweep(noise: [Double]?) -> Int { visit(nil, noise: noise) }

  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    visit(Optional(sites), noise: noise)
  }

  private mutating func visit(_ sites: [UInt32]?, noise: [Double]?) -> Int {
    var flips = 0
    let rounding = slack
    for visit in 0..<(sites?.count ?? size) {
      let i = sites.map { Int($0[visit]) } ?? visit
      // A heat bath leaves out what a neuron does to itself, or its law would not be exp(-E / T).
      let isAlone = noise != nil && couplings.selfCoupling
      let own = isAlone ? couplings.diagonal[i] * spin(i) / Double(size) : 0
      let field = isFrozen(i) ? 0 : localField(i) - own - (noise?[visit] ?? 0)
      if field * spin(i) < -rounding {
        flip(i)
        flips += 1
      }
    }
    images = freshImages()
    return flips
  }

  mutating func update(noise: [Double]?) -> Int {
    let rounding = slack
    let moving = (0..<size).filter { i in
      !isFrozen(i) && (localField(i) - (noise?[i] ?? 0)) * spin(i) < -rounding
    }
    for i in moving { reverse(i) }
    images = freshImages()
    return moving.count
  }

  mutating func flipSteepest() -> Int {
    let rounding = slack
    var best: (site: Int, drop: Double)?
    for i in 0..<size where !isFrozen(i) {
      let against = -localField(i) * spin(i)
      // Where the self-coupling stays, w_ii differs from site to site.
      let own = couplings.selfCoupling ? couplings.diagonal[i] / Double(size) : 0
      let drop = 2 * (against + own)
      if against > rounding, drop > best?.drop ?? 0 { best = (i, drop) }
    }
    guard let site = best?.site else { return 0 }
    flip(site)
    return 1
  }

  mutating func isStable() -> Bool {
    let rounding = slack
    return (0..<size).allSatisfy { isFrozen($0) || localField($0) * spin($0) >= -rounding }
  }

  /// h_i = Σ_j w_ij s_j − θ_i.
  func localFields() -> [Double] { (0..<size).map(localField) }

  // MARK: - Parts

  private func localField(_ i: Int) -> Double {
    let sum = couplings.patterns.signedSums(of: i, images)[0]
    let removed = couplings.selfCoupling ? 0 : couplings.diagonal[i] * spin(i)
    return (sum - removed) / Double(size) - (thresholds?[i] ?? 0)
  }

  /// Fields of this size are rounding: a billionth of what they are sums of.
  private var slack: Double { images.reduce(0) { $0 + abs($1) } / Double(size) * 0x1p-30 }

  private func freshImages() -> [Double] {
    let slots = couplings.patterns.slots
    return (0..<slots).map { mu in
      var image = 0.0
      for nu in 0..<slots { image += couplings.factor[mu * slots + nu] * Double(counts[nu]) }
      return image
    }
  }

  private mutating func reverse(_ i: Int) {
    words[i / 64] ^= 1 << (i % 64)
    couplings.patterns.flip(&counts, neuron: i, to: Int(spin(i)))
  }

  private mutating func flip(_ i: Int) {
    reverse(i)
    let change = couplings.patterns.signedSums(of: i, couplings.factor)
    for mu in images.indices { images[mu] += 2 * spin(i) * change[mu] }
  }

  private func spin(_ i: Int) -> Double { words[i / 64] >> (i % 64) & 1 == 1 ? 1 : -1 }

  private func isFrozen(_ i: Int) -> Bool {
    frozen.map { $0[i / 64] >> (i % 64) & 1 == 1 } ?? false
  }
}
