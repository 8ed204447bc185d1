public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns
internal import Synchronization

/// The dense associative memory of Krotov and Hopfield: spins whose energy weighs overlaps steeply.
///
///     let memory = DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 4))
///     let recall = memory.recall(from: cue)
///     print(recall.outcome, patterns[0].overlap(with: recall.state))      // fixedPoint 1.0
///
/// With patterns ξ, states s and an ``Interaction`` F,
///
///     E = −Σ_μ F(ξ^μ · s),     sᵢ ← sgn(E(sᵢ = −1) − E(sᵢ = +1)),  a tie keeps sᵢ
///
/// F(x) = x² has the states, ties and sweeps of Hebb's network (w_ii = 0): E₂ = 2 N E_Hebb − N P, so
/// that a heat bath at temperature T does there what it does in `HopfieldNetwork` at T / 2 N. It is
/// not that network's energy. Degree n holds about N^(n − 1) patterns.
///
/// Overlaps are integers, and polynomial energies and decisions are exact: in doubles while
/// 4 P (Nⁿ − (N − 2)ⁿ) < 2⁵³, in 128 bits where that does not decide, up to 2¹²⁶; beyond, sums are
/// rounded to a relative 10⁻¹⁶ P. For the exponential, exact ties (equal overlaps that exchange) are
/// recognised; the rest is as exact as doubles are. Every set of vector instructions gives the same
/// bits.
///
/// The exponential's energy passes the range of doubles near N = 700. Up to N = 688 it is
/// −Σ exp(ξ · s). For larger N it is −ln Σ exp(ξ · s), which rises and falls with it: descents are
/// the same, and a heat bath is that of the logarithm.
///
/// - Complexity: storing is O(N P) bits; a sweep O(N P) and a flip O(P); memory N P / 8 bytes, as
///   much again from the first recall or energy on, and tables of N entries.
/// - Source: Krotov and Hopfield 2016, "Dense associative memory for pattern recognition", the
///   energy and the update rule of section 2; Demircigil et al. 2017 for the exponential.
public struct DenseAssociativeMemory: AssociativeMemory {
  /// The stored patterns.
  public private(set) var patterns: PatternSet
  let table: InteractionTable
  private var rows = LazyRows()

  /// The memory that stores `patterns`.
  public init(storing patterns: PatternSet, interaction: Interaction) {
    self.patterns = patterns
    table = InteractionTable(interaction, size: patterns.size)
  }

  /// F.
  public var interaction: Interaction { table.interaction }

  /// The number of neurons, N.
  public var size: Int { patterns.size }

  // MARK: - Storing and forgetting

  /// Stores one more pattern and returns its index.
  ///
  /// - Complexity: O(N).
  @discardableResult
  public mutating func store(_ pattern: Pattern) -> Int {
    rows = LazyRows()
    return patterns.insert(pattern)
  }

  /// Forgets the pattern of this index; the other patterns keep theirs.
  ///
  /// - Complexity: O(N).
  public mutating func forget(_ index: Int) {
    rows = LazyRows()
    patterns.remove(at: index)
  }

  // MARK: - Energy and fields

  /// E = −Σ_μ F(ξ^μ · s), rounded once from an integer where 126 bits hold it.
  ///
  /// 0 where nothing is stored. See above for the exponential beyond N = 688.
  ///
  /// - Complexity: O(N P).
  public func energy(of state: Pattern) -> Double { engine(at: state).energy }

  /// hᵢ = (E(sᵢ = −1) − E(sᵢ = +1)) / 2: the fields that the spins align with.
  ///
  /// In units of this energy, so that Glauber's rule holds as for any network.
  ///
  /// - Complexity: O(N P).
  public func localFields(at state: Pattern) -> [Double] {
    var engine = engine(at: state)
    return engine.localFields()
  }

  /// Whether `state` is a fixed point: no single flip lowers the energy.
  ///
  /// - Complexity: O(N P).
  public func isFixedPoint(_ state: Pattern) -> Bool {
    var engine = engine(at: state)
    return engine.isStable()
  }

  /// The engine at `state`.
  func engine(
    at state: Pattern, frozen: [UInt64]? = nil, threads: Int = Parallel.processors
  ) -> DenseEngine {
    precondition(state.size == size, "a state of \(state.size) spins for \(size) neurons")
    return DenseEngine(
      rows(threads: threads), table: table, state: state, frozen: frozen, threads: threads)
  }

  /// The patterns as recalls want them.
  func rows(threads: Int) -> DensePatterns { rows.made(from: patterns.tiles, threads: threads) }
}

/// The rows of some patterns, made when somebody first wants them and shared from then on.
private final class LazyRows: Sendable {
  private let rows = Mutex<DensePatterns?>(nil)

  func made(from tiles: PatternTiles, threads: Int) -> DensePatterns {
    rows.withLock { rows in
      let made = rows ?? DensePatterns(tiles, threads: threads)
      rows = made
      return made
    }
  }
}
