import HopfieldClassical
import HopfieldExperiments
import HopfieldPatterns
import Testing

@Suite struct PatternPlaneTests {
  private typealias Point = PatternPlane.Point

  /// A network with `count` random patterns, and the plane through the first three.
  private func plane(
    size: Int, count: Int = 4, by rule: LearningRule, seed: UInt64
  ) throws -> (network: HopfieldNetwork, plane: PatternPlane) {
    var random = SeededGenerator(seed: seed)
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    let network = try HopfieldNetwork(storing: patterns, by: rule)
    return (network, PatternPlane(through: (0..<3).map { patterns[$0] }, of: network))
  }

  private static let points = [
    Point(x: 0, y: 0), Point(x: 0.2, y: 0.1), Point(x: -0.4, y: -0.3), Point(x: 0.1, y: 0.6),
    Point(x: 0.6, y: 0.2), Point(x: -0.05, y: -0.7),
  ]

  private static let rules: [LearningRule] = [
    .hebbian, .storkey, .projection, .projection(selfCoupling: true), .minimumProbabilityFlow,
  ]

  /// Each pattern is at its corner, with its own energy.
  @Test(arguments: rules.map(\.name))
  func cornersAreThePatterns(_ name: String) throws {
    let (network, plane) = try plane(size: 70, by: LearningRule.named(name)!, seed: 3)
    let (x, y) = (0.5.squareRoot(), (1.0 / 6).squareRoot())
    for (k, corner) in [(-x, -y), (x, -y), (0, 2 * y)].enumerated() {
      let point = plane.point(of: plane.patterns[k])
      #expect(abs(point.x - corner.0) < 1e-12)
      #expect(abs(point.y - corner.1) < 1e-12)
      #expect(abs(plane.energy(at: point) - network.energy(of: network.patterns[k])) < 1e-9)
    }
  }

  /// −½ vᵀ J v + θ·v with every coupling written out: Hebb's from the spins, the others as the network has
  /// them.
  @Test(arguments: rules.map(\.name))
  func energiesAreThoseOfTheMatrix(_ name: String) throws {
    let size = 50
    let (network, plane) = try plane(size: size, by: LearningRule.named(name)!, seed: 5)
    var couplings: [Double] = network.couplings()
    if name == "hebbian" {
      let spins = network.patterns.indices.map { network.patterns[$0].spins }
      for i in 0..<size {
        for j in 0..<size where i != j {
          couplings[i * size + j] =
            spins.reduce(0) { $0 + Double(Int($1[i]) * Int($1[j])) } / Double(size)
        }
      }
    }
    for point in Self.points {
      let means = plane.means(at: point)
      var energy = 0.0
      for i in 0..<size {
        energy += (network.thresholds?[i] ?? 0) * means[i]
        for j in 0..<size { energy -= couplings[i * size + j] * means[i] * means[j] / 2 }
      }
      // Couplings of matrices are floats.
      #expect(abs(plane.energy(at: point) - energy) < 1e-4, "\(point)")
    }
  }

  /// Thresholds count as they do in a state's energy.
  @Test func thresholdsPullEachSpin() {
    var random = SeededGenerator(seed: 6)
    let patterns = PatternSet.random(count: 3, size: 40, using: &random)
    let thresholds = (0..<40).map { Double($0 % 7 - 2) / 8 }
    func plane(_ network: HopfieldNetwork) -> PatternPlane {
      PatternPlane(through: (0..<3).map { patterns[$0] }, of: network)
    }
    let network = HopfieldNetwork(storing: patterns, thresholds: thresholds)
    let (with, without) = (plane(network), plane(HopfieldNetwork(storing: patterns)))
    for k in 0..<3 {
      let corner = with.point(of: patterns[k])
      #expect(abs(with.energy(at: corner) - network.energy(of: patterns[k])) < 1e-9)
    }
    for point in Self.points {
      let pull = zip(thresholds, with.means(at: point)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(with.energy(at: point) - without.energy(at: point) - pull) < 1e-9)
    }
  }

  /// The energy of the means is the mean of the energies.
  @Test(arguments: ["hebbian", "storkey", "minimum-probability-flow"])
  func sampledSpinsHaveThisMeanEnergy(_ name: String) throws {
    let (network, plane) = try plane(size: 50, by: LearningRule.named(name)!, seed: 7)
    var random = SeededGenerator(seed: 8)
    for point in Self.points.dropFirst() {
      let energies = (0..<300).map { _ in
        network.energy(of: plane.state(at: point, using: &random))
      }
      let expected = Estimate(plane.energy(at: point), error: 1e-9)
      #expect(Estimate(of: energies).deviation(from: expected) < 4, "\(point)")
    }
  }

  /// Three orthogonal patterns of 64 spins, for which the theory is exact.
  private func orthogonal() -> (network: HopfieldNetwork, plane: PatternPlane) {
    let patterns = PatternSet([1, 2, 4].map { k in Pattern(size: 64) { ($0 & k) == 0 } })
    let network = HopfieldNetwork(storing: patterns)
    return (network, PatternPlane(through: (0..<3).map { patterns[$0] }, of: network))
  }

  /// All four mixtures of the map are on it, and an even mixture is a hilltop.
  @Test func mixturesAreOnTheSurface() {
    let (network, plane) = orthogonal()
    for signs in [[1, 1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, -1]] {
      let mixture = network.patterns.mixture(of: signs.enumerated().map { ($0, $1) })
      let point = plane.point(of: mixture)
      #expect(plane.hasState(at: point))
      #expect(abs(plane.energy(at: point) - network.energy(of: mixture)) < 1e-9)
      // −N/2 (3 m² − α), m = 1/2.
      #expect(abs(plane.energy(at: point) + 32 * (0.75 - 3.0 / 64)) < 1e-9)
    }
    #expect(abs(plane.point(of: network.patterns.mixture(of: [(0, 1), (1, 1), (2, 1)])).x) < 1e-12)
    // Half way between two patterns: a quarter of the spins at +-1 for each of two overlaps of 1/2.
    let middle = Point(x: 0, y: -(1.0 / 6).squareRoot())
    #expect(abs(plane.energy(at: middle) + 32 * (0.5 - 3.0 / 64 / 2)) < 1e-9)
    for (x, y) in [(0.05, 0.0), (-0.05, 0), (0, 0.05), (0, -0.05)] {
      let beside = Point(x: middle.x + x, y: middle.y + y)
      #expect(plane.energy(at: beside) < plane.energy(at: middle))
    }
  }

  /// A state with the means of a point has its foot there.
  @Test func statesLieAboveTheirPoints() {
    let (_, plane) = orthogonal()
    for point in Self.points {
      #expect(plane.hasState(at: point))
      let means = plane.means(at: point)
      #expect(means.allSatisfy { (-1...1).contains($0) })
      let overlaps = plane.patterns.map { pattern in
        means.indices.reduce(0) { $0 + means[$1] * Double(pattern[$1]) } / 64
      }
      #expect(abs((overlaps[1] - overlaps[0]) / 2.0.squareRoot() - point.x) < 1e-12)
      let up = 2 * overlaps[2] - overlaps[0] - overlaps[1]
      #expect(abs(up / 6.0.squareRoot() - point.y) < 1e-12)
    }
    #expect(!plane.hasState(at: Point(x: 0.75, y: 0)))
    #expect(!plane.hasState(at: Point(x: 0, y: 0.85)))
  }
}
