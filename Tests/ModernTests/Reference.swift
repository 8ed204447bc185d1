import HopfieldModern
import HopfieldPatterns
import TestSupport

/// Random vectors for tests.
struct Vectors {
  var generator: SeededGenerator
  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func vector(_ dimension: Int) -> [Double] {
    (0..<dimension).map { _ in Golden.symmetric(&generator) }
  }

  mutating func vectors(_ count: Int, _ dimension: Int) -> [[Double]] {
    (0..<count).map { _ in vector(dimension) }
  }

  /// Of length 1, in single precision.
  mutating func units(_ count: Int, _ dimension: Int) -> [[Float]] {
    (0..<count).map { _ in
      let v = vector(dimension)
      let length = max(norm(v), 1e-300)
      return v.map { Float($0 / length) }
    }
  }
}

func norm(_ v: [Double]) -> Double { product(v, v).squareRoot() }
func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
func - (a: [Double], b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
func doubles(_ vectors: [[Float]]) -> [[Double]] { vectors.map { $0.map(Double.init) } }

/// The largest distance of any result from its reference, relative to the reference's length.
func relativeError(_ results: [[Float]], _ references: [[Double]]) -> Double {
  zip(results, references).reduce(0) { worst, pair in
    let error = norm(pair.0.map(Double.init) - pair.1) / max(norm(pair.1), 1e-300)
    return error.isNaN ? .infinity : max(worst, error)
  }
}

/// Σ p v with p the separation of β z, naively, in double.
func naiveRetrieval(
  _ query: [Double], _ memories: [[Double]], values: [[Double]]? = nil, beta: Double,
  separation: Separation, similarity: ([Double], [Double]) -> Double = product
) -> [Double] {
  let weights = separation.weights(of: memories.map { beta * similarity($0, query) })
  let values = values ?? memories
  return values[0].indices.map { k in
    zip(weights, values).reduce(0) { $0 + $1.0 * $1.1[k] }
  }
}

let allSeparations: [Separation] = [
  .softmax, .softmaxOne, .topK(1), .topK(3), .sparsemax, .entmax(alpha: 1.5),
  .entmax(alpha: 1.25), .entmax(alpha: 1.75), .entmax(alpha: 4), .normmax(gamma: 2),
  .normmax(gamma: 1.5), .normmax(gamma: 5),
]
