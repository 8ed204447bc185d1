internal import HopfieldKernels

/// One step for many queries: attention over the memories.
///
/// `Float` memories go through kernels in single precision with sums in double. Softmax is one fused
/// pass: no M x B matrix of scores exists. A sparse separation first lists the memories whose scores are
/// within its margin of the largest, then solves for the few of them in double; so does softmax
/// where β is so large that single precision would blur its weights. Everything else (`Double` memories,
/// `topK`, the Manhattan distance) computes in double, query by query.
extension ModernHopfieldNetwork {
  /// The first step of recall for each query; with values, Σ p v.
  ///
  ///     let images = network.retrieve(cues)
  ///     let answers = dictionary.retrieve(questions)         // hetero-association
  ///
  /// Queries are B vectors of d coordinates, results B of ``valueDimension``. Within about 10⁻⁶ of the
  /// result in double, relative to its length (10⁻⁵ is what tests demand). Results are the same, bit by
  /// bit, on any number of threads.
  ///
  /// - Complexity: O(B M (d + d_v)) operations; one query reads every memory once.
  /// - Parameters:
  ///   - queries: B vectors of d coordinates.
  ///   - threads: at most this many; nil for all processors.
  public func retrieve(_ queries: [[Float]], threads: Int? = nil) -> [[Float]] {
    guard !queries.isEmpty else { return [] }
    return retrieve(asked(joined(queries)), threads: threads).map { $0.map(Float.init) }
  }

  /// One query's first step of recall.
  public func retrieve(_ query: [Float], threads: Int? = nil) -> [Float] {
    retrieve(asked(query), threads: threads)[0].map(Float.init)
  }

  /// Queries that stand one after another, results likewise: without an array each.
  public func retrieve(flat queries: [Float], threads: Int? = nil) -> [Float] {
    guard !queries.isEmpty else { return [] }
    var results: [Float] = []
    results.reserveCapacity(queries.count / dimension * valueDimension)
    for result in retrieve(asked(queries), threads: threads) {
      for x in result { results.append(Float(x)) }
    }
    return results
  }

  /// The first step of recall for each query, in double throughout.
  public func retrieve(_ queries: [[Double]], threads: Int? = nil) -> [[Double]] {
    for query in queries { check(query) }
    let results = Slots<[Double]>(count: queries.count)
    let threads = threads ?? Parallel.processors
    Parallel.forEach(queries.count, threads: threads) { q in
      results[q] = retrieveInDouble(queries[q], threads: queries.count == 1 ? threads : 1)
    }
    return results.all
  }

  /// The softmax retrievals of `queries` as partial results, which merge with those of networks that
  /// hold other memories, under the same β and similarity.
  ///
  /// The null memory of `softmaxOne` is left out: it is one for all, ``nullRetrieval``.
  ///
  /// - Complexity: as `retrieve`.
  public func partialRetrievals(_ queries: [[Float]], threads: Int? = nil) -> [PartialRetrieval] {
    precondition(
      separation == .softmax || separation == .softmaxOne, "partial results of \(separation)")
    guard !queries.isEmpty else { return [] }
    return softmaxPartials(asked(joined(queries)), threads: threads ?? Parallel.processors)
  }

  /// What the null memory of `softmaxOne` adds to the partial results of all others.
  public var nullRetrieval: PartialRetrieval {
    let nothing = [Double](repeating: 0, count: valueDimension)
    return PartialRetrieval(maximum: 0, sum: 1, vector: nothing)
  }

  private func asked(_ queries: [Float]) -> Asked {
    precondition(
      queries.count % dimension == 0,
      "\(queries.count) elements are no whole number of queries of \(dimension)")
    return Asked(queries, in: self)
  }

  private func retrieve(_ asked: Asked, threads: Int?) -> [[Double]] {
    let threads = threads ?? Parallel.processors
    guard count > 0 else {
      return [[Double]](
        repeating: [Double](repeating: 0, count: valueDimension), count: asked.rows.count)
    }
    if separation == .softmax || separation == .softmaxOne, similarity.descends {
      return softmaxPartials(asked, threads: threads).map { partial in
        var partial = partial
        if separation == .softmaxOne { partial.merge(nullRetrieval) }
        return finished(partial.result)
      }
    }
    guard let margin = separation.margin, asked.fitsSinglePrecision else {
      return retrieve(asked.inDouble, threads: threads)
    }
    let cut = separation.map.exponent.flatMap { FusedRetrieval.Cut(margin: margin, exponent: $0) }
    return fromCandidates(asked, margin: margin, cut: cut, threads: threads) {
      solve($0, among: $1, asked: asked)
    }
  }

  private func retrieveInDouble(_ query: [Double], threads: Int) -> [Double] {
    guard count > 0 else { return [Double](repeating: 0, count: valueDimension) }
    let similarities = similarities(with: query, threads: threads)
    return value(
      of: weigh(similarities, null: nullSimilarity(of: query)).weights, threads: threads)
  }

  /// On the sphere the step has length 1.
  private func finished(_ sum: [Double]) -> [Double] {
    similarity == .cosine && values == nil ? direction(of: sum) ?? sum : sum
  }

  // MARK: Softmax

  private func softmaxPartials(_ asked: Asked, threads: Int) -> [PartialRetrieval] {
    guard asked.fitsSinglePrecision else {
      return asked.inDouble.map { partial($0, among: nil, threads: threads) }
    }
    guard asked.strength > Asked.blurring else {
      let queries = FusedRetrieval.Queries(
        asked.rows, betas: [Double](repeating: beta, count: asked.rows.count))
      return fused.partials(of: queries, isSharp: asked.isSharp, threads: threads)
        .merged(threads: threads)
    }
    // What is left out weighs less than 2^-27 in all, relative to the largest.
    let margin = logarithm(Double(count)) + 27 * logarithm(2)
    return fromCandidates(asked, margin: margin, threads: threads) { query, candidates in
      partial(query, among: candidates.indices, threads: 1)
    }
  }

  /// One query's softmax over some memories (nil: all), in double.
  private func partial(
    _ query: [Double], among indices: [UInt32]?, threads: Int
  ) -> PartialRetrieval {
    // As in the fused pass, distances are less the query's own ½ |ξ|²: shards must agree.
    let offset = similarity == .negativeSquaredDistance ? squaredNorm(query) / 2 : 0
    let similarities =
      indices.map { self.similarities(with: query, at: $0) }
      ?? self.similarities(with: query, threads: threads)
    let scores = similarities.map { min(1e300, max(-1e300, beta * ($0 + offset) / logarithm(2))) }
    let maximum = scores.max()!.rounded(.up)
    let weights = scores.map { power(2, $0 - maximum) }
    let summed = values ?? memoriesAsCompared
    return PartialRetrieval(
      maximum: maximum, sum: weights.reduce(0, +),
      vector: indices.map { summed.combined(weights, at: $0) }
        ?? summed.combined(weights, threads: threads))
  }

  // MARK: Candidates

  private var fused: FusedRetrieval {
    FusedRetrieval(
      keys: memoriesAsCompared, values: values,
      bias: similarity == .negativeSquaredDistance ? squaredNorms.map { Float(-$0 / 2) } : nil)
  }

  /// Lists each query's candidates in one pass in single precision, then lets `solve` have them.
  private func fromCandidates<Result: Sendable>(
    _ asked: Asked, margin: Double, cut: FusedRetrieval.Cut? = nil, threads: Int,
    solve: (_ query: [Double], FusedRetrieval.Candidates) -> Result
  ) -> [Result] {
    let queries = FusedRetrieval.Queries(
      asked.rows, betas: [Double](repeating: beta, count: asked.rows.count))
    let candidates = fused.candidates(
      of: queries, margin: margin, error: asked.error, cut: cut, threads: threads)
    let results = Slots<Result>(count: asked.rows.count)
    Parallel.forEach(asked.rows.count, threads: threads) { q in
      results[q] = solve(asked.rows[q], candidates[q])
    }
    return results.all
  }

  /// A sparse separation's retrieval, exact among the candidates.
  private func solve(
    _ query: [Double], among candidates: FusedRetrieval.Candidates, asked: Asked
  ) -> [Double] {
    let scores = candidates.scores.map(Double.init)
    let weights = separation.weights(of: scores)
    let least = zip(scores, weights).reduce(Double.infinity) { $1.1 > 0 ? min($0, $1.0) : $0 }
    let summed = values ?? memoriesAsCompared
    if asked.strength <= Asked.precise {
      let support = scores.indices.filter { weights[$0] > 0 }
      return finished(
        summed.combined(support.map { weights[$0] }, at: support.map { candidates.indices[$0] }))
    }
    // Only what is clearly below the threshold is left out; the rest is solved in double.
    let indices = scores.indices.filter { scores[$0] >= least - 2 * asked.error }
      .map { candidates.indices[$0] }
    let (exact, _) = self.scores(similarities(with: query, at: indices), null: 0)
    return finished(summed.combined(separation.weights(of: exact), at: indices))
  }

  /// z_i for the rows at `indices`.
  private func similarities(with query: [Double], at indices: [UInt32]) -> [Double] {
    let measuring = measuring
    return memoriesAsCompared.measures(
      measuring.measure, with: query, known: known, at: indices
    ).map { measuring.factor * $0 }
  }
}

/// Queries as the kernels take them, and what single precision makes of them.
private struct Asked {
  /// Above this β |x| |ξ|, single precision would blur softmax's weights; up to it, the large ones
  /// are recomputed in double.
  static let blurring = 2048.0
  /// Up to this β |x| |ξ|, scores in single precision are good to 10⁻⁶.
  static let precise = 12.0

  /// In single precision: of length 1 for the cosine, 0 where nothing is known.
  let rows: VectorRows
  private let given: VectorRows
  /// The largest |score| there can be.
  let strength: Double
  /// How far scores in single precision can be from the true ones.
  let error: Double
  let fitsSinglePrecision: Bool

  /// Whether weights are sharp enough for rounded scores to show in them.
  var isSharp: Bool { strength > 40 }

  init(_ queries: [Float], in network: ModernHopfieldNetwork) {
    let given = VectorRows(queries, dimension: network.dimension)
    precondition(given.largestMagnitude.isFinite, "a component of a query is NaN or infinite")
    let isSingle = !network.memories.isDouble && network.values?.isDouble != true
    var (seen, longest) = (given, 0.0)
    for q in 0..<given.count {
      var query = given[q]
      if network.similarity == .cosine || network.known != nil {
        if network.similarity == .cosine { query = network.direction(of: query) ?? query }
        if let known = network.known { for k in query.indices where !known[k] { query[k] = 0 } }
        seen.set(q, to: query)
      }
      longest = max(longest, dot(query, query))
    }
    let radius = network.largestSquaredNorm
    let product = (longest * radius).squareRoot()
    let bias = network.similarity == .negativeSquaredDistance ? radius / 2 : 0
    strength = network.beta * (product + bias)
    error = strength * Double(network.dimension + 8) * 0x1p-24
    // Far from where anything overflows, so that no infinity and no NaN comes up.
    let largest = [
      strength, product + bias, network.beta, network.beta * longest.squareRoot(), network.scale,
      network.valueScale,
    ].max()!
    fitsSinglePrecision = isSingle && network.similarity.descends && largest < 1e30
    self.given = given
    rows = seen
  }

  /// The queries as given, in double.
  var inDouble: [[Double]] { (0..<given.count).map { given[$0] } }
}

extension [[FusedRetrieval.Partial]] {
  /// Parts of memories, in order, merged query by query.
  func merged(threads: Int) -> [PartialRetrieval] {
    let queries = first!.count
    let blocks = Slots<[PartialRetrieval]>(count: (queries + 31) / 32)
    Parallel.forEach((queries + 31) / 32, threads: queries < 128 ? 1 : threads) {
      blocks[$0] = (($0 * 32)..<Swift.min($0 * 32 + 32, queries)).map { q in
        var merged = PartialRetrieval(first![q])
        for part in dropFirst() { merged.merge(PartialRetrieval(part[q])) }
        return merged
      }
    }
    return blocks.all.flatMap { $0 }
  }
}

extension PartialRetrieval {
  fileprivate init(_ partial: FusedRetrieval.Partial) {
    self.init(maximum: partial.maximum, sum: partial.sum, vector: partial.vector)
  }
}
