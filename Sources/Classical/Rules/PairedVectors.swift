internal import HopfieldKernels
internal import HopfieldLinearAlgebra
internal import HopfieldPatterns

/// The patterns with a partner each: the couplings w = Σ_μ (ξ^μ (u^μ)ᵀ + u^μ (ξ^μ)ᵀ), less their
/// diagonal, that symmetric rules come to.
///
/// Fields of patterns come from the P² overlaps and 2 P vectors, with products of matrices, and no matrix
/// of N x N is made before all is learned.
struct PairedVectors<Scalar: MatrixScalar> {
  let size: Int
  let count: Int
  /// ξ, a row a pattern, in ascending order of the indices.
  let spins: Matrix<Scalar>
  /// ξ^μ · ξ^ν.
  let overlaps: Matrix<Scalar>
  /// u, a row a pattern.
  var partners: Matrix<Scalar>
  let threads: Int

  /// Partners of 0.
  init(_ patterns: PatternSet, threads: Int) {
    size = patterns.size
    count = patterns.count
    self.threads = threads
    spins = Matrix(rowsOf: patterns)
    overlaps = Matrix(
      rows: count, columns: count,
      elements: patterns.tiles.gram(ofFirst: count, threads: threads).map { Scalar($0) })
    partners = Matrix(rows: count, columns: size)
  }

  /// Σ_μ (a_μk u^μ + b_μk ξ^μ) over the patterns μ of `range`, for each column k of a and b: a row each.
  func sums(
    of range: Range<Int>, partners a: Matrix<Scalar>, spins b: Matrix<Scalar>
  ) -> Matrix<Scalar> {
    var sums = Matrix.product(a.all.transposed, partners[rows: range], threads: threads)
    sums.add(b.all.transposed, times: spins[rows: range], threads: threads)
    return sums
  }

  /// scale w, without its diagonal, row by row.
  ///
  /// - Complexity: O(N² P).
  func couplings(scale: Scalar) -> [Float] {
    var couplings = Matrix<Scalar>(rows: size, columns: size)
    couplings.addSymmetrized(spins, partners, scale: scale, threads: threads)
    for i in 0..<size { couplings[i, i] = 0 }
    return couplings.elements.map { Float($0) }
  }
}

extension Matrix {
  /// The spins of patterns, a row each, in ascending order of the indices.
  init(rowsOf patterns: PatternSet) {
    var rows: [Scalar] = []
    rows.reserveCapacity(patterns.count * patterns.size)
    patterns.forEach { _, pattern in
      for (word, bits) in pattern.words.enumerated() {
        for k in 0..<min(64, pattern.size - 64 * word) { rows.append(bits >> k & 1 == 1 ? 1 : -1) }
      }
    }
    self.init(rows: patterns.count, columns: patterns.size, elements: rows)
  }
}
