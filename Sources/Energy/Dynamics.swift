/// How the spins of a network move.
///
///     let recall = network.recall(from: cue, by: .synchronous)
///     let warm = network.evolve(cue, by: .glauber(temperature: 0.4), sweeps: 200, using: &rng)
///
/// A *sweep* is one visit to every site. At zero field a spin stays as it is.
public enum Dynamics: Hashable, Sendable {
  /// One spin after another, each aligned with its field as it is at that moment. The energy never
  /// rises (Hopfield 1982), so that symmetric couplings without negative self-coupling always
  /// reach a fixed point.
  case asynchronous(order: VisitOrder = .sequential)

  /// All spins at once (Little 1974). A step is one parallel update. With symmetric couplings it
  /// ends at a fixed point or in a cycle of two states (Goles, Fogelman-Soulie and Pellegrin 1985).
  case synchronous

  /// Heat bath: the visited spin becomes +1 with probability 1 / (1 + exp(-2 h / T)), whose
  /// stationary law is exp(-E / T) (Glauber 1963). Runs for as many sweeps as it is given.
  case glauber(temperature: Double, order: VisitOrder = .sequential)

  /// All spins at once by the same probabilities (Little 1974; stationary law of Peretto 1984).
  case parallelGlauber(temperature: Double)

  /// Heat bath sweeps at temperatures that fall geometrically from `start` to `end`, then descent
  /// at T = 0 (Kirkpatrick, Gelatt and Vecchi 1983).
  case annealed(
    from: Double = 1, to: Double = 0.01, sweeps: Int, order: VisitOrder = .sequential)

  /// Whether the dynamics draws random numbers.
  public var isRandom: Bool {
    switch self {
    case .asynchronous(let order): order == .permuted || order == .random
    case .synchronous: false
    case .glauber, .parallelGlauber, .annealed: true
    }
  }
}

/// The order in which a sweep visits the sites.
public enum VisitOrder: Hashable, Sendable {
  /// Sites 0 to N - 1: the order of choice, and the fastest.
  case sequential
  /// This permutation of the sites, every sweep.
  case given([Int])
  /// A fresh random permutation every sweep.
  case permuted
  /// N sites drawn with replacement (Hopfield 1982: each neuron at random times). A fixed point is
  /// claimed only after the fields of all sites were checked.
  case random
  /// Always the site whose flip lowers the energy most, the lowest index among equals. A step is one
  /// flip. At T = 0 only.
  case steepest
}
