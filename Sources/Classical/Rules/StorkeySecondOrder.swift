internal import HopfieldKernels
internal import HopfieldLinearAlgebra
internal import HopfieldPatterns

extension LearningRule {
  /// Storkey's rule with the whole field: no term is left out of it.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .storkeySecondOrder)
  ///
  /// For each new pattern ξ in turn, with hᵢ = Σₖ wᵢₖ ξₖ, the diagonal included,
  ///
  ///     Δwᵢⱼ = (ξᵢ ξⱼ − ξᵢ hⱼ − hᵢ ξⱼ) / N
  ///
  /// and wᵢᵢ = 0 when all are learned. What is added to w lies in the span of the patterns, so that
  /// couplings stay of low rank: with A their factor, a new pattern borders it by −A c and 1, where c are
  /// its correlations with the others. Local and incremental; the order of presentation, that of the
  /// patterns' indices, counts.
  ///
  /// - Complexity: O(N P²) bits and O(P³); a pattern more is O(N P) bits and O(P²). No matrix of N x N
  ///   is made.
  /// - Source: Storkey and Valabregue 1999.
  public static let storkeySecondOrder = LearningRule(
    name: "storkey-second-order", source: "Storkey and Valabregue 1999", isLocal: true,
    add: { learned, patterns, pattern in
      guard case .lowRank(let factor) = learned.couplings else {
        preconditionFailure("couplings that the second-order rule has not made")
      }
      let overlaps = patterns.tiles.overlaps(
        with: pattern.words.span, threads: Parallel.processors)
      let correlations = patterns.indices.map { Double(overlaps[$0]) / Double(patterns.size) }
      let count = patterns.count
      var border = Matrix(rows: count, columns: count, elements: factor).all
        .times(correlations, threads: 1).map { -$0 }
      let slot = patterns.tiles.freeSlot
      let place = patterns.indices.count { $0 < slot }
      border.insert(1, at: place)
      learned.couplings = .lowRank(factor: bordered(factor, by: border, at: place))
    },
    learn: { patterns, lesson in
      let count = patterns.count
      let gram = patterns.tiles.gram(ofFirst: count, threads: lesson.threads)
      var factor = Matrix<Double>(rows: count, columns: count)
      for new in 0..<count {
        let correlations = gram[new * count..<new * count + new].map {
          Double($0) / Double(patterns.size)
        }
        let image = factor[rows: 0..<new, columns: 0..<new].times(correlations, threads: 1)
        for k in 0..<new {
          factor[new, k] = -image[k]
          factor[k, new] = -image[k]
        }
        factor[new, new] = 1
        lesson.progress(Double(new + 1) / Double(count))
      }
      return Learned(.lowRank(factor: factor.elements))
    })
}

/// The matrix with one more row and column at `place`.
private func bordered(_ matrix: [Double], by border: [Double], at place: Int) -> [Double] {
  let size = border.count
  var rest = matrix[...]
  return (0..<size * size).map { k in
    let (i, j) = (k / size, k % size)
    if i == place { return border[j] }
    if j == place { return border[i] }
    return rest.removeFirst()
  }
}
