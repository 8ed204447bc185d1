internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns

/// Hebb's couplings on C inputs a neuron, kept as lists; integers, so that ties stay ties.
struct DilutedCouplings: Sendable {
  let connections: Int
  /// The inputs of neuron i are C entries from i C on.
  let inputs: [UInt32]
  /// C w_ij = Σ_μ ξᵢ^μ ξⱼ^μ.
  let weights: [Int32]

  init(
    _ patterns: PatternSet, connections: Int, using generator: inout some RandomNumberGenerator
  ) {
    let size = patterns.size
    self.connections = connections
    var inputs: [UInt32] = []
    inputs.reserveCapacity(size * connections)
    // The first steps of a shuffle draw C of the others; wherever the last one left them will do.
    var others = (0..<UInt32(size - 1)).map { $0 }
    for i in 0..<size {
      for k in 0..<connections {
        others.swapAt(k, k + generator.index(below: size - 1 - k))
        inputs.append(others[k] < i ? others[k] : others[k] + 1)
      }
    }
    self.inputs = inputs

    let histories = Self.histories(of: patterns)
    let words = histories.count / size
    var weights = [Int32](repeating: 0, count: inputs.count)
    for i in 0..<size {
      for k in i * connections..<(i + 1) * connections {
        var differing = 0
        for w in 0..<words {
          let other = histories[Int(inputs[k]) * words + w]
          differing += (histories[i * words + w] ^ other).nonzeroBitCount
        }
        weights[k] = Int32(patterns.count - 2 * differing)
      }
    }
    self.weights = weights
  }

  /// The patterns site by site: bit μ of neuron i's ⌈P / 64⌉ words is set where pattern μ is +1.
  private static func histories(of patterns: PatternSet) -> [UInt64] {
    let words = (patterns.count + 63) / 64
    var histories = [UInt64](repeating: 0, count: patterns.size * words)
    var mu = 0
    patterns.forEach { _, pattern in
      for (word, spins) in pattern.words.enumerated() {
        var bits = spins
        while bits != 0 {
          let i = 64 * word + bits.trailingZeroBitCount
          histories[i * words + mu / 64] |= 1 << (mu % 64)
          bits &= bits - 1
        }
      }
      mu += 1
    }
    return histories
  }
}

/// A diluted network in motion: a visit sums the neuron's C inputs, a flip costs nothing.
struct DilutedSpins: DirectedSpins {
  private let couplings: DilutedCouplings
  private var spins: [Int32]

  init(_ couplings: DilutedCouplings, state: Pattern) {
    self.couplings = couplings
    spins = state.spins.map(Int32.init)
  }

  var size: Int { spins.count }
  static var longestCycle: Int? { nil }
  var state: Pattern { Pattern(size: size) { spins[$0] > 0 } }

  mutating func sweep(noise: [Double]?) -> Int {
    (0..<size).reduce(0) { flips, i in flips + visit(i, noise?[i] ?? 0) }
  }

  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    sites.indices.reduce(0) { flips, k in flips + visit(Int(sites[k]), noise?[k] ?? 0) }
  }

  private mutating func visit(_ i: Int, _ noise: Double) -> Int {
    let new = decision(i, noise)
    guard new != spins[i] else { return 0 }
    spins[i] = new
    return 1
  }

  mutating func update(noise: [Double]?) -> Int {
    let next = (0..<size).map { decision($0, noise?[$0] ?? 0) }
    let changed = (0..<size).reduce(0) { $0 + (next[$1] == spins[$1] ? 0 : 1) }
    spins = next
    return changed
  }

  func isStable() -> Bool { (0..<size).allSatisfy { decision($0, 0) == spins[$0] } }

  func localFields() -> [Double] { (0..<size).map(localField) }

  // MARK: - Parts

  private func localField(_ i: Int) -> Double {
    let inputs = couplings.connections
    var sum = 0
    for k in i * inputs..<(i + 1) * inputs {
      sum += Int(couplings.weights[k] &* spins[Int(couplings.inputs[k])])
    }
    return Double(sum) / Double(inputs)
  }

  private func decision(_ i: Int, _ noise: Double) -> Int32 {
    let field = localField(i) - noise
    return field > 0 ? 1 : field < 0 ? -1 : spins[i]
  }
}
