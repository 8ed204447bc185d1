import HopfieldClassical
import HopfieldDense
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// F(x) = x^2 against Hebb's network without self-coupling: E_2 = 2 N E_Hebb - N P.
@Suite struct DenseAndHebbTests {
  private static let sizes = [(9, 3), (33, 7), (64, 12), (150, 30), (151, 31)]

  private func networks(_ size: Int, _ count: Int) -> (DenseAssociativeMemory, HopfieldNetwork) {
    let patterns = PatternSet(Golden.patterns(seed: 17, count: count, size: size))
    return (
      DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 2)),
      HopfieldNetwork(storing: patterns)
    )
  }

  private func starts(_ size: Int) -> [Pattern] {
    var rng = SeededGenerator(seed: 23)
    return (0..<12).map { _ in Pattern.random(size: size, using: &rng) }
  }

  @Test("The same states, ties and sweeps, under every dynamics at T = 0", arguments: sizes)
  func recall(_ size: Int, _ count: Int) {
    let (dense, hebb) = networks(size, count)
    let order = Golden.distinct(seed: 2, size: size, count: size)
    let dynamics: [Dynamics] = [
      .asynchronous(), .asynchronous(order: .given(order)), .asynchronous(order: .steepest),
      .synchronous,
    ]
    for start in starts(size) {
      for cue in [
        Cue(start), Cue(start, known: { $0 % 2 == 0 }, clampingKnown: start.upCount % 2 == 0),
      ] {
        for dynamics in dynamics {
          let one = dense.recall(from: cue, by: dynamics)
          let other = hebb.recall(from: cue, by: dynamics)
          #expect(one.state == other.state)
          #expect(one.changes == other.changes)
          #expect(one.outcome == other.outcome)
          #expect(one.identity == other.identity)
        }
      }
    }
  }

  @Test("Energies and fields by the exact relation", arguments: sizes)
  func energies(_ size: Int, _ count: Int) {
    let (dense, hebb) = networks(size, count)
    for state in starts(size) {
      // Both sides are whole numbers.
      let doubled = (2 * Double(size) * hebb.energy(of: state)).rounded()
      #expect(dense.energy(of: state) == doubled - Double(size * count))
      for (h, field) in zip(hebb.localFields(at: state), dense.localFields(at: state)) {
        #expect(field == (2 * Double(size) * h).rounded())
      }
    }
  }

  @Test("A heat bath at 2 N T is Hebb's at T, flip by flip", arguments: sizes)
  func heatBath(_ size: Int, _ count: Int) {
    let (dense, hebb) = networks(size, count)
    for (k, start) in starts(size).enumerated() {
      for hebbian in [
        Dynamics.glauber(temperature: 0.7), .parallelGlauber(temperature: 0.5),
        .glauber(temperature: 0.4, order: .permuted),
      ] {
        let scale = 2 * Double(size)
        let heated: Dynamics =
          switch hebbian {
          case .glauber(let t, let order): .glauber(temperature: scale * t, order: order)
          case .parallelGlauber(let t): .parallelGlauber(temperature: scale * t)
          default: hebbian
          }
        var rng = SeededGenerator(seed: 31, stream: k)
        let other = hebb.evolve(start, by: hebbian, sweeps: 20, using: &rng)
        rng = SeededGenerator(seed: 31, stream: k)
        let one = dense.evolve(start, by: heated, sweeps: 20, using: &rng)
        #expect(one.state == other.state)
        #expect(one.changes == other.changes)
      }
    }
  }

  @Test("A self-coupling breaks the relation")
  func selfCoupling() {
    let patterns = PatternSet(Golden.patterns(seed: 17, count: 60, size: 100))
    let dense = DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 2))
    let kept = HopfieldNetwork(storing: patterns, selfCoupling: true)
    #expect(starts(100).contains { dense.recall(from: $0).state != kept.recall(from: $0).state })
  }
}
