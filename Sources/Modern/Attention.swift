internal import HopfieldKernels

/// Which keys a query may attend to, or by how much.
public enum AttentionMask: Equatable, Sendable {
  /// Query i sees keys 0 ... i.
  case causal
  /// True where query i (row) may see key j (column).
  case boolean([[Bool]])
  /// Added to scale · q·k. −∞ hides a key; NaN and +∞ are mistakes.
  case additive([[Float]])
}

/// Attention, softmax(scale · Q Kᵀ + mask) V: a step of the modern Hopfield network whose memories are
/// the keys, read out through the values.
///
///     let output = attention(queries: q, keys: k, values: v)                     // 1/√d
///     let masked = attention(queries: q, keys: k, values: v, mask: .causal)
///
/// Queries are B × d, keys M × d, values M × d_v, the result is B × d_v. One fused pass: no B × M matrix of
/// scores exists (a mask, of course, is one). A query whose keys are all hidden gives zeros.
/// It equals `ModernHopfieldNetwork(storing: keys, values: values, beta: scale).retrieve(queries)`.
///
/// - Parameters:
///   - queries: B × d.
///   - keys: M × d.
///   - values: M × d_v.
///   - scale: β, 1/√d where nil.
///   - mask: which keys a query may see, or what is added to its scores.
///   - threads: at most this many; nil for all processors. Results do not depend on it.
/// - Complexity: O(B M (d + d_v)).
/// - Source: Vaswani et al. 2017, eq. 1; Ramsauer et al. 2021, section 2 for the equivalence.
public func attention(
  queries: [[Float]], keys: [[Float]], values: [[Float]], scale: Double? = nil,
  mask: AttentionMask? = nil, threads: Int? = nil
) -> [[Float]] {
  precondition(keys.count == values.count, "\(values.count) values for \(keys.count) keys")
  guard let width = values.first?.count, let dimension = keys.first?.count, !queries.isEmpty else {
    return queries.map { _ in [] }
  }
  let scale = scale ?? 1 / Double(dimension).squareRoot()
  precondition(scale.isFinite, "a scale of \(scale)")
  let asked = VectorRows(joined(queries), dimension: queries[0].count)
  let memories = VectorRows(joined(keys), dimension: dimension)
  precondition(
    asked.dimension == dimension, "queries of \(asked.dimension) coordinates, keys of \(dimension)")
  let summed = VectorRows(joined(values), dimension: width)
  for (name, rows) in [("query", asked), ("key", memories), ("value", summed)] {
    precondition(rows.largestMagnitude.isFinite, "a component of a \(name) is NaN or infinite")
  }
  let mask = mask?.entries(queries: queries.count, keys: keys.count)
  let threads = threads ?? Parallel.processors
  let strength =
    scale.magnitude * (asked.largestSquaredNorm * memories.largestSquaredNorm).squareRoot()
    + Double(mask?.max() ?? 0)
  guard strength <= 2048 else {
    let exact = Slots<[Float]>(count: queries.count)
    Parallel.forEach(queries.count, threads: threads) { q in
      var scores = memories.measures(.dot, with: asked[q]).map { scale * $0 }
      if let mask { for j in scores.indices { scores[j] += Double(mask[q * keys.count + j]) } }
      exact[q] = summed.combined(Separation.softmax.weights(of: scores)).map(Float.init)
    }
    return exact.all
  }
  let fused = FusedRetrieval(keys: memories, values: summed)
  let betas = [Double](repeating: scale, count: queries.count)
  return fused.partials(
    of: FusedRetrieval.Queries(asked, betas: betas, mask: mask), isSharp: strength > 40,
    threads: threads
  ).merged(threads: threads).map { $0.result.map(Float.init) }
}

extension AttentionMask {
  /// One row of added scores a query.
  fileprivate func entries(queries: Int, keys: Int) -> [Float] {
    switch self {
    case .causal:
      return (0..<queries).flatMap { i in (0..<keys).map { $0 <= i ? 0 : -Float.infinity } }
    case .boolean(let rows):
      check(rows.map(\.count), queries, keys)
      return rows.flatMap { $0.map { $0 ? 0 : -Float.infinity } }
    case .additive(let rows):
      check(rows.map(\.count), queries, keys)
      let entries = joined(rows)
      precondition(entries.allSatisfy { $0 < .infinity }, "a mask has NaN or +infinity")
      // What is finite stays so in units of log 2.
      return entries.map { $0 == -.infinity ? $0 : max(-1e30, min(1e30, $0)) }
    }
  }

  private func check(_ counts: [Int], _ queries: Int, _ keys: Int) {
    precondition(counts.count == queries, "\(counts.count) rows of a mask for \(queries) queries")
    for count in counts { precondition(count == keys, "a mask's row of \(count) for \(keys) keys") }
  }
}

extension VectorRows {
  fileprivate var largestSquaredNorm: Double { squaredNorms(known: nil).max() ?? 0 }
}
