internal import HopfieldKernels
internal import HopfieldLinearAlgebra
internal import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// Storkey's rule: Hebb's, corrected by the fields that the patterns learned so far already exert.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .storkey)
  ///
  /// For each new pattern ξ in turn, with hᵢⱼ = Σ_{k ≠ i,j} wᵢₖ ξₖ,
  ///
  ///     Δwᵢⱼ = (ξᵢ ξⱼ − ξᵢ hⱼᵢ − hᵢⱼ ξⱼ) / N,   wᵢᵢ = 0
  ///
  /// Local and incremental. Holds about N / √(2 ln N) random patterns against Hebb's N / (2 ln N). The
  /// couplings depend on the order of presentation, which is that of the patterns' indices.
  ///
  /// - Complexity: O(N P² + N² P), all of it products of matrices; a pattern more is O(N²).
  /// - Source: Storkey 1997, the local rule. Not the second-order rule of Storkey and Valabregue 1999
  ///   (`storkeySecondOrder`), whose numbers differ.
  public static let storkey = LearningRule(
    name: "storkey", source: "Storkey 1997", isLocal: true,
    capacity: { $0.size > 1 ? Capacity.storkeyPatterns(size: $0.size) : nil },
    add: { learned, patterns, pattern in
      guard case .dense(var rows) = learned.couplings else {
        preconditionFailure("couplings that Storkey's rule has not made")
      }
      addByStorkey(pattern, to: &rows)
      learned.couplings = .dense(rows)
    },
    learn: { patterns, lesson in
      try requireMatrix(of: patterns.size)
      return Learned(.dense(storkeyCouplings(of: patterns, lesson)))
    })
}

/// One pattern after another.
///
/// Off the diagonal hᵢⱼ = hᵢ − wᵢⱼ ξⱼ with h = w ξ, so that a pattern makes of w
///
///     g w + (ξ uᵀ + u ξᵀ) / N,   g = 1 + 2 / N,   u = ξ / 2 − h
///
/// Partners are kept as if w never grew: pattern number μ brings g^−μ u / N, and g^(μ − 1) times what they
/// make together is w.
private func storkeyCouplings(of patterns: PatternSet, _ lesson: Lesson) -> [Float] {
  var pairs = PairedVectors<Double>(patterns, threads: lesson.threads)
  let size = pairs.size, count = pairs.count
  let growth = 1 + 2 / Double(size)
  // g to the number of the pattern, less 1.
  var scale = 1 / growth
  // g^(1 - mu) w_ii as the pairs have it, which the rule leaves out.
  var diagonal = [Double](repeating: 0, count: size)
  for new in 0..<count {
    let field = pairs.field(of: new)
    let start = new * size
    let weight = 1 / (scale * growth * Double(size))
    let partner = (0..<size).map { i in
      let spin = pairs.spins.elements[start + i]
      let partner = weight * (spin / 2 - scale * (field[i] - diagonal[i] * spin))
      diagonal[i] += 2 * spin * partner
      return partner
    }
    pairs.add(partner, to: new, readers: new + 1..<count)
    scale *= growth
    lesson.progress(0.9 * Double(new + 1) / Double(count))
  }
  let couplings = pairs.couplings(scale: scale)
  lesson.progress(1)
  return couplings
}

/// The rule as it stands, for one pattern.
private func addByStorkey(_ pattern: Pattern, to rows: inout [Float]) {
  let size = pattern.size
  let spins = pattern.spins.map(Double.init)
  let fields = (0..<size).map { i in
    var field = 0.0
    for j in 0..<size { field += Double(rows[i * size + j]) * spins[j] }
    return field
  }
  for i in 0..<size {
    for j in 0..<i {
      let before = Double(rows[i * size + j])
      let change = spins[i] * spins[j] - spins[i] * fields[j] - fields[i] * spins[j] + 2 * before
      let after = Float(before + change / Double(size))
      rows[i * size + j] = after
      rows[j * size + i] = after
    }
  }
}
