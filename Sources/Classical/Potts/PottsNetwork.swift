public import HopfieldEnergy
internal import HopfieldKernels

/// Kanter's Potts network: N spins of q colours each, Hebb's rule, descent of an energy.
///
///     let network = PottsNetwork(storing: patterns)
///     let recall = network.recall(from: cue)
///     print(recall.outcome, patterns[0].overlap(with: recall.state))      // fixedPoint 1.0
///
/// With u(a, b) = q δ_ab − 1, patterns ξ and states s,
///
///     E = −(1/2N) Σ_μ [(Σ_i u(ξᵢ^μ, sᵢ))² − Σ_i u(ξᵢ^μ, sᵢ)²]
///     hᵢ(a) = (1/N) Σ_μ u(ξᵢ^μ, a) Σ_{j ≠ i} u(ξⱼ^μ, sⱼ)
///
/// where the second sum of E takes out what a site does to itself. A site takes the colour of the
/// largest field, keeping its own among equals, else the lowest; a change lowers E by the difference of
/// the fields. For q = 2 this is `HopfieldNetwork`, energies included.
///
/// Random patterns come back up to P = α_c N with α_c = 0.138, 0.414, 0.828, 1.375, 2.053 for q = 2
/// to 6, 6.02 for q = 10 (T = 0; about q (q − 1) / 2 times 0.138). Local and incremental.
///
/// - Complexity: storing is O(q N P) bits, so large q is dear; a visit O(q P), a change O(P), on the
///   kernels of spins. Memory q N P / 8 bytes. N E is an exact integer or half.
/// - Source: Kanter 1988, "Potts-glass models of neural networks".
public struct PottsNetwork: AssociativeMemory {
  private(set) var planes: PottsPlanes

  /// The network of N spins of q colours that stores nothing yet.
  ///
  /// - Parameters:
  ///   - size: N.
  ///   - colourCount: q, 2 to 256.
  ///   - capacity: room for this many patterns.
  public init(size: Int, colourCount: Int, capacity: Int = 0) {
    precondition(colourCount >= 2 && colourCount <= 256, "\(colourCount) colours, not 2 to 256")
    precondition(
      size > 0 && size <= Int(Int32.max) / (4 * colourCount),
      "\(size) spins of \(colourCount) colours, not 1 to 2^29 / \(colourCount)")
    planes = PottsPlanes(size: size, colourCount: colourCount, capacity: capacity)
  }

  /// The network that stores the patterns of a sequence, all of one size and number of colours.
  public init(storing patterns: some Collection<PottsPattern>) {
    precondition(!patterns.isEmpty, "no pattern to take the size from: use init(size:colourCount:)")
    let first = patterns.first!
    self.init(size: first.size, colourCount: first.colourCount, capacity: patterns.count)
    for pattern in patterns { store(pattern) }
  }

  /// The number of spins, N.
  public var size: Int { planes.size }
  /// The number of colours, q.
  public var colourCount: Int { planes.colourCount }
  /// The number of stored patterns, P.
  public var count: Int { planes.count }
  /// The indices of the patterns, ascending.
  public var indices: [Int] { (0..<planes.slots).filter(planes.isActive) }

  /// Pattern `index`.
  ///
  /// - Complexity: O(q N).
  public subscript(index: Int) -> PottsPattern {
    precondition(planes.isActive(index), "no pattern \(index)")
    return planes.pattern(index)
  }

  /// Stores one more pattern in the lowest empty slot and returns its index.
  ///
  /// - Complexity: O(q N), amortised.
  @discardableResult
  public mutating func store(_ pattern: PottsPattern) -> Int {
    requireFit(pattern)
    return planes.insert(pattern)
  }

  /// Forgets the pattern of this index; the other patterns keep theirs.
  ///
  /// - Complexity: O(q N).
  public mutating func forget(_ index: Int) {
    precondition(planes.isActive(index), "no pattern \(index)")
    planes.remove(index)
  }

  /// The overlap m^μ = Σ_i u(ξᵢ^μ, sᵢ) / (N (q − 1)) of `state` with each pattern, by index; 0 for
  /// an empty slot.
  ///
  /// - Complexity: O(q N P / 64).
  public func overlaps(with state: PottsPattern) -> [Double] {
    engine(at: state).projections.map { Double($0) / Double(size * (colourCount - 1)) }
  }

  /// The energy; times N an exact integer or half.
  ///
  /// - Complexity: O(q N P / 64).
  public func energy(of state: PottsPattern) -> Double { engine(at: state).energy }

  /// Whether `state` is a fixed point: no site has another colour of larger field.
  public func isFixedPoint(_ state: PottsPattern) -> Bool { engine(at: state).isStable() }

  func engine(at state: PottsPattern) -> PottsEngine {
    requireFit(state)
    return PottsEngine(planes, state: state)
  }

  private func requireFit(_ pattern: PottsPattern) {
    precondition(
      pattern.size == size && pattern.colourCount == colourCount,
      "\(pattern.size) spins of \(pattern.colourCount) colours, not \(size) of \(colourCount)")
  }
}
