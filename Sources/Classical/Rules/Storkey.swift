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

/// One pattern after another, in blocks.
///
/// Off the diagonal hᵢⱼ = hᵢ − wᵢⱼ ξⱼ with h = w ξ, so that a pattern makes of w
///
///     (1 + 2 / N) w + (ξ uᵀ + u ξᵀ) / N,   u = ξ / 2 − h
///
/// The h of a block come from the u before it by products of matrices; inside the block, by products
/// with vectors.
private func storkeyCouplings(of patterns: PatternSet, _ lesson: Lesson) -> [Float] {
  var pairs = PairedVectors<Double>(patterns, threads: lesson.threads)
  let size = pairs.size, count = pairs.count
  let growth = 1 + 2 / Double(size)
  // What a pattern has come to when `age` others have been learned after it.
  var weights = [1 / Double(size)]
  for age in 0..<max(count, 1) { weights.append(weights[age] * growth) }
  // w_ii as the products have it, which the rule leaves out.
  var diagonal = [Double](repeating: 0, count: size)

  let block = 32
  for first in stride(from: 0, to: count, by: block) {
    let end = min(first + block, count)
    var weighted = Matrix.product(
      pairs.partners[rows: 0..<first], pairs.spins[rows: first..<end].transposed,
      threads: lesson.threads)
    var overlaps = Matrix<Double>(rows: first, columns: end - first)
    for earlier in 0..<first {
      for k in 0..<end - first {
        let weight = weights[first + k - 1 - earlier]
        weighted[earlier, k] *= weight
        overlaps[earlier, k] = weight * pairs.overlaps[earlier, first + k]
      }
    }
    let fields = pairs.sums(of: 0..<first, partners: overlaps, spins: weighted)
    for new in first..<end {
      var field = Array(fields[row: new - first])
      if new > first {
        let range = first..<new
        var a = pairs.partners[rows: range].times(pairs.spins[row: new], threads: 1)
        var b = [Double](repeating: 0, count: range.count)
        for earlier in range {
          let weight = weights[new - 1 - earlier]
          a[earlier - first] *= weight
          b[earlier - first] = weight * pairs.overlaps[earlier, new]
        }
        let own = pairs.spins[rows: range].transposed.times(a, threads: 1)
        let others = pairs.partners[rows: range].transposed.times(b, threads: 1)
        for i in 0..<size { field[i] += own[i] + others[i] }
      }
      let start = new * size
      for i in 0..<size {
        let spin = pairs.spins.elements[start + i]
        let partner = spin / 2 - (field[i] - diagonal[i] * spin)
        pairs.partners.elements[start + i] = partner
        diagonal[i] = growth * diagonal[i] + 2 * weights[0] * spin * partner
      }
    }
    lesson.progress(0.9 * Double(end) / Double(count))
  }
  for row in 0..<count {
    let weight = weights[count - 1 - row]
    for k in row * size..<(row + 1) * size { pairs.partners.elements[k] *= weight }
  }
  let couplings = pairs.couplings(scale: 1)
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
