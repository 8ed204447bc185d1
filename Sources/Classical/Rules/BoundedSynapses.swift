internal import HopfieldKernels
internal import HopfieldPatterns
internal import HopfieldTheory

extension LearningRule {
  /// Bounded synapses at their best bound, 0.355.
  ///
  /// See `boundedSynapses(bound:)`.
  public static let boundedSynapses = boundedSynapses(bound: 0.355)

  /// Hebb's rule with synapses that can't grow beyond a bound, and so forget.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .boundedSynapses)
  ///
  /// Patterns are learned in ascending order of their indices, from w = 0,
  ///
  ///     wᵢⱼ ← wᵢⱼ + ξᵢ ξⱼ / N,   held within ±K / N,   K = ⌊A √N⌋, at least 1;   wᵢᵢ = 0
  ///
  /// A synapse does a random walk between two walls, on which every step that leads into a wall is
  /// lost, and with it a trace of the patterns before. The network never breaks down: it knows about
  /// the last 0.04 N patterns at A = 0.355. As A grows it becomes Hebb's. Local and incremental; exact,
  /// for synapses are whole multiples of 1/N.
  ///
  /// - Parameter bound: A, above 0. K is at most 32 766.
  /// - Complexity: O(N² P), N² floats. Another pattern O(N²).
  /// - Source: Parisi 1986, "A memory which forgets"; Nadal, Toulouse, Changeux and Dehaene 1986,
  ///   "Networks of formal neurons and memory palimpsests".
  public static func boundedSynapses(bound: Double) -> LearningRule {
    precondition(bound > 0, "a bound of \(bound), not above 0")
    return LearningRule(
      name: "bounded-synapses", source: "Parisi 1986", isLocal: true,
      capacity: { Palimpsest.limit(bound: bound).load * Double($0.size) },
      add: { learned, _, pattern in
        let spins = pattern.spins.map(Double.init)
        let size = pattern.size
        let limit = Double(steps(bound, size: size))
        learned.updateRows(of: size) { i, row in
          for j in 0..<size {
            let step = (Double(row[j]) * Double(size)).rounded() + spins[i] * spins[j]
            row[j] = Float(max(-limit, min(limit, step)) / Double(size))
          }
        }
      },
      learn: { patterns, lesson in
        let size = patterns.size
        try requireMatrix(of: size)
        var spins: [Int16] = []
        spins.reserveCapacity(size * patterns.count)
        patterns.forEach { spins += $1.spins.lazy.map(Int16.init) }
        let learned = SpinRows(spins, neurons: size)
        return try Learned(
          .dense(
            lesson.matrix(of: size) { i, row in
              let sums = learned.boundedSums(of: i, bound: steps(bound, size: size))
              for j in 0..<size { row[j] = Float(Double(sums[j]) / Double(size)) }
            }))
      })
  }

  /// K: how many steps of 1/N a synapse may be from zero.
  private static func steps(_ bound: Double, size: Int) -> Int {
    let exact = bound * Double(size).squareRoot()
    return max(1, Int(min(exact, Double(SpinRows.largestBound))))
  }
}
