public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// A network of N spins whose couplings need not be symmetric: w_ij is what neuron j does to neuron i.
///
///     let network = AsymmetricNetwork(storing: patterns, couplings: rows)
///     let run = network.run(from: cue, by: .synchronous)
///     print(run.outcome, run.overlaps[0])      // a fixed point, a cycle, or neither
///
/// Fields and updates are Hopfield's,
///
///     hᵢ = Σⱼ wᵢⱼ sⱼ − θᵢ,   sᵢ ← sgn hᵢ (hᵢ = 0 keeps sᵢ)
///
/// but no energy falls: recall may end in a cycle of any period, or wander on, one spin at a time as
/// well as all at once. So this is no `AssociativeMemory`. What it stores depends on who made
/// the couplings: rows learned one by one hold up to 2 N patterns (Cover 1965; Gardner 1988), diluted
/// Hebbian ones 2 C / π with C connections a neuron (Derrida, Gardner and Zippelius 1987).
///
/// - Complexity: a visit is O(1), a flip O(N), a parallel step one pass over the matrix; 4 N² bytes.
///   Diluted: see ``init(storing:connections:using:)``.
/// - Source: Derrida, Gardner and Zippelius 1987, "An exactly solvable asymmetric neural network
///   model"; Gardner 1988, "The space of interactions in neural network models".
public struct AsymmetricNetwork: Sendable {
  /// The stored patterns.
  public let patterns: PatternSet
  /// θ_i for every neuron, or nil where all are zero.
  public let thresholds: [Double]?
  let form: Form

  enum Form: Sendable {
    case dense(CouplingMatrix)
    case diluted(DilutedCouplings)
  }

  /// The network of these couplings.
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins: what states are compared with.
  ///   - couplings: w_ij at i N + j, row by row.
  ///   - thresholds: θ_i for each neuron, in units of the local field.
  ///   - selfCoupling: whether to keep the diagonal.
  /// - Complexity: O(N²).
  public init(
    storing patterns: PatternSet, couplings: [Float], thresholds: [Double]? = nil,
    selfCoupling: Bool = false
  ) {
    self.init(
      storing: patterns, thresholds: thresholds,
      form: .dense(
        CouplingMatrix(directed: couplings, neurons: patterns.size, diagonal: selfCoupling)))
  }

  init(storing patterns: PatternSet, thresholds: [Double]?, form: Form) {
    if let thresholds {
      precondition(
        thresholds.count == patterns.size,
        "\(thresholds.count) thresholds for \(patterns.size) neurons")
      precondition(thresholds.allSatisfy(\.isFinite), "a threshold is not finite")
    }
    self.patterns = patterns
    self.thresholds = thresholds
    self.form = form
  }

  /// The number of neurons, N.
  public var size: Int { patterns.size }

  /// The local fields hᵢ = Σⱼ wᵢⱼ sⱼ − θᵢ.
  ///
  /// - Complexity: O(N²), diluted O(N C).
  public func localFields(at state: Pattern) -> [Double] {
    spins(at: state, threads: Parallel.processors).localFields()
  }

  /// Whether `state` is a fixed point: no spin is against its field.
  public func isFixedPoint(_ state: Pattern) -> Bool {
    var spins = spins(at: state, threads: Parallel.processors)
    return spins.isStable()
  }

  /// A run about to start from `state`: to be taken step by step.
  public func start(
    from state: Pattern, by dynamics: Dynamics = .asynchronous()
  ) -> SpinWalk<AsymmetricSpins> {
    SpinWalk(spins(at: state, threads: Parallel.processors), by: dynamics)
  }

  /// Runs from `state` by a dynamics that draws no random number.
  ///
  /// - Parameters:
  ///   - state: where to start.
  ///   - dynamics: how spins move; any but steepest descent, for there is nothing to descend.
  ///   - maxSteps: sweeps or parallel updates. Parallel states are all kept, N / 8 bytes each, so that
  ///     a cycle of any period is recognised.
  public func run(
    from state: Pattern, by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000
  ) -> Trajectory {
    var none = NoGenerator()
    return run(from: state, by: dynamics, maxSteps: maxSteps, using: &none)
  }

  /// Runs from `state` by any dynamics but steepest descent.
  ///
  ///     let warm = network.run(
  ///       from: cue, by: .parallelGlauber(temperature: 0.3), maxSteps: 20, using: &rng)
  public func run(
    from state: Pattern, by dynamics: Dynamics, maxSteps: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) -> Trajectory {
    var walk = start(from: state, by: dynamics)
    return walk.finish(sweeps: maxSteps, using: &generator)
  }

  private func spins(at state: Pattern, threads: Int) -> AsymmetricSpins {
    precondition(state.size == size, "a state of \(state.size) spins for \(size) neurons")
    switch form {
    case .dense(let matrix):
      return AsymmetricSpins(
        CouplingEngine(
          matrix, thresholds: thresholds, frozen: nil, state: state, threads: threads),
        patterns: patterns)
    case .diluted(let couplings):
      return AsymmetricSpins(
        DilutedSpins(couplings, state: state), patterns: patterns)
    }
  }
}
