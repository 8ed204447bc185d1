import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// What recalled states are.
@Suite struct NetworkIdentityTests {
  private let patterns: PatternSet
  private let network: HopfieldNetwork
  private let size = 1000

  init() {
    var generator = SeededGenerator(seed: 51)
    patterns = PatternSet.random(count: 20, size: 1000, using: &generator)
    network = HopfieldNetwork(storing: patterns)
  }

  @Test("A stored pattern is stored and exact, one with 5 % of flips stored and not exact")
  func stored() {
    let exact = network.identity(of: patterns[7])
    #expect(exact == Identity(kind: .stored, match: .init(pattern: 7, weight: 1), isExact: true))
    let near = network.identity(of: patterns[7].flipping(sites: 0..<50))
    #expect(near.kind == .stored && !near.isExact)
    #expect(near.match == .init(pattern: 7, weight: 0.9))
    #expect(network.identity(of: patterns[7].flipping(sites: 0..<51)).kind == .other)
  }

  @Test("The reverse of a pattern is reversed, with overlap -1")
  func reversed() {
    let identity = network.identity(of: -patterns[4])
    #expect(
      identity == Identity(kind: .reversed, match: .init(pattern: 4, weight: -1), isExact: false))
  }

  @Test("A mixture of three is known with its patterns and signs, in order of overlap")
  func mixture() {
    let parts = [(2, 1), (11, -1), (17, 1)].map { (pattern: $0.0, sign: $0.1) }
    let state = patterns.mixture(of: parts)
    let identity = network.identity(of: state)
    #expect(identity.kind == .mixture)
    let signed = parts.map { Identity.Part(pattern: $0.pattern, weight: Double($0.sign)) }
    #expect(Set(identity.parts) == Set(signed))
    let overlaps = identity.parts.map { abs(patterns[$0.pattern].overlap(with: state)) }
    #expect(overlaps == overlaps.sorted(by: >))
    #expect(identity.match?.pattern == identity.parts[0].pattern)
    // Up to 5 % of the sites may differ.
    #expect(network.identity(of: state.flipping(sites: 0..<40)).kind == .mixture)
    #expect(network.identity(of: state.flipping(sites: 0..<60)).kind == .other)
    #expect(network.identity(of: -state).parts.map(\.weight) == identity.parts.map { -$0.weight })
  }

  @Test(
    "Mixtures of three and five recall as such, with the theory's overlaps", arguments: [3, 5])
  func recalledMixtures(count: Int) {
    var generator = SeededGenerator(seed: 52)
    let few = PatternSet.random(count: 7, size: 2000, using: &generator)
    let network = HopfieldNetwork(storing: few)
    let state = few.mixture(of: (0..<count).map { (pattern: $0, sign: 1) })
    let recall = network.recall(from: state)
    #expect(recall.identity.kind == .mixture)
    #expect(Set(recall.identity.parts.map(\.pattern)) == Set(0..<count))
    #expect(recall.identity.parts.allSatisfy { $0.weight == 1 })
    // Amit, Gutfreund and Sompolinsky 1985: overlaps 1/2 and 3/8; 4 / sqrt N of noise.
    let overlap = count == 3 ? 0.5 : 0.375
    for part in recall.identity.parts {
      #expect(abs(few[part.pattern].overlap(with: recall.state) - overlap) < 0.09)
    }
  }

  @Test("A random state is other, with its largest overlap")
  func other() {
    var generator = SeededGenerator(seed: 53)
    let state = Pattern.random(size: size, using: &generator)
    let identity = network.identity(of: state)
    let overlaps = patterns.overlaps(with: state)
    #expect(identity.kind == .other && identity.parts.isEmpty)
    #expect(abs(identity.match!.weight) == overlaps.map(abs).max())
    #expect(overlaps[identity.match!.pattern] == identity.match!.weight)
  }

  @Test("Recalls say of their end what the network says of that state, under every dynamics")
  func recalls() {
    var generator = SeededGenerator(seed: 54)
    let dynamics: [Dynamics] = [
      .asynchronous(), .asynchronous(order: .steepest), .asynchronous(order: .permuted),
      .synchronous, .glauber(temperature: 0.3), .parallelGlauber(temperature: 0.3),
      .annealed(from: 0.5, sweeps: 3),
    ]
    for dynamics in dynamics {
      let cue = patterns[9].flipping(fraction: 0.2, using: &generator)
      let recall = network.recall(from: Cue(cue), by: dynamics, maxSteps: 300, using: &generator)
      #expect(recall.identity == network.identity(of: recall.state), "\(dynamics)")
      #expect(recall.identity.kind == .stored && recall.identity.match?.pattern == 9)
      #expect(recall.energy == network.energy(of: recall.state))
    }
  }
}
