public import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// What do the valleys look like? The energy on the plane through three stored patterns, with the paths of
/// recalls that start there.
///
///     let experiment = LandscapeExperiment(size: 1_000, load: 0.01, trials: 30, seed: 7)
///     for row in try await experiment.run() where row.kind == "path" { print(row.x, row.y, row.energy) }
///
/// The patterns are the corners of an equilateral triangle, and a state is drawn at its foot on their
/// plane. The surface is the mean energy of independent spins; of the states above a point it shows those
/// that hold the three patterns, in the middle the mixture sgn(ξ¹ + ξ² + ξ³), and beyond the sides the
/// mixtures with one sign reversed, all exactly. Recalls start at states drawn so at points that cover the
/// map, and visit site after site. Paths may leave the surface into the other N − 2 dimensions: they end
/// where the surface has no valley.
///
/// - Source: Hopfield 1982, eq. 7, for the energy, and 1984 for that of graded values; Amit, Gutfreund
///   and Sompolinsky 1985, Phys. Rev. A 32, 1007, for mixtures.
public struct LandscapeExperiment: Experiment {
  /// A point of the picture, with its energy.
  public struct Row: Codable, Sendable, Equatable {
    public var rule: String
    public var neurons: Int
    public var load: Double
    public var patterns: Int
    public var grid: Int
    public var trials: Int
    public var seed: UInt64
    /// pattern, mixture, path or grid.
    public var kind: String
    /// The path this is a point of, and how many spins it has flipped so far.
    public var path: Int?
    public var flips: Int?
    /// Where it is drawn: (a₂ − a₁)/√2 and (2a₃ − a₁ − a₂)/√6, a being the patterns' shares.
    public var x: Double
    public var y: Double
    /// The energy a neuron; nil where no state has its foot, or the rule could not learn the patterns.
    public var energy: Double?
    /// The theory's mean of it over sets of random patterns: Hebb's rule only.
    public var predicted: Double?
    /// Where the path ends: stored, reversed, mixture or other.
    public var end: String?
  }

  public static let name = "landscape"
  public let size: Int
  public let load: Double
  public let grid: Int
  public let trials: Int
  public let seed: UInt64
  public let rule: LearningRule

  /// The points of each path, but for the first.
  static let pathSteps = 32
  /// How far the picture reaches from the triangle's middle; its corners are at √(2/3).
  static let reach = 1.0

  /// - Parameters:
  ///   - size: N, 8 or more.
  ///   - load: P / N; P is rounded, and 3 or more.
  ///   - grid: points of the surface in each direction.
  ///   - trials: recalls.
  ///   - seed: of all random numbers.
  ///   - rule: how the network learns.
  public init(
    size: Int, load: Double, grid: Int = 81, trials: Int, seed: UInt64,
    rule: LearningRule = .hebbian
  ) {
    precondition(size >= 8, "\(size) neurons: at least 8 are needed")
    precondition(load > 0 && load.isFinite, "a load of \(load), not above 0")
    precondition(grid > 1, "a grid of \(grid) points: at least 2 are needed")
    precondition(trials > 0, "\(trials) recalls: at least 1 is needed")
    self.size = size
    self.load = load
    self.grid = grid
    self.trials = trials
    self.seed = seed
    self.rule = rule
  }

  public var conditions: Int { 1 }
  public var rowsPerCondition: Int { 7 + trials * (Self.pathSteps + 1) + grid * grid }

  private var count: Int { max(3, patternCount(load: load, size: size)) }

  /// The places of the grid's columns, and of its rows.
  var places: [Double] {
    (0..<grid).map { Self.reach * (2 * Double($0) / Double(grid - 1) - 1) }
  }

  /// The network, the same for any number of recalls; nil where the rule cannot learn the patterns.
  package var network: HopfieldNetwork? {
    var random = SeededGenerator(seed: seed)
    var patterns: PatternSet
    repeat {
      patterns = .random(count: count, size: size, using: &random)
    } while Set((0..<3).map { patterns[$0] }).count < 3
    return try? HopfieldNetwork(storing: patterns, by: rule, threads: 1)
  }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    guard let network else {
      return [Row](repeating: row("grid", .init(x: 0, y: 0), nil), count: rowsPerCondition)
    }
    let patterns = (0..<3).map { network.patterns[$0] }
    let plane = PatternPlane(through: patterns, of: network)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let paths = trials.run { trial, random in
      path(trial, from: plane.state(at: start(trial), using: &random), of: network, on: plane)
    }
    func marked(_ kind: String, _ state: Pattern, _ predicted: Double) -> Row {
      var row = row(kind, plane.point(of: state), network.energy(of: state))
      // Each pair of sites counts, none with itself.
      if rule.name == "hebbian" { row.predicted = predicted * (1 - 1 / Double(size)) }
      return row
    }
    let mixed = SpuriousStates.mixture(of: 3).freeEnergy
    let mixtures = [[1, 1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, -1]].map { signs in
      network.patterns.mixture(of: signs.enumerated().map { ($0, $1) })
    }
    return patterns.map { marked("pattern", $0, -0.5) }
      + mixtures.map { marked("mixture", $0, mixed) } + paths.joined()
      + places.flatMap { y in
        places.map { x in
          let point = PatternPlane.Point(x: x, y: y)
          return row("grid", point, plane.hasState(at: point) ? plane.energy(at: point) : nil)
        }
      }
  }

  private func row(_ kind: String, _ point: PatternPlane.Point, _ energy: Double?) -> Row {
    Row(
      rule: rule.name, neurons: size, load: load, patterns: count, grid: grid, trials: trials,
      seed: seed, kind: kind, x: point.x, y: point.y, energy: energy.map { $0 / Double(size) })
  }

  /// Where recall `trial` starts: along a spiral that covers the hexagon evenly.
  private func start(_ trial: Int) -> PatternPlane.Point {
    // Successive points a golden angle apart (Vogel 1979).
    let angle = Double(trial) * Double.pi * (3 - 5.0.squareRoot())
    let radius = 0.72 * ((Double(trial) + 0.5) / Double(trials)).squareRoot()
    return .init(x: radius * cos(angle), y: radius * sin(angle))
  }

  /// The recall from `start`, site after site, at `pathSteps` + 1 states evenly among its flips.
  private func path(
    _ trial: Int, from start: Pattern, of network: HopfieldNetwork, on plane: PatternPlane
  ) -> [Row] {
    var running = network.start(from: Cue(start), by: .asynchronous(), threads: 1)
    var flips: [Int] = []
    var spins = start.spins
    var isAtRest = false
    while !isAtRest {
      isAtRest = running.step().outcome != nil
      // A sweep visits a site once, in their order: what differs after it has flipped in that order.
      let after = running.state.spins
      flips += spins.indices.filter { spins[$0] != after[$0] }
      spins = after
    }
    let end = network.recall(running.state, random: SeededGenerator(seed: seed)).identity.kind
    var state = start
    var done = 0
    return (0...Self.pathSteps).map { step in
      while done < step * flips.count / Self.pathSteps {
        state[flips[done]] = -state[flips[done]]
        done += 1
      }
      var row = row("path", plane.point(of: state), network.energy(of: state))
      (row.path, row.flips, row.end) = (trial, done, end.rawValue)
      return row
    }
  }

  /// The patterns, the mixtures, and the end of each path.
  public func summary(of rows: [Row]) -> [Row] {
    rows.filter { $0.kind == "pattern" || $0.kind == "mixture" } + ends(in: rows)
  }

  /// The last point of each path, in their order.
  func ends(in rows: [Row]) -> [Row] {
    let points = rows.filter { $0.kind == "path" }
    return stride(from: Self.pathSteps, to: points.count, by: Self.pathSteps + 1).map { points[$0] }
  }

  /// The energies a neuron of the patterns and of their mixture, and the shares of recalls that end at a
  /// pattern and at a mixture; that nothing was learned, if so.
  public func findings(from rows: [Row]) -> [(name: String, value: Double)] {
    let patterns = rows.filter { $0.kind == "pattern" }
    guard let mixture = rows.first(where: { $0.kind == "mixture" }), let energy = mixture.energy
    else { return rows.isEmpty ? [] : [("learned", 0)] }
    let ends = ends(in: rows)
    func share(_ kind: String) -> Double {
      Double(ends.count { $0.end == kind }) / Double(trials)
    }
    let predictions = [
      ("predictedPatternEnergy", patterns[0].predicted),
      ("predictedMixtureEnergy", mixture.predicted),
    ].compactMap { name, value in value.map { (name, $0) } }
    return [
      ("patternEnergy", Estimate(of: patterns.compactMap(\.energy)).value),
      ("mixtureEnergy", energy),
    ] + predictions + [("stored", share("stored")), ("mixtures", share("mixture"))]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.rule == rule.name && row.neurons == size && row.load == load && row.grid == grid
      && row.trials == trials && row.seed == seed
  }
}
