import HopfieldClassical
import HopfieldEnergy
import HopfieldGraded
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct GradedHopfieldNetworkTests {
  struct Trajectory: Decodable, Sendable, CustomTestStringConvertible {
    let size: Int
    let tau: Double
    let beta: Double
    let couplings: [[Double]]
    let input: [Double]
    let start: [Double]
    let times: [Double]
    let states: [[Double]]
    let lyapunov: [Double]
    let rest: [Double]
    let tolerance: Double

    enum CodingKeys: String, CodingKey {
      case size = "N"
      case couplings = "W"
      case input = "I"
      case start = "x0"
      case states = "x"
      case rest = "fixed_point"
      case tau, beta, times, lyapunov, tolerance
    }

    var testDescription: String { "\(size) neurons, beta \(beta), tau \(tau)" }
    var network: GradedHopfieldNetwork {
      GradedHopfieldNetwork(
        couplings: couplings.flatMap { $0 }, tau: tau, gain: .tanh(beta: beta), input: input)
    }

    static var all: [Trajectory] {
      struct File: Decodable { let instances: [Trajectory] }
      return Golden.load(File.self, from: "continuous1984").instances
    }
  }

  private func patterns(_ count: Int, _ size: Int, seed: UInt64 = 1) -> PatternSet {
    var rng = SeededGenerator(seed: seed)
    return PatternSet.random(count: count, size: size, using: &rng)
  }

  // MARK: Golden

  @Test("Trajectories and Lyapunov function equal the golden ones", arguments: Trajectory.all)
  func trajectories(of golden: Trajectory) {
    var network = golden.network
    network.tolerance = 1e-12
    let states = network.trajectory(from: golden.start, at: golden.times)
    for (k, state) in states.enumerated() {
      #expect(state.deviation(from: golden.states[k]) <= golden.tolerance, "t = \(golden.times[k])")
      #expect(abs(network.energy(of: state) - golden.lyapunov[k]) <= golden.tolerance)
    }
  }

  @Test("Recalls end at the golden point of rest, V falling", arguments: Trajectory.all)
  func rest(of golden: Trajectory) {
    let network = golden.network
    let recall = network.recall(from: golden.start)
    #expect(recall.outcome == .fixedPoint)
    #expect(recall.state.deviation(from: golden.rest) < 1e-6)
    #expect(network.rate(at: golden.rest).allSatisfy { abs($0) < 1e-12 })
    for (before, after) in zip(recall.energyTrace, recall.energyTrace.dropFirst()) {
      #expect(after <= before + 1e-12)
    }
    checkAssociativeMemory(
      network, from: [golden.start, golden.start.map { -3 * $0 }], tolerance: 1e-6)
  }

  @Test("V falls at the rate -sum g'(x) (dx/dt)^2", arguments: Trajectory.all)
  func fall(of golden: Trajectory) {
    let network = golden.network
    for state in golden.states.prefix(4) {
      let rate = network.rate(at: state)
      let h = 1e-6
      let ahead = zip(state, rate).map { $0 + h * $1 }
      let behind = zip(state, rate).map { $0 - h * $1 }
      let slope = (network.energy(of: ahead) - network.energy(of: behind)) / (2 * h)
      let expected = -zip(state, rate).reduce(0.0) {
        $0 + network.gain.derivative(at: $1.0) * $1.1 * $1.1
      }
      #expect(abs(slope - expected) < 1e-6 * max(1, abs(expected)))
    }
  }

  // MARK: High gain

  @Test(
    "At high gain the points of rest are the fixed points of 1982",
    arguments: Golden.smallNetworks(rule: "hebb").filter {
      $0.solution.isFloatSafe && $0.size <= 8
    })
  func highGain(of small: SmallNetwork) {
    let couplings = small.solution.couplings.enumerated().flatMap { i, row in
      row.enumerated().map { $0 == i ? 0 : $1 }
    }
    let reference = ReferenceNetwork(
      couplings: small.solution.couplings, thresholds: small.thresholds)
    var network = GradedHopfieldNetwork(
      couplings: couplings, gain: .tanh(beta: 60), input: small.thresholds.map { -$0 })
    network.tolerance = 1e-7
    var rng = SeededGenerator(seed: 3)
    var ends: Set<Int> = []
    for state in small.states {
      // Off the separatrices that a symmetry might put a corner on.
      let start = (0..<small.size).map {
        Double(state[$0]) * (0.9 + 0.2 * Double(rng.next() >> 11) * 0x1p-53)
      }
      let recall = network.recall(from: start)
      #expect(recall.outcome == .fixedPoint)
      let end = network.spins(of: recall.state).index
      #expect(small.solution.fixedPoints.contains(end))
      ends.insert(end)
      // A corner without a field of 0 that is fixed there is at rest here.
      let fields = reference.fields(at: state)
      if small.solution.fixedPoints.contains(state.index), fields.allSatisfy({ abs($0) > 0.1 }) {
        #expect(end == state.index)
      }
    }
    #expect(!ends.isEmpty)
  }

  @Test("At high gain the logistic network is that of 0/1 units", arguments: SmallBinaryNetwork.all)
  func binary(of small: SmallBinaryNetwork) {
    let couplings = small.couplings.flatMap { $0.map(Double.init) }
    // A threshold of exactly a field would be a tie: U is moved off the whole numbers as 1982 does.
    var network = GradedHopfieldNetwork(
      couplings: couplings, gain: .logistic(beta: 200), input: small.unitThresholds.map { -$0 })
    network.tolerance = 1e-7
    for k in 0..<1 << small.size {
      let spins = Pattern(index: k, size: small.size)
      let outputs = spins.spins.map { $0 > 0 ? 1.0 : 0 }
      let fields = (0..<small.size).map { i in
        zip(small.couplings[i], outputs).reduce(-small.unitThresholds[i]) {
          $0 + Double($1.0) * $1.1
        }
      }
      guard fields.allSatisfy({ abs($0) > 0.2 }) else { continue }
      // V is the energy of 1982 where outputs are saturated.
      let corner = spins.spins.map { Double($0) * 10 }
      #expect(abs(network.energy(of: corner) - small.energies[k]) < 1e-9)
      // From the potentials that these outputs ask for.
      let recall = network.recall(from: fields)
      let isAtRest = zip(fields, spins.spins).allSatisfy { ($0 > 0) == ($1 > 0) }
      #expect(isAtRest == small.fixedPoints.contains(k))
      if isAtRest { #expect(network.spins(of: recall.state) == spins) }
    }
  }

  // MARK: Stored patterns

  @Test(
    "Damaged patterns come back, for both gains and both forms of the couplings",
    arguments: [(Gain.tanh(beta: 6), 6), (.tanh(beta: 6), 90), (.logistic(beta: 12), 6)])
  func storedPatterns(_ gain: Gain, _ count: Int) {
    let size = count > 50 ? 140 : 120
    // Many patterns that are nearly the same few: Hebb's rule holds no 90 random ones.
    let few = patterns(6, size)
    let stored = PatternSet((0..<count).map { few[$0 % 6] })
    let network = GradedHopfieldNetwork(storing: stored, gain: gain)
    var rng = SeededGenerator(seed: 2)
    for k in 0..<6 {
      let recall = network.recall(from: Cue(few[k].flipping(fraction: 0.1, using: &rng)))
      #expect(recall.outcome == .fixedPoint)
      #expect(network.spins(of: recall.state) == few[k])
      #expect(recall.identity.kind == .stored)
      #expect(recall.identity.match == .init(pattern: k, weight: 1))
      #expect(recall.identity.isExact)
      let half = Cue(few[k], known: { $0 % 2 == 0 }, clampingKnown: true)
      let filled = network.recall(from: half)
      #expect(network.spins(of: filled.state) == few[k])
      for i in half.knownSites { #expect(filled.state[i] == Double(few[k][i])) }
    }
  }

  @Test("Both forms of Hebb's couplings give the same field")
  func forms() {
    let few = patterns(7, 64)
    let network = GradedHopfieldNetwork(storing: few, gain: .tanh(beta: 2))
    let matrix = GradedHopfieldNetwork(
      couplings: HopfieldNetwork(storing: few).couplings(), gain: .tanh(beta: 2))
    let many = GradedHopfieldNetwork(storing: patterns(50, 64), gain: .tanh(beta: 2))
    let manyMatrix = GradedHopfieldNetwork(
      couplings: HopfieldNetwork(storing: patterns(50, 64)).couplings(), gain: .tanh(beta: 2))
    var rng = SeededGenerator(seed: 4)
    let state = (0..<64).map { _ in Double(rng.next() >> 11) * 0x1p-52 - 1 }
    #expect(network.rate(at: state).deviation(from: matrix.rate(at: state)) < 1e-14)
    #expect(many.rate(at: state).deviation(from: manyMatrix.rate(at: state)) < 1e-14)
  }

  @Test(
    "Unknown sites start where the known ones point, for spins and for 0/1 units alike",
    arguments: [Gain.tanh(beta: 3), .logistic(beta: 3)])
  func completion(_ gain: Gain) {
    let stored = patterns(9, 80)
    let network = GradedHopfieldNetwork(storing: stored, gain: gain)
    let hebb = HopfieldNetwork(storing: stored)
    for k in 0..<9 {
      let cue = Cue(stored[k], known: { $0 % 3 == 1 })
      #expect(network.completed(cue) == hebb.completed(cue))
    }
  }

  @Test("Time ends a recall; many cues are recalled as alone")
  func time() {
    let stored = patterns(5, 60)
    let network = GradedHopfieldNetwork(storing: stored, tau: 0.5, gain: .tanh(beta: 4))
    let cues = (0..<5).map { Cue(stored[$0].flipping(sites: [0, 1, 2])) }
    let short = network.recall(from: cues[0], until: 0.25)
    #expect(short.outcome == .stepLimit)
    var running = network.start(from: cues[0], until: 0.25)
    while network.descend(&running).outcome == nil {}
    #expect(running.time == 0.25)
    #expect(running.state == short.state)
    let alone = cues.map { network.recall(from: $0) }
    #expect(network.recalls(from: cues, threads: 1) == alone)
    #expect(network.recalls(from: cues, threads: 3) == alone)
    #expect(network.recall(from: [Double](repeating: 0, count: 60), until: 0).steps <= 1)
  }

  @Test("One neuron, no coupling, steep and flat gains, large potentials: no NaN")
  func extremes() {
    for gain in [Gain.tanh(beta: 1e6), .logistic(beta: 1e6), .tanh(beta: 1e-6)] {
      for coupling in [0.0, 2, -1] {
        let network = GradedHopfieldNetwork(couplings: [coupling], gain: gain, input: [0.25])
        for start in [-1e12, -1, 0, 1e-9, 3] {
          let recall = network.recall(from: [start], until: 100, maxSteps: 2000)
          #expect(recall.state[0].isFinite)
          #expect(recall.energyTrace.allSatisfy { $0.isFinite })
        }
      }
    }
    let none = GradedHopfieldNetwork(storing: PatternSet(size: 4), gain: .tanh(beta: 2))
    let recall = none.recall(from: [1, -1, 0.5, 0])
    #expect(recall.outcome == .fixedPoint)
    #expect(recall.state.allSatisfy { abs($0) < 1e-6 })
    #expect(recall.identity.kind == .other)
  }

  @Test("The laws of symmetry")
  func laws() {
    let stored = patterns(4, 20)
    var rng = SeededGenerator(seed: 6)
    let starts = (0..<3).map { stored[$0].flipping(count: 3, using: &rng).spins.map(Double.init) }
    checkAssociativeMemory(
      storing: (0..<4).map { stored[$0].spins.map(Double.init) }, from: starts, isEven: true,
      tolerance: 1e-6, signs: .random(size: 20, using: &rng),
      order: Golden.distinct(seed: 5, size: 20, count: 20)
    ) { patterns, _ in
      GradedHopfieldNetwork(
        storing: PatternSet(patterns.map { Pattern($0) }), gain: .tanh(beta: 5))
    }
  }
}
