internal import HopfieldKernels
internal import HopfieldPatterns

/// The couplings of a graded network, as a matrix or as the few patterns that make it.
enum GradedCouplings: Sendable {
  /// N x N, row by row.
  case dense([Double], size: Int)
  /// P rows of N: w v = (1/N) (sum_mu xi^mu (xi^mu . v) - P v).
  case hebbian(rows: [Double], size: Int)

  /// Hebb's couplings without diagonal, in whichever form has fewer products.
  init(storing patterns: PatternSet) {
    let size = patterns.size
    if 2 * patterns.count < size {
      var rows: [Double] = []
      rows.reserveCapacity(patterns.count * size)
      patterns.forEach { rows.append(contentsOf: $1.spins.lazy.map(Double.init)) }
      self = .hebbian(rows: rows, size: size)
      return
    }
    var couplings: [Double] = []
    couplings.reserveCapacity(size * size)
    for i in 0..<size {
      var row = patterns.tiles.gram(of: i, threads: Parallel.processors)
      row[i] = 0
      couplings.append(contentsOf: row.lazy.map { Double($0) / Double(size) })
    }
    self = .dense(couplings, size: size)
  }

  var size: Int {
    switch self {
    case .dense(_, let size), .hebbian(_, let size): size
    }
  }

  var isFinite: Bool {
    switch self {
    case .dense(let values, _), .hebbian(let values, _): values.allSatisfy { $0.isFinite }
    }
  }

  /// w v.
  func product(with vector: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: size)
    switch self {
    case .dense(let rows, let size):
      // w is symmetric: its rows are its columns, and columns add up without a reduction.
      for j in 0..<size where vector[j] != 0 { add(rows, j, times: vector[j], to: &sum) }
    case .hebbian(let rows, let size):
      let count = rows.count / size
      for mu in 0..<count { add(rows, mu, times: dot(rows, mu, vector), to: &sum) }
      for i in 0..<size { sum[i] = (sum[i] - Double(count) * vector[i]) / Double(size) }
    }
    return sum
  }

  private func add(_ rows: [Double], _ row: Int, times factor: Double, to sum: inout [Double]) {
    let first = row * sum.count
    var target = sum.mutableSpan
    let source = rows.span.extracting(first..<first + target.count)
    for i in source.indices { target[i] += factor * source[i] }
  }

  private func dot(_ rows: [Double], _ row: Int, _ vector: [Double]) -> Double {
    let (a, b) = (rows.span.extracting(row * vector.count..<(row + 1) * vector.count), vector.span)
    var lanes = SIMD8<Double>.zero
    let whole = b.count / 8 * 8
    for i in stride(from: 0, to: whole, by: 8) {
      for k in 0..<8 { lanes[k] += a[i + k] * b[i + k] }
    }
    var sum = lanes.sum()
    for i in whole..<b.count { sum += a[i] * b[i] }
    return sum
  }
}
