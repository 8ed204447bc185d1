internal import Foundation
internal import Hopfield
internal import HopfieldFormats

/// Random unit vectors, and queries at a cosine of one half to some of them; the same at every run.
///
/// With d = 128 and some 10^5 memories, a query at this cosine stands out of the crowd (whose best
/// is near 0.37) at beta = 128, is about as heavy as all others together at beta = 32, and is lost
/// among them at beta = 8.
struct VectorData {
  let dimension: Int
  let memories: [Float]
  let queries: [Float]

  init(memories count: Int, dimension: Int, queries: Int, seed: UInt64 = 2020) {
    var generator = SeededGenerator(seed: seed)
    let memories = (0..<count).map { _ in direction(dimension, using: &generator) }
    self.dimension = dimension
    self.memories = memories.flatMap { $0 }
    self.queries = (0..<queries).flatMap { q in
      let noise = direction(dimension, using: &generator)
      let memory = memories[q * 257 % count]
      return normalized(zip(memory, noise).map { $0 + 3.0.squareRoot().asFloat * $1 })
    }
  }

  /// Writes `memories.npy` and `queries.npy` into a folder of their own; returns its path.
  func write(to data: DataFolder, as name: String) throws -> String {
    let folder = try data.folder(name)
    for (name, values) in [("memories", memories), ("queries", queries)] {
      let shape = [values.count / dimension, dimension]
      try NPY.write(NumericArray(shape: shape, values), to: "\(folder)/\(name).npy")
    }
    return folder
  }
}

/// A random direction: normal deviates (Box and Muller 1958), normalised.
private func direction(
  _ dimension: Int, using generator: inout SeededGenerator
) -> [Float] {
  func unit() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
  return normalized(
    (0..<dimension).map { _ in Float((-2 * log(unit())).squareRoot() * cos(2 * .pi * unit())) })
}

private func normalized(_ vector: [Float]) -> [Float] {
  let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return vector.map { $0 / length }
}

extension Double {
  fileprivate var asFloat: Float { Float(self) }
}
