internal import HopfieldLinearAlgebra
internal import HopfieldPatterns

/// The patterns with a partner each: the couplings w = Σ_μ (ξ^μ (u^μ)ᵀ + u^μ (ξ^μ)ᵀ) that symmetric rules
/// come to, while partners are still being learned.
///
/// What such couplings make of pattern ν is Σ_μ ((ξ^μ · ξ^ν) u^μ + (u^μ · ξ^ν) ξ^μ). These fields are kept
/// for all patterns. A change of a partner is at first only noted; a block of changes enters the fields by two
/// products of matrices. So learning costs O(N P) a change, and no matrix of N x N is made before the end.
struct PairedVectors<Scalar: MatrixScalar> {
  let size: Int
  let count: Int
  /// ξ, a row a pattern, in ascending order of the indices.
  let spins: Matrix<Scalar>
  private var partners: Matrix<Scalar>
  /// The fields at the patterns, but for what is pending.
  private var fields: Matrix<Scalar>
  /// Changes of partners that the fields lack, and the patterns that they belong to, row by row in turn.
  private var pending: Matrix<Scalar>
  private var pendingCount = 0
  private let threads: Int

  /// Partners of 0.
  init(_ patterns: PatternSet, threads: Int) {
    size = patterns.size
    count = patterns.count
    self.threads = threads
    spins = Matrix(rowsOf: patterns)
    partners = Matrix(rows: count, columns: size)
    fields = Matrix(rows: count, columns: size)
    pending = Matrix(rows: 2 * Self.block, columns: size)
  }

  /// Changes that enter the fields together: enough to make good use of products of matrices.
  private static var block: Int { 24 }

  /// w ξ of pattern `pattern`, the diagonal of w included.
  ///
  /// - Complexity: O(N).
  func field(of pattern: Int) -> [Scalar] {
    guard pendingCount > 0 else { return Array(fields[row: pattern]) }
    let noted = pending[rows: 0..<2 * pendingCount]
    let effects = noted.times(spins[row: pattern], threads: 1).swappedPairs
    var field = noted.transposed.times(effects, threads: 1)
    let start = pattern * size
    for i in 0..<size { field[i] += fields.elements[start + i] }
    return field
  }

  /// Adds `change` to the partner of a pattern.
  ///
  /// - Parameters:
  ///   - change: N numbers.
  ///   - pattern: the pattern.
  ///   - readers: the patterns whose fields will be asked for from now on.
  mutating func add(_ change: [Scalar], to pattern: Int, readers: Range<Int>) {
    let row = 2 * pendingCount * size
    for i in 0..<size {
      partners.elements[pattern * size + i] += change[i]
      pending.elements[row + i] = change[i]
      pending.elements[row + size + i] = spins.elements[pattern * size + i]
    }
    pendingCount += 1
    guard pendingCount == Self.block else { return }
    if !readers.isEmpty {
      let effects = Matrix.product(
        spins[rows: readers], pending.all.transposed, threads: threads)
      let swapped = Matrix(
        rows: effects.rows, columns: effects.columns, elements: effects.elements.swappedPairs)
      fields.add(swapped.all, times: pending.all, toRows: readers, threads: threads)
    }
    pendingCount = 0
  }

  /// scale w, without its diagonal, row by row.
  ///
  /// - Complexity: O(N² P).
  func couplings(scale: Double) -> [Float] {
    Matrix.symmetrized(spins, partners, scale: scale, threads: threads)
  }

  /// The largest field, without its sign.
  var largestField: Scalar { fields.elements.reduce(0) { max($0, abs($1)) } }
}

extension Array {
  /// Every two neighbours in the other order.
  fileprivate var swappedPairs: [Element] {
    var swapped = self
    for k in stride(from: 0, to: count - 1, by: 2) { swapped.swapAt(k, k + 1) }
    return swapped
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
