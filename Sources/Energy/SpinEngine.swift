/// The moving part of a network of spins: a state, and what is needed to move it quickly.
///
/// It knows fields and flips; which sites are visited when, at what temperature, and when a run is
/// over, is the same for all networks and stands in ``SpinWalk``. It need not have an energy: one that
/// has is a ``SpinEngine``.
///
/// `noise` is in units of the local field and is added to the threshold of a visit: at temperature T
/// a threshold of T artanh(2 u - 1), with u uniform in (0, 1), makes the deterministic rule
/// Glauber's, for P(h > T artanh(2 u - 1)) = 1 / (1 + exp(-2 h / T)).
public protocol MovingSpins<State> {
  associatedtype State: Equatable & Sendable
  var state: State { get }

  /// The number of sites.
  var size: Int { get }

  /// The longest cycle that parallel updates can end in, or nil where any period may occur.
  static var longestCycle: Int? { get }

  /// Whether what comes next depends on more than the present state: then a state that stays, or comes
  /// back, is no end.
  var remembersPast: Bool { get }

  /// Visits all sites in ascending order, `noise` one value a site; returns the number of flips.
  mutating func sweep(noise: [Double]?) -> Int
  /// Visits `sites`, `noise` one value a visit; returns the number of flips.
  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int
  /// Updates all sites at once, `noise` one value a site; returns the number that changed.
  mutating func update(noise: [Double]?) -> Int
  /// Whether no site would move.
  mutating func isStable() -> Bool
}

extension MovingSpins {
  public var remembersPast: Bool { false }
}

/// Spins that descend an energy: the moving part of a recall.
public protocol SpinEngine<State>: MovingSpins, RunningRecall {
  /// Flips the site whose flip lowers the energy most; returns 0 where none does.
  mutating func flipSteepest() -> Int
}
