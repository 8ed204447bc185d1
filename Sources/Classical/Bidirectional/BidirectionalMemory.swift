public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Kosko's bidirectional associative memory: two layers that recall each other, a pattern x of n spins
/// and its partner y of m.
///
///     let memory = BidirectionalMemory(pairing: faces, with: names)
///     let recall = memory.recall(fromX: blurredFace)
///     print(recall.state.y, recall.identity.kind)              // the name, stored
///
/// With pairs (ξ, η),
///
///     W = Σ_μ ξ^μ (η^μ)ᵀ,   E = −xᵀ W y,   y ← sgn(Wᵀ x),   x ← sgn(W y)   (a zero field keeps)
///
/// one layer after the other, all of it at once. Each layer takes the state of lowest energy beside
/// the other, so that **every** W converges, symmetric or not, square or not. The reverses (−ξ, −η)
/// are stored with the pairs, for E(−x, −y) = E(x, y).
///
/// No n x m matrix is built unless one is given: fields come from the patterns' bits and P integer
/// overlaps, and the energy −Σ_μ (ξ^μ·x)(η^μ·y) is an integer. Local and incremental. Kosko's estimate
/// of P < min(n, m) is an upper one: random pairs are all stored only up to the order of
/// min(n, m) / (4 ln min(n, m)), as in Hebb's networks.
///
/// - Complexity: storing is O(P (n + m)) bits; a step, which updates both layers, takes four passes
///   over half of them each.
/// - Source: Kosko 1988, "Bidirectional associative memories".
public struct BidirectionalMemory: AssociativeMemory {
  /// The patterns of the x layer; a pair has the same index in both sets.
  public private(set) var xPatterns: PatternSet
  /// The patterns of the y layer.
  public private(set) var yPatterns: PatternSet
  /// The couplings, where they were given.
  let couplings: LayerCouplings?

  /// The memory of the pairs (x[μ], y[μ]).
  ///
  /// - Parameters:
  ///   - xPatterns: P patterns of n spins.
  ///   - yPatterns: P patterns of m spins at the same indices.
  public init(pairing xPatterns: PatternSet, with yPatterns: PatternSet) {
    self.init(xPatterns, yPatterns, couplings: nil)
  }

  /// The memory with these couplings, which store whatever they store.
  ///
  /// A field below the rounding of its couplings counts as zero.
  ///
  /// - Parameters:
  ///   - xPatterns: patterns of n spins, or none: what states are compared with.
  ///   - yPatterns: their partners of m spins, at the same indices.
  ///   - couplings: w_ij at i m + j, of x_i with y_j, row by row.
  /// - Complexity: a step is O(n m); 4 n m bytes.
  public init(pairing xPatterns: PatternSet, with yPatterns: PatternSet, couplings: [Float]) {
    self.init(
      xPatterns, yPatterns,
      couplings: LayerCouplings(couplings, xSize: xPatterns.size, ySize: yPatterns.size))
  }

  private init(_ xPatterns: PatternSet, _ yPatterns: PatternSet, couplings: LayerCouplings?) {
    precondition(
      xPatterns.indices == yPatterns.indices,
      "\(xPatterns.count) x patterns and \(yPatterns.count) y patterns: indices differ")
    self.xPatterns = xPatterns
    self.yPatterns = yPatterns
    self.couplings = couplings
  }

  /// The number of neurons of the x layer, n.
  public var xSize: Int { xPatterns.size }
  /// The number of neurons of the y layer, m.
  public var ySize: Int { yPatterns.size }

  /// Stores one more pair and returns its index.
  ///
  /// - Complexity: O(n + m).
  @discardableResult
  public mutating func store(_ x: Pattern, with y: Pattern) -> Int {
    requirePairs()
    let slot = xPatterns.insert(x)
    yPatterns.insert(y)
    return slot
  }

  /// Forgets the pair of this index; the other pairs keep theirs.
  ///
  /// - Complexity: O(n + m).
  public mutating func forget(_ index: Int) {
    requirePairs()
    xPatterns.remove(at: index)
    yPatterns.remove(at: index)
  }

  private func requirePairs() {
    precondition(couplings == nil, "these couplings were given: pairs can't be added to them")
  }

  /// E = −xᵀ W y: an integer, unless couplings were given.
  ///
  /// - Complexity: O(P (n + m)).
  public func energy(of state: PatternPair) -> Double { start(from: state).energy }
}
