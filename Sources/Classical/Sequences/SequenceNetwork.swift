public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// A network that goes from pattern to pattern: each stored pattern drives the one that follows it.
///
///     let song = SequenceNetwork(storing: patterns)            // pattern 0, 1, ... and 0 again
///     let run = song.run(from: noisyStart, maxSteps: 100)
///     print(run.stays.map(\.pattern))                          // 0, 1, 2, ...
///
/// With ξ^{μ+1} the pattern that follows ξ^μ,
///
///     Jᵢⱼ = (1/N) Σ_μ ξᵢ^{μ+1} ξⱼ^μ,   hᵢ(t) = Σⱼ Jᵢⱼ sⱼ(t),   sᵢ(t+1) = sgn hᵢ(t)
///
/// where the sum, like the fields of `HopfieldNetwork`, comes from the patterns' bits and P overlaps:
/// hᵢ = (1/N) Σ_μ ξᵢ^{μ+1} M^μ, exactly, and no N x N matrix exists. J is not symmetric, so there is
/// no energy, and no `AssociativeMemory`. Random patterns follow each other up to P = 0.269 N with
/// 8 % of wrong bits at the edge (During, Coolen and Sherrington 1998), twice what rests hold; J_ii,
/// of the order √P / N, is kept.
///
/// Each step of this network leaves a pattern at once. With a ``Delay`` it stays for a while: to J,
/// which then acts with strength λ on the states of the past, Hebb's symmetric couplings are added,
/// which hold the present pattern until the delayed field of the next one outweighs them.
///
/// Local and incremental: a transition is learned from two neurons' states at successive times.
///
/// - Complexity: a step is O(N P), one pass for overlaps and one for fields, two with a delay; N P / 8
///   bytes.
/// - Source: Amari 1972; Hopfield 1982; Sompolinsky and Kanter 1986, "Temporal association in
///   asymmetric neural networks"; Kleinfeld 1986; During, Coolen and Sherrington 1998.
public struct SequenceNetwork: Sendable {
  /// The stored patterns.
  public let patterns: PatternSet
  /// The indices of the patterns in the order in which they follow each other.
  public let sequences: [[Int]]
  /// Whether the first pattern of a sequence follows its last.
  public let isCyclic: Bool
  /// What the transitions wait for; nil where every step is one.
  public let delay: Delay?
  /// λ, the strength of the transitions beside the symmetric couplings; 1 without a delay.
  public let strength: Double
  /// The slot that each slot follows, or -1.
  let predecessors: [Int]

  /// How the past acts on the transitions: by the state ∫ w(t) s(now − t) dt, with a kernel w.
  ///
  /// Time is counted in steps, sweeps or parallel updates.
  ///
  /// At T = 0 and few patterns a stay ends when the drive to the next pattern outweighs the present
  /// one and what still drives to it, which needs λ > 1.
  public enum Delay: Hashable, Sendable {
    /// w(t) = exp(−t / τ) / τ.
    ///
    /// After a long stay in the pattern before, a pattern stays for τ (ln 2 − ln(1 − 1/λ)). In a
    /// running sequence older patterns count too, and with random signs, so that stays are shorter:
    /// with four random patterns by 5, 10 and 31 % at λ = 1.2, 1.5 and 2 (measured, N = 20 000,
    /// τ = 50). At λ = 4, or with eight patterns, the order is lost.
    case exponential(time: Double)
    /// w(t) = 1 / τ up to t = τ, then 0.
    ///
    /// A pattern stays for τ (1 + 1/λ) / 2. No pattern but the one before counts, so that sequences
    /// run evenly.
    case step(time: Int)
  }

  /// The network that goes one pattern further with each step.
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
  ///   - sequences: their indices, in order; no index twice. Nil for one sequence of all, ascending.
  ///   - isCyclic: whether the first pattern of each sequence follows its last. Where none does,
  ///     the state is lost after the last.
  public init(
    storing patterns: PatternSet, sequences: [[Int]]? = nil, isCyclic: Bool = true
  ) {
    self.init(patterns, sequences, isCyclic, delay: nil, strength: 1)
  }

  /// The network that holds each pattern for a time.
  ///
  ///     let slow = SequenceNetwork(storing: patterns, delay: .step(time: 40))
  ///
  /// With Hebb's couplings and the delayed state s̄,
  ///
  ///     hᵢ = (1/N) Σ_μ ξᵢ^μ M^μ − (P/N) sᵢ + (λ/N) Σ_μ ξᵢ^{μ+1} M̄^μ,   M̄^μ = Σⱼ ξⱼ^μ s̄ⱼ
  ///
  /// s̄ is brought up to date at the beginning of each step. After the last pattern of an open
  /// sequence the state stays.
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
  ///   - sequences: their indices, in order; no index twice. Nil for one sequence of all, ascending.
  ///   - isCyclic: whether the first pattern of each sequence follows its last.
  ///   - delay: the kernel and its time, one step at least.
  ///   - strength: λ; at 1 or below it a pattern is never left.
  public init(
    storing patterns: PatternSet, sequences: [[Int]]? = nil, isCyclic: Bool = true, delay: Delay,
    strength: Double = 2
  ) {
    precondition(
      strength >= 0 && strength.isFinite, "transitions of strength \(strength), not 0 or more")
    switch delay {
    case .exponential(let time):
      precondition(time >= 1 && time.isFinite, "a delay of \(time) steps, not 1 or more")
    case .step(let time):
      precondition(time >= 1, "a delay of \(time) steps, not 1 or more")
      // Differences of overlaps are twice as large as overlaps.
      precondition(patterns.size < 1 << 29, "\(patterns.size) neurons, not less than 2^29")
    }
    self.init(patterns, sequences, isCyclic, delay: delay, strength: strength)
  }

  private init(
    _ patterns: PatternSet, _ sequences: [[Int]]?, _ isCyclic: Bool, delay: Delay?,
    strength: Double
  ) {
    let sequences = sequences ?? [patterns.indices]
    var predecessors = [Int](repeating: -1, count: patterns.tiles.slots)
    var seen = Set<Int>()
    for sequence in sequences {
      for (k, index) in sequence.enumerated() {
        precondition(patterns.contains(index: index), "no pattern \(index)")
        precondition(seen.insert(index).inserted, "pattern \(index) stands in sequence twice")
        if k > 0 { predecessors[index] = sequence[k - 1] }
      }
      if isCyclic, let first = sequence.first { predecessors[first] = sequence.last! }
    }
    self.patterns = patterns
    self.sequences = sequences
    self.isCyclic = isCyclic
    self.delay = delay
    self.strength = strength
    self.predecessors = predecessors
  }

  /// The number of neurons, N.
  public var size: Int { patterns.size }

  /// How many random patterns of N neurons follow each other without a delay: 0.2690616 N, with 8 %
  /// of wrong bits (During, Coolen and Sherrington 1998, parallel dynamics, T = 0).
  public static func capacity(size: Int) -> Double { 0.2690616291420254 * Double(size) }

  // MARK: - Runs

  /// A run about to start from `state`: to be taken step by step.
  ///
  /// - Parameters:
  ///   - state: where to start.
  ///   - past: the state that the network was held in before, as far back as the delay reaches; nil
  ///     where it was silent, so that the drive builds up from nothing.
  ///   - dynamics: how spins move.
  public func start(
    from state: Pattern, after past: Pattern? = nil, by dynamics: Dynamics = .synchronous
  ) -> SpinWalk<SequenceSpins> {
    for given in [state, past ?? state] {
      precondition(given.size == size, "a state of \(given.size) spins for \(size) neurons")
    }
    return SpinWalk(SequenceSpins(self, state: state, past: past), by: dynamics)
  }

  /// Runs from `state` by a dynamics that draws no random number.
  ///
  /// Transitions act on the state that a step begins with. So without a delay all orders of visits
  /// come to the same, which is the parallel dynamics. Without a delay a parallel run ends with a
  /// cycle, all its states being kept; with one it goes on for as long as it may.
  ///
  /// - Parameters:
  ///   - state: where to start.
  ///   - past: the state that the network was held in before; nil where it was silent.
  ///   - dynamics: how spins move; any but steepest descent, for there is nothing to descend.
  ///   - maxSteps: sweeps or parallel updates.
  public func run(
    from state: Pattern, after past: Pattern? = nil, by dynamics: Dynamics = .synchronous,
    maxSteps: Int = 1000
  ) -> Trajectory {
    var none = NoGenerator()
    return run(from: state, after: past, by: dynamics, maxSteps: maxSteps, using: &none)
  }

  /// Runs from `state` by any dynamics but steepest descent.
  public func run(
    from state: Pattern, after past: Pattern? = nil, by dynamics: Dynamics, maxSteps: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) -> Trajectory {
    var walk = start(from: state, after: past, by: dynamics)
    return walk.finish(sweeps: maxSteps, using: &generator)
  }
}
