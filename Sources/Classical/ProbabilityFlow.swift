internal import HopfieldKernels
internal import HopfieldLinearAlgebra
internal import HopfieldPatterns

/// The flow of probability K = Σ_μ Σᵢ exp(−ξᵢ^μ hᵢ^μ) from P patterns, and its slopes.
///
/// A margin is ξᵢ^μ hᵢ^μ: a row of N for each pattern. All sums are over parts that do not depend on
/// the number of threads.
struct ProbabilityFlow {
  let neurons: Int
  let count: Int
  let hasThresholds: Bool
  private let threads: Int
  /// P rows of N spins.
  private let spins: Matrix<Double>
  /// The same, at hand: a matrix of another module is asked for each element anew.
  private let elements: [Double]

  /// The patterns, and neurons, that a thread takes at once.
  private static let block = 64

  init(of patterns: PatternSet, thresholds: Bool, threads: Int) {
    neurons = patterns.size
    count = patterns.count
    hasThresholds = thresholds
    self.threads = threads
    var rows: [Double] = []
    rows.reserveCapacity(neurons * count)
    patterns.forEach { rows += $1.spins.lazy.map(Double.init) }
    elements = rows
    spins = Matrix(rows: count, columns: neurons, elements: rows)
  }

  /// ξᵢ hᵢ of every pattern and neuron under these couplings and thresholds.
  ///
  /// One product of N x N with N x P.
  func margins(of parameters: Parameters) -> [Double] {
    let couplings = parameters.matrix
    return parts(of: count) { range in
      var fields = Matrix.product(spins[rows: range], couplings.all, threads: 1).elements
      let first = range.lowerBound * neurons
      for k in fields.indices {
        if hasThresholds { fields[k] -= parameters.thresholds[k % neurons] }
        fields[k] *= elements[first + k]
      }
      return fields
    }
  }

  /// The gradient of K: −Σ_μ ξᵢ ξⱼ (eᵢ + eⱼ) of w_ij, and Σ_μ ξᵢ eᵢ of θᵢ, with e = exp(−margin).
  func gradient(at margins: [Double]) -> Parameters {
    sums { exponential(-margins[$0]) }
  }

  /// The change of the gradient along a change of the margins.
  func curvature(at margins: [Double], along change: [Double]) -> Parameters {
    sums { -change[$0] * exponential(-margins[$0]) }
  }

  /// −Σ_μ ξᵢ ξⱼ (fᵢ + fⱼ) for each pair, and Σ_μ ξᵢ fᵢ for each neuron, with one f a margin.
  ///
  /// One product of N x P with P x N.
  private func sums(_ flow: (Int) -> Double) -> Parameters {
    let flows = Matrix(
      rows: count, columns: neurons,
      elements: parts(of: count) { range in
        (range.lowerBound * neurons..<range.upperBound * neurons).map { elements[$0] * flow($0) }
      })
    var result = Parameters(neurons: neurons, thresholds: hasThresholds)
    result.couplings = parts(of: neurons) { range in
      // Rows i of the block, for j < i only.
      let (rows, columns) = (0..<count, 0..<range.upperBound)
      var sums = Matrix.product(
        spins[rows: rows, columns: range].transposed, flows[rows: rows, columns: columns],
        threads: 1)
      sums.add(
        flows[rows: rows, columns: range].transposed, times: spins[rows: rows, columns: columns],
        threads: 1)
      return range.flatMap { i in sums[row: i - range.lowerBound].prefix(i).lazy.map { -$0 } }
    }
    if hasThresholds {
      for (k, flow) in flows.elements.enumerated() { result.thresholds[k % neurons] += flow }
    }
    return result
  }

  /// The first and the second derivative of K along a change of the margins, after `step` of it.
  ///
  /// O(N P).
  func slope(
    at step: Double, along change: [Double], from margins: [Double]
  ) -> (slope: Double, curvature: Double) {
    let sums = parts(of: count) { range in
      var sums = (slope: 0.0, curvature: 0.0)
      for k in range.lowerBound * neurons..<range.upperBound * neurons {
        let term = change[k] * exponential(-margins[k] - step * change[k])
        sums.slope -= term
        sums.curvature += term * change[k]
      }
      return [sums]
    }
    return sums.reduce((0, 0)) { ($0.0 + $1.slope, $0.1 + $1.curvature) }
  }

  /// The results of blocks of 0 ..< total, in order.
  private func parts<Result: Sendable>(
    of total: Int, _ body: (Range<Int>) -> [Result]
  ) -> [Result] {
    let blocks = (total + Self.block - 1) / Self.block
    let results = Slots<[Result]>(count: blocks)
    Parallel.forEach(blocks, threads: threads) { k in
      results[k] = body(k * Self.block..<min(total, (k + 1) * Self.block))
    }
    return results.all.flatMap { $0 }
  }
}

/// Couplings of pairs i > j, and thresholds: a point, a gradient or a direction.
struct Parameters: Sendable {
  let neurons: Int
  /// w_ij at i (i − 1) / 2 + j.
  var couplings: [Double]
  /// θᵢ, or nothing.
  var thresholds: [Double]

  /// All zero.
  init(neurons: Int, thresholds: Bool) {
    self.neurons = neurons
    couplings = [Double](repeating: 0, count: neurons * (neurons - 1) / 2)
    self.thresholds = [Double](repeating: 0, count: thresholds ? neurons : 0)
  }

  /// Where the pair i > j stands.
  static func index(_ i: Int, _ j: Int) -> Int { i * (i - 1) / 2 + j }

  /// The symmetric matrix of the couplings.
  var matrix: Matrix<Double> {
    var elements = [Double](repeating: 0, count: neurons * neurons)
    var pair = 0
    for i in 0..<neurons {
      for j in 0..<i {
        elements[i * neurons + j] = couplings[pair]
        elements[j * neurons + i] = couplings[pair]
        pair += 1
      }
    }
    return Matrix(rows: neurons, columns: neurons, elements: elements)
  }

  func dot(_ other: Parameters) -> Double {
    var sum = 0.0
    for k in couplings.indices { sum += couplings[k] * other.couplings[k] }
    for k in thresholds.indices { sum += thresholds[k] * other.thresholds[k] }
    return sum
  }

  /// The largest component, in size.
  var largest: Double {
    var largest = 0.0
    for value in couplings where abs(value) > largest { largest = abs(value) }
    for value in thresholds where abs(value) > largest { largest = abs(value) }
    return largest
  }

  mutating func add(_ other: Parameters, scaledBy scale: Double) {
    for k in couplings.indices { couplings[k] += scale * other.couplings[k] }
    for k in thresholds.indices { thresholds[k] += scale * other.thresholds[k] }
  }

  mutating func scale(by scale: Double) {
    for k in couplings.indices { couplings[k] *= scale }
    for k in thresholds.indices { thresholds[k] *= scale }
  }
}
