public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Hopfield's network of 1982: N spins, symmetric couplings by Hebb's rule, descent of an energy.
///
///     let network = HopfieldNetwork(storing: patterns)
///     let recall = network.recall(from: cue)
///     print(recall.outcome, patterns[0].overlap(with: recall.state))      // fixedPoint 1.0
///
/// With patterns ξ, states s and thresholds θ,
///
///     wᵢⱼ = (1/N) Σ_μ ξᵢ^μ ξⱼ^μ,   wᵢᵢ = 0,   hᵢ = Σⱼ wᵢⱼ sⱼ − θᵢ,   sᵢ ← sgn hᵢ (hᵢ = 0 keeps sᵢ)
///     E = −½ Σᵢⱼ wᵢⱼ sᵢ sⱼ + Σᵢ θᵢ sᵢ
///
/// No N x N matrix is built: fields come from the patterns' bits and from P integer overlaps, exactly
/// (``HebbianEngine``). Random patterns come back up to P ≈ 0.138 N (Amit, Gutfreund and Sompolinsky
/// 1985), with no wrong bit up to about N / (2 ln N) (McEliece et al. 1987).
///
/// - Complexity: storing is O(N P) bits; a sweep is O(N P) operations, 512 a cycle's few
///   instructions with AVX-512; a flip O(P). Memory N P / 8 bytes.
/// - Source: Hopfield 1982, "Neural networks and physical systems with emergent collective
///   computational abilities"; Hertz, Krogh and Palmer 1991, chapter 2.
public struct HopfieldNetwork: AssociativeMemory {
  /// The stored patterns.
  public private(set) var patterns: PatternSet
  /// Whether w_ii = P / N is kept. The literature differs: Hopfield 1982 and the theory of the
  /// 0.138 N drop it; kept, it makes states more stable, spurious ones too.
  public let selfCoupling: Bool
  /// N θ_i, or nil where all are zero. Kept scaled, so that thresholds in whole multiples of 1 / N
  /// are exact integers beside integer fields.
  let scaledThresholds: [Double]?

  /// The network that stores `patterns` by Hebb's rule.
  ///
  /// - Parameters:
  ///   - thresholds: θ_i for each neuron (an external field is −θ), in units of the local field.
  ///     Values within rounding of a multiple of 1 / N are taken as that multiple.
  ///   - selfCoupling: whether to keep w_ii = P / N.
  public init(storing patterns: PatternSet, thresholds: [Double]? = nil, selfCoupling: Bool = false)
  {
    let size = Double(patterns.size)
    self.init(
      storing: patterns, scaledThresholds: thresholds.map { $0.map { snapped($0 * size) } },
      selfCoupling: selfCoupling)
  }

  init(storing patterns: PatternSet, scaledThresholds: [Double]?, selfCoupling: Bool) {
    if let scaledThresholds {
      precondition(
        scaledThresholds.count == patterns.size,
        "\(scaledThresholds.count) thresholds for \(patterns.size) neurons")
      precondition(scaledThresholds.allSatisfy(\.isFinite), "a threshold is not finite")
    }
    self.patterns = patterns
    self.selfCoupling = selfCoupling
    self.scaledThresholds = scaledThresholds
  }

  /// The number of neurons, N.
  public var size: Int { patterns.size }

  /// θ_i for every neuron, or nil where all are zero.
  public var thresholds: [Double]? { scaledThresholds?.map { $0 / Double(size) } }

  // MARK: - Storing and forgetting

  /// Stores one more pattern and returns its index.
  ///
  /// - Complexity: O(N).
  @discardableResult
  public mutating func store(_ pattern: Pattern) -> Int { patterns.insert(pattern) }

  /// Forgets the pattern of this index; the other patterns keep theirs.
  ///
  /// - Complexity: O(N).
  public mutating func forget(_ index: Int) { patterns.remove(at: index) }

  // MARK: - Energy and fields

  /// E = −½ Σ wᵢⱼ sᵢ sⱼ + Σ θᵢ sᵢ; with self-coupling the diagonal counts.
  ///
  /// Exact: an integer over N (without thresholds, or with thresholds in multiples of 1 / N).
  ///
  /// - Complexity: O(N P).
  public func energy(of state: Pattern) -> Double { engine(at: state).energy }

  /// The local fields hᵢ = Σⱼ wᵢⱼ sⱼ − θᵢ, which decide where the spins go.
  ///
  /// - Complexity: O(N P).
  public func localFields(at state: Pattern) -> [Double] {
    var engine = engine(at: state)
    return engine.localFields()
  }

  /// Whether `state` is a fixed point: no spin is against its field.
  public func isFixedPoint(_ state: Pattern) -> Bool {
    var engine = engine(at: state)
    return engine.isStable()
  }

  /// The coupling matrix w, row by row, for whoever wants to look at it: the network itself never
  /// builds it.
  ///
  /// - Complexity: O(N² P) by population counts, and N² scalars of memory.
  public func couplings<Scalar: BinaryFloatingPoint & Sendable>(
    as scalar: Scalar.Type = Double.self
  ) -> [Scalar] {
    var couplings: [Scalar] = []
    couplings.reserveCapacity(size * size)
    for i in 0..<size {
      var row = patterns.tiles.gram(of: i, threads: Parallel.processors)
      if !selfCoupling { row[i] = 0 }
      couplings.append(contentsOf: row.lazy.map { Scalar(Double($0) / Double(size)) })
    }
    return couplings
  }

  // MARK: - Recall in progress

  /// The engine at `state`.
  func engine(
    at state: Pattern, frozen: [UInt64]? = nil, threads: Int = Parallel.processors
  ) -> HebbianEngine {
    precondition(state.size == size, "a state of \(state.size) spins for \(size) neurons")
    return HebbianEngine(
      patterns.tiles, rule: rule(frozen: frozen), state: state, threads: threads)
  }

  func rule(frozen: [UInt64]?) -> FieldRule {
    FieldRule(
      selfTerm: selfCoupling ? 0 : patterns.count, scaledThresholds: scaledThresholds,
      frozen: frozen)
  }
}

/// `value`, or the integer that it is within rounding of.
private func snapped(_ value: Double) -> Double {
  let whole = value.rounded()
  return abs(value - whole) <= 4 * max(abs(value), 1).ulp ? whole : value
}
