internal import Hopfield
internal import HopfieldFormats

/// Random patterns and damaged ones, the same at every run.
struct SpinData {
  let patterns: PatternSet
  /// Pattern k modulo P with a share of its spins reversed.
  let cues: [Pattern]

  var size: Int { patterns.size }

  init(size: Int, patterns count: Int, cues: Int, noise: Double = 0.2, seed: UInt64 = 1982) {
    var generator = SeededGenerator(seed: seed)
    let patterns = PatternSet.random(count: count, size: size, using: &generator)
    self.patterns = patterns
    self.cues = (0..<cues).map { k in
      patterns[k % count].flipping(fraction: noise, using: &generator)
    }
  }

  /// The patterns as rows of int8, one after another.
  func rows() -> [Int8] {
    var rows: [Int8] = []
    rows.reserveCapacity(patterns.count * size)
    patterns.forEach { rows += $1.spins }
    return rows
  }

  /// Writes `patterns.npy` and `cues.npy` into a folder of their own; returns its path.
  func write(to data: DataFolder, as name: String) throws -> String {
    let folder = try data.folder(name)
    try NPY.write(
      NumericArray(shape: [patterns.count, size], rows()), to: "\(folder)/patterns.npy")
    try NPY.write(NumericArray(spins: cues), to: "\(folder)/cues.npy")
    return folder
  }
}
