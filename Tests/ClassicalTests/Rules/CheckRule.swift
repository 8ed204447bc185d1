import HopfieldEnergy
import HopfieldPatterns
import Synchronization
import TestSupport
import Testing

@testable import HopfieldClassical

/// What holds for every rule that makes a matrix: couplings that brute force has, energies and fixed
/// points of enumeration, the same on any number of threads, progress that rises to 1.
///
/// - Parameters:
///   - rule: what learns.
///   - patterns: patterns of at most ten spins.
///   - reference: the couplings and thresholds by brute force, in double.
///   - tolerance: what couplings may be off by.
func checkRule(
  _ rule: LearningRule, storing patterns: PatternSet, reference: ReferenceNetwork,
  tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let size = patterns.size
  let shares = Mutex<[Double]>([])
  let network = try HopfieldNetwork(storing: patterns, by: rule, threads: 1) { share in
    shares.withLock { $0.append(share) }
  }
  let told = shares.withLock { $0 }
  #expect(told == told.sorted() && told.last == 1, sourceLocation: sourceLocation)
  for threads in [2, 3] {
    let other = try HopfieldNetwork(storing: patterns, by: rule, threads: threads)
    #expect(other.couplings() == network.couplings(), sourceLocation: sourceLocation)
    #expect(other.thresholds == network.thresholds, sourceLocation: sourceLocation)
  }

  let couplings = network.couplings()
  #expect(
    couplings.deviation(from: reference.weights.flatMap { $0 }) <= tolerance,
    sourceLocation: sourceLocation)
  #expect(
    (network.thresholds ?? .init(repeating: 0, count: size)).deviation(from: reference.thresholds)
      <= tolerance * Double(size), sourceLocation: sourceLocation)
  let rounding = tolerance * Double(size) + 1e-12
  for index in 0..<1 << size {
    let state = Pattern(index: index, size: size)
    #expect(
      abs(network.energy(of: state) - reference.energy(of: state)) <= rounding * Double(size),
      sourceLocation: sourceLocation)
    // A field that rounding can turn decides nothing here.
    let nearest = reference.fields(at: state).map { abs($0) }.filter { $0 > 1e-9 }.min() ?? 1
    guard nearest > 4 * rounding else { continue }
    #expect(
      network.isFixedPoint(state) == reference.isFixedPoint(state), sourceLocation: sourceLocation)
  }
}

/// The couplings that `coupling` gives each pair of neurons, with a zero diagonal.
func referenceCouplings(_ size: Int, _ coupling: (Int, Int) -> Double) -> [[Double]] {
  (0..<size).map { i in (0..<size).map { j in i == j ? 0 : coupling(i, j) } }
}

/// A network that has learned `patterns` one after another, each by `add`.
func learnedOneByOne(_ rule: LearningRule, _ patterns: [Pattern]) throws -> HopfieldNetwork {
  var known = PatternSet(size: patterns[0].size)
  var learned = try rule.learn(known, Lesson(threads: 1))
  for pattern in patterns {
    try rule.add?(&learned, known, pattern)
    known.insert(pattern)
  }
  return HopfieldNetwork(
    storing: known, couplings: learned.couplings, thresholds: learned.thresholds)
}

/// The share of the patterns' bits that are against their fields.
func unstableShare(of network: HopfieldNetwork) -> Double {
  Double(network.unstableBits().reduce(0, +)) / Double(network.size * network.patterns.count)
}

/// The overlap of each pattern, in the order of the indices, with the state that descent from it
/// ends in.
func remanentOverlaps(of network: HopfieldNetwork) -> [Double] {
  network.patterns.indices.map { index in
    let pattern = network.patterns[index]
    return network.recall(from: pattern).state.overlap(with: pattern)
  }
}
