internal import HopfieldKernels
internal import HopfieldTheory

/// What theory says about the memories, before anything is recalled (Ramsauer et al. 2021, section 2).
///
/// In Ramsauer's letters: N memories (here M), largest length M (here R), separations Δ_i.
extension ModernHopfieldNetwork {
  /// The separations Δᵢ = z(xᵢ, xᵢ) − max_{j≠i} z(xᵢ, xⱼ), by row of ``indices``; infinite for a memory alone.
  ///
  ///     let separations = network.separations()
  ///     print(separations.min()!, network.beta)
  ///
  /// For the dot product, xᵢ·xᵢ − max xᵢ·xⱼ: negative where another memory answers xᵢ better than
  /// xᵢ itself, which then is no fixed point. For distances, half the squared distance to the nearest.
  ///
  /// - Complexity: O(M² d), in blocks, on all threads.
  public func separations(threads: Int? = nil) -> [Double] {
    separations(ofRows: indices.map { row(of: $0) }, threads: threads ?? Parallel.processors)
  }

  /// The separation of the memory at `index`.
  ///
  /// - Complexity: O(M d).
  public func separation(of index: Int) -> Double {
    separations(ofRows: [row(of: index)], threads: Parallel.processors)[0]
  }

  private func separations(ofRows rows: [Int], threads: Int) -> [Double] {
    let measuring = measuring
    let rivals = memoriesAsCompared.rivals(
      of: rows, measuring.measure, sign: measuring.factor > 0 ? 1 : -1, known: known,
      threads: threads)
    return zip(rows, rivals).map { row, rival in
      rival.map { ownSimilarity(row: row) - measuring.factor * $0.measure } ?? .infinity
    }
  }

  /// The largest length of a memory, R: of its known coordinates; 1 for the cosine.
  public var largestNorm: Double { largestSquaredNorm.squareRoot() }

  /// A bound of |f(ξ) − xᵢ|, the error of one step from a state at `distance` from memory i.
  ///
  ///     2 (M − 1) exp(−β (Δᵢ − 2 max{|ξ − xᵢ|, |xᵢ* − xᵢ|} R)) R
  ///
  /// for the dot product and softmax.
  ///
  /// - Parameters:
  ///   - index: of the memory.
  ///   - distance: the larger of the state's and the fixed point's distance from the memory.
  /// - Complexity: O(M d) for Δᵢ.
  /// - Source: Ramsauer et al. 2021, theorem 4.
  public func oneStepErrorBound(for index: Int, distance: Double) -> Double {
    requireTheory()
    return RetrievalBounds.oneStepError(
      separation: separation(of: index), distance: distance, memories: count, beta: beta,
      largestNorm: largestNorm)
  }

  /// A bound of |xᵢ − xᵢ*| and of the error of one step from nearby, 2 e (M − 1) R exp(−β Δᵢ).
  ///
  /// Holds where the state and the fixed point lie within 1/(2 β R) of the memory.
  ///
  /// - Source: Ramsauer et al. 2021, theorem 5.
  public func retrievalErrorBound(for index: Int) -> Double {
    requireTheory()
    return RetrievalBounds.retrievalError(
      separation: separation(of: index), memories: count, beta: beta, largestNorm: largestNorm)
  }

  /// The separation from which on theory promises a fixed point within 1/(β M R) of a memory.
  ///
  /// It is 2/(β M) + ln(2 (M − 1) M β R²)/β; for a sparse separation of margin m, m/β + 2/(β M).
  ///
  /// Infinite for β = 0.
  ///
  /// - Source: Ramsauer et al. 2021, definition 1 and eq. 5 of theorem 3's proof ("well separated").
  public var promisingSeparation: Double {
    guard count > 1, beta > 0, let margin = separation.margin else {
      return RetrievalBounds.sufficientSeparation(
        memories: count, beta: beta, largestNorm: largestNorm)
    }
    return (margin + 2 / Double(count)) / beta
  }

  /// Whether theory promises that the memory at `index` comes back.
  ///
  /// That is, whether Δᵢ is at least ``promisingSeparation``. Where it is not, retrieval may still
  /// work: the condition is sufficient.
  ///
  /// - Complexity: O(M d).
  public func promisesRetrieval(of index: Int) -> Bool {
    similarity.descends && separation(of: index) >= promisingSeparation
  }

  private func requireTheory() {
    precondition(
      separation == .softmax && (similarity == .dot || similarity == .cosine),
      "theorems 4 and 5 are for softmax of products, not \(separation) of \(similarity)")
  }
}
