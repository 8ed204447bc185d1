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
/// (CKernels' tiles of bits). Random patterns come back up to P ≈ 0.138 N (Amit, Gutfreund and Sompolinsky
/// 1985), with no wrong bit up to about N / (2 ln N) (McEliece et al. 1987).
///
/// - Complexity: storing is O(N P) bits; a sweep is O(N P) operations, 512 a cycle's few
///   instructions with AVX-512; a flip O(P). Memory N P / 8 bytes.
/// - Source: Hopfield 1982, "Neural networks and physical systems with emergent collective
///   computational abilities"; Hertz, Krogh and Palmer 1991, chapter 2.
public struct HopfieldNetwork: AssociativeMemory {
  /// The stored patterns.
  public private(set) var patterns: PatternSet
  /// Whether w_ii = P / N is kept.
  ///
  /// The literature differs: Hopfield 1982 and the theory of the 0.138 N drop it; kept, it makes
  /// states more stable, spurious ones too.
  public let selfCoupling: Bool
  /// N θ_i, or nil where all are zero.
  ///
  /// Kept scaled, so that thresholds in whole multiples of 1 / N are exact integers beside integer
  /// fields.
  let scaledThresholds: [Double]?

  /// How the patterns couple the neurons, which decides on the engine.
  enum Form: Sendable {
    case hebbian
    case lowRank(LowRankCouplings)
    case dense(CouplingMatrix)

    init(_ learned: Learned, of patterns: PatternSet, threads: Int) {
      switch learned.couplings {
      case .hebbian: self = .hebbian
      case .lowRank(let factor):
        self = .lowRank(
          LowRankCouplings(
            patterns.tiles, factor: factor, selfCoupling: learned.selfCoupling,
            threads: threads))
      case .dense(let rows):
        self = .dense(
          CouplingMatrix(
            symmetric: rows, neurons: patterns.size, diagonal: learned.selfCoupling))
      }
    }
  }
  private(set) var form: Form
  /// The rule that the patterns were learned by; nil where the couplings were given.
  public let rule: LearningRule?

  /// The network that stores `patterns` by Hebb's rule.
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
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

  /// The network that stores `patterns` by couplings that a rule has made.
  ///
  ///     let network = HopfieldNetwork(
  ///       storing: patterns, couplings: .lowRank(factor: inverseCorrelations))
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins: what recalled states are compared with.
  ///   - couplings: symmetric, or there is no energy; a matrix that is not is a programmer's error.
  ///   - thresholds: θ_i for each neuron, in units of the local field.
  ///   - selfCoupling: whether to keep the diagonal of the couplings.
  public init(
    storing patterns: PatternSet, couplings: Couplings, thresholds: [Double]? = nil,
    selfCoupling: Bool = false
  ) {
    self.init(
      storing: patterns,
      learned: Learned(couplings, thresholds: thresholds, selfCoupling: selfCoupling), rule: nil)
  }

  init(
    storing patterns: PatternSet, learned: Learned, rule: LearningRule?,
    threads: Int = Parallel.processors
  ) {
    let size = Double(patterns.size)
    self.init(
      storing: patterns,
      scaledThresholds: learned.thresholds.map { $0.map { snapped($0 * size) } },
      selfCoupling: learned.selfCoupling, form: Form(learned, of: patterns, threads: threads),
      rule: rule)
  }

  init(
    storing patterns: PatternSet, scaledThresholds: [Double]?, selfCoupling: Bool,
    form: Form = .hebbian, rule: LearningRule? = .hebbian
  ) {
    if let scaledThresholds {
      precondition(
        scaledThresholds.count == patterns.size,
        "\(scaledThresholds.count) thresholds for \(patterns.size) neurons")
      precondition(scaledThresholds.allSatisfy(\.isFinite), "a threshold is not finite")
    }
    self.patterns = patterns
    self.selfCoupling = selfCoupling
    self.scaledThresholds = scaledThresholds
    self.form = form
    self.rule = rule
  }

  /// The number of neurons, N.
  public var size: Int { patterns.size }

  /// θ_i for every neuron, or nil where all are zero.
  public var thresholds: [Double]? { scaledThresholds?.map { $0 / Double(size) } }

  // MARK: - Storing and forgetting

  /// Stores one more pattern by Hebb's rule and returns its index; `learn(_:)` does it by any rule.
  ///
  /// - Complexity: O(N).
  @discardableResult
  public mutating func store(_ pattern: Pattern) -> Int {
    requireHebbian()
    return patterns.insert(pattern)
  }

  /// Forgets the pattern of this index; the other patterns keep theirs.
  ///
  /// Hebb's rule only.
  ///
  /// - Complexity: O(N).
  public mutating func forget(_ index: Int) {
    requireHebbian()
    patterns.remove(at: index)
  }

  private func requireHebbian() {
    guard case .hebbian = form else {
      preconditionFailure(
        "these couplings are not Hebb's: use learn(_:), or learn all patterns anew")
    }
  }

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

  /// The coupling matrix w, row by row, for whoever wants to look at it: Hebb's network itself never
  /// builds it.
  ///
  /// - Complexity: O(N² P) by population counts (low rank: O(N² P)), and N² scalars of memory.
  public func couplings<Scalar: BinaryFloatingPoint & Sendable>(
    as scalar: Scalar.Type = Double.self
  ) -> [Scalar] {
    let size = size
    return (0..<size).flatMap { i in row(i).lazy.map { Scalar($0) } }
  }

  /// Row i of the couplings.
  func row(_ i: Int) -> [Double] {
    let size = size
    var row: [Double]
    switch form {
    case .dense(let matrix):
      return matrix.row(i).map(Double.init)
    case .hebbian:
      row = patterns.tiles.gram(of: i, threads: Parallel.processors).map {
        Double($0) / Double(size)
      }
    case .lowRank(let couplings):
      row = couplings.row(i).map { $0 / Double(size) }
    }
    if !selfCoupling { row[i] = 0 }
    return row
  }

  // MARK: - Recall in progress

  /// The engine at `state`.
  func engine(
    at state: Pattern, frozen: [UInt64]? = nil, threads: Int = Parallel.processors
  ) -> ClassicalEngine {
    precondition(state.size == size, "a state of \(state.size) spins for \(size) neurons")
    switch form {
    case .hebbian:
      return ClassicalEngine(
        HebbianEngine(
          patterns.tiles, rule: fieldRule(frozen: frozen), state: state, threads: threads))
    case .lowRank(let couplings):
      return ClassicalEngine(
        LowRankEngine(
          couplings, thresholds: thresholds, frozen: frozen, state: state, threads: threads))
    case .dense(let matrix):
      return ClassicalEngine(
        CouplingEngine(
          matrix, thresholds: thresholds, frozen: frozen, state: state, threads: threads))
    }
  }

  /// What the engine works on: "patterns", "low rank" or "couplings".
  public var engineName: String {
    switch form {
    case .hebbian: "patterns"
    case .lowRank: "low rank"
    case .dense: "couplings"
    }
  }

  func fieldRule(frozen: [UInt64]?) -> FieldRule {
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
