public import HopfieldClassical
public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns
internal import HopfieldPlots

/// Every attractor of a small network, by enumeration of all its states: the fixed points, how deep they
/// are, how many states fall into each, and what they are.
///
///     let census = AttractorCensus(of: HopfieldNetwork(storing: patterns))
///     for attractor in census.attractors { print(attractor.energy, attractor.basin, attractor.kind) }
///
/// The dynamics is that of `recall`: sweeps over sites 0 to N − 1 until nothing moves; a spin at zero field
/// stays.
///
/// - Complexity: O(2^N N²) time on all processors and 4 · 2^N bytes, N = 24 at the most: some seconds.
public struct AttractorCensus: Sendable {
  /// A fixed point.
  public struct Attractor: Sendable, Equatable {
    public let state: Pattern
    public let energy: Double
    /// The number of states that end in it, itself included.
    public let basin: Int
    public let identity: Identity
    public var kind: Identity.Kind { identity.kind }
  }

  /// The largest network that is enumerated.
  public static let largestSize = 24

  /// All fixed points, the deepest first; among equals, in the order of their states as numbers
  /// whose bit i is spin i.
  public let attractors: [Attractor]

  /// Enumerates the states of `network`.
  ///
  /// - Parameters:
  ///   - network: of at most 24 neurons.
  ///   - threads: at most this many; nil for all processors.
  public init(of network: HopfieldNetwork, threads: Int? = nil) {
    let size = network.size
    precondition(
      size <= Self.largestSize, "\(size) neurons: at most \(Self.largestSize) are enumerated")
    let machine = SweepTable(of: network)
    let count = 1 << size
    let next = Slots<[UInt32]>(count: 64)
    Parallel.forEach(64, threads: threads ?? Parallel.processors) { part in
      let range = count * part / 64..<count * (part + 1) / 64
      next[part] = range.map { machine.sweep(from: UInt32($0)) }
    }
    var end = next.all.flatMap { $0 }
    // Follows each chain of sweeps once: every state on it gets the end as its next.
    var basins: [UInt32: Int] = [:]
    for start in 0..<count {
      var state = UInt32(start)
      var steps = 0
      while end[Int(state)] != state {
        state = end[Int(state)]
        steps += 1
        precondition(steps <= count, "a cycle: only self-couplings below 0 make one")
      }
      var walker = UInt32(start)
      while end[Int(walker)] != state { (walker, end[Int(walker)]) = (end[Int(walker)], state) }
      basins[state, default: 0] += 1
    }
    attractors = basins.sorted { $0.key < $1.key }
      .map { index, basin in
        let state = Pattern(size: size) { index >> $0 & 1 == 1 }
        return Attractor(
          state: state, energy: network.energy(of: state), basin: basin,
          identity: network.identity(of: state))
      }
      .sorted { $0.energy < $1.energy }
  }
}

/// A network's fields as tables over the two halves of a state that is a number: bit i is spin i.
private struct SweepTable: Sendable {
  private let size: Int
  private let half: Int
  /// Of each neuron, what the lower spins add to its field, less its threshold, and the upper ones.
  private let lower: [Double]
  private let upper: [Double]
  /// Fields below this are ties: the rounding of couplings that are kept as floats.
  private let rounding: Double

  init(of network: HopfieldNetwork) {
    let size = network.size
    let couplings: [Double] = network.couplings()
    let thresholds = network.thresholds ?? [Double](repeating: 0, count: size)
    let half = size / 2
    func field(_ i: Int, _ spins: Range<Int>, _ bits: Int) -> Double {
      spins.reduce(0) { field, j in
        let coupling = couplings[i * size + j]
        return bits >> (j - spins.lowerBound) & 1 == 1 ? field + coupling : field - coupling
      }
    }
    lower = (0..<size).flatMap { i in
      (0..<1 << half).map { field(i, 0..<half, $0) - thresholds[i] }
    }
    upper = (0..<size).flatMap { i in (0..<1 << (size - half)).map { field(i, half..<size, $0) } }
    let largest = (0..<size).map { i in
      (0..<size).reduce(abs(thresholds[i])) { $0 + abs(couplings[i * size + $1]) }
    }.max()!
    rounding = largest * 0x1p-22
    self.size = size
    self.half = half
  }

  /// The state after one sweep.
  func sweep(from start: UInt32) -> UInt32 {
    var state = Int(start)
    let mask = 1 << half - 1
    for i in 0..<size {
      let field = lower[i << half | state & mask] + upper[i << (size - half) | state >> half]
      if field > rounding { state |= 1 << i } else if field < -rounding { state &= ~(1 << i) }
    }
    return UInt32(state)
  }
}

extension AttractorCensus {
  /// Depth and width of the attractors, by their kind, as SVG.
  public var figure: String {
    let kinds: [Identity.Kind] = [.stored, .reversed, .mixture, .other]
    let plot = Plot(
      "Attractors of \(attractors.first?.state.size ?? 0) neurons", x: "energy *E*",
      y: "states in the basin"
    ).yAxis(.logarithmic)
    return kinds.reduce(plot) { plot, kind in
      let some = attractors.filter { $0.kind == kind }
      guard !some.isEmpty else { return plot }
      return plot.points(
        some.map(\.energy), some.map { Double($0.basin) }, label: kind.rawValue)
    }.svg
  }
}
