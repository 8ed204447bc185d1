import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Stationary laws of the heat bath, by chi-square at fixed seeds.
///
/// States are taken every 20 sweeps: the slowest mode of these chains decays by 0.873 a sweep, so
/// that neighbours are correlated by 0.07 in one mode of 63 or 255 and the test is hardly touched.
/// A fair chain fails one seed in a thousand.
@Suite struct WarmNetworksTests {
  private static let samples = 4000
  private static let thinning = 20

  private func test(
    _ network: HopfieldNetwork, by dynamics: Dynamics, against law: [Double], seed: UInt64
  ) -> ChiSquare {
    var generator = SeededGenerator(seed: seed)
    var counts = [Int](repeating: 0, count: 1 << network.size)
    var running = network.start(
      from: Cue(.random(size: network.size, using: &generator)), by: dynamics)
    for _ in 0..<50 { _ = running.step(using: &generator) }
    for _ in 0..<Self.samples {
      for _ in 0..<Self.thinning { _ = running.step(using: &generator) }
      counts[running.state.index] += 1
    }
    return ChiSquare(counts: counts, law: law)
  }

  private func network(_ warm: BoltzmannNetwork, selfCoupling: Bool = false) -> HopfieldNetwork {
    HopfieldNetwork(
      storing: PatternSet(warm.patterns), thresholds: warm.thresholds, selfCoupling: selfCoupling)
  }

  @Test(
    "Glauber comes to exp(-E / T), in every order", arguments: BoltzmannNetwork.all,
    [VisitOrder.sequential, .permuted, .random])
  func glauber(_ warm: BoltzmannNetwork, _ order: VisitOrder) {
    let dynamics = Dynamics.glauber(temperature: warm.temperature, order: order)
    let chi = test(network(warm), by: dynamics, against: warm.heatBath, seed: 1)
    #expect(chi.p > 0.001, "chi-square \(chi.statistic) of \(chi.degrees) degrees")
  }

  @Test(
    "Parallel Glauber comes to Peretto's law, which is another", arguments: BoltzmannNetwork.all)
  func parallel(_ warm: BoltzmannNetwork) {
    let dynamics = Dynamics.parallelGlauber(temperature: warm.temperature)
    let chi = test(network(warm), by: dynamics, against: warm.parallel, seed: 2)
    #expect(chi.p > 0.001, "chi-square \(chi.statistic) of \(chi.degrees) degrees")
    let other = test(network(warm), by: dynamics, against: warm.heatBath, seed: 2)
    #expect(other.p < 1e-6)
  }

  @Test("A kept self-coupling, a constant of the energy, does not change Glauber's law")
  func selfCoupling() {
    for warm in BoltzmannNetwork.all {
      let dynamics = Dynamics.glauber(temperature: warm.temperature)
      let chi = test(
        network(warm, selfCoupling: true), by: dynamics, against: warm.heatBath, seed: 3)
      #expect(chi.p > 0.001, "chi-square \(chi.statistic) of \(chi.degrees) degrees")
    }
  }

  @Test("The golden law is the twin's, and the test tells neighbouring temperatures apart")
  func laws() {
    for warm in BoltzmannNetwork.all {
      let twin = ReferenceNetwork(
        storing: warm.patterns, size: warm.size, thresholds: warm.thresholds)
      #expect(twin.boltzmann(temperature: warm.temperature).deviation(from: warm.heatBath) < 1e-12)
      let wrong = Dynamics.glauber(temperature: warm.temperature * 1.3)
      #expect(test(network(warm), by: wrong, against: warm.heatBath, seed: 1).p < 1e-6)
    }
  }

  @Test("A heat bath runs its sweeps, ends as a step limit, and keeps its energy exact")
  func energies() {
    var generator = SeededGenerator(seed: 4)
    let patterns = PatternSet.random(count: 10, size: 130, using: &generator)
    let network = HopfieldNetwork(storing: patterns)
    for order in [VisitOrder.sequential, .permuted, .random] {
      var running = network.start(
        from: Cue(patterns[0]), by: .glauber(temperature: 0.8, order: order))
      for _ in 0..<30 {
        let before = running.energy
        let step = running.step(using: &generator)
        #expect(running.energy == network.energy(of: running.state))
        #expect(step.energyDrop == before - running.energy)
        #expect(step.outcome == nil)
      }
    }
    let warm = network.evolve(
      patterns[0], by: .glauber(temperature: 0.2), sweeps: 25, using: &generator)
    #expect(warm.outcome == .stepLimit && warm.steps == 25)
    // Far below T = 1 the pattern is kept.
    #expect(warm.state.overlap(with: patterns[0]) > 0.9)
  }

  @Test("Annealing finds the lowest energy of all states more often than descent does")
  func annealing() {
    var generator = SeededGenerator(seed: 5)
    var annealed = 0
    var quenched = 0
    let trials = 60
    for _ in 0..<trials {
      let patterns = PatternSet.random(count: 4, size: 11, using: &generator)
      let network = HopfieldNetwork(storing: patterns)
      let lowest = (0..<1 << 11).map { network.energy(of: Pattern(index: $0, size: 11)) }.min()!
      let start = Pattern.random(size: 11, using: &generator)
      let slow = network.recall(
        from: Cue(start), by: .annealed(from: 2, sweeps: 100), using: &generator)
      #expect(slow.outcome == .fixedPoint)
      #expect(network.isFixedPoint(slow.state))
      #expect(slow.energy == network.energy(of: slow.state))
      if slow.energy == lowest { annealed += 1 }
      if network.recall(from: start).energy == lowest { quenched += 1 }
    }
    // Binomial: a difference of trials / 4 is more than two standard deviations of it, sqrt(2 / 4).
    #expect(annealed >= trials * 9 / 10)
    #expect(annealed - quenched > trials / 4)
  }
}
