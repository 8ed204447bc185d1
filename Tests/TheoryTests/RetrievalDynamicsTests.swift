internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Amari and Maginu's retrieval dynamics") struct RetrievalDynamicsTests {
  private struct File: Decodable {
    struct Block: Decodable {
      struct Trajectory: Decodable {
        let alpha: Double
        let m0: Double
        let states: [[Double]]

        enum CodingKeys: String, CodingKey {
          case alpha, m0
          case states = "m_sigma"
        }
      }
      let trajectories: [Trajectory]
    }

    let block: Block

    enum CodingKeys: String, CodingKey { case block = "amari_maginu" }
  }

  @Test("Trajectories, against the reference") func trajectories() {
    for golden in Golden.load(File.self, from: "thresholds").block.trajectories {
      let states = RetrievalDynamics.trajectory(
        overlap: golden.m0, load: golden.alpha, steps: golden.states.count - 1)
      for (state, row) in zip(states, golden.states) {
        #expect(abs(state.overlap - row[0]) < 1e-13)
        #expect(abs(state.noise - row[1]) < 1e-13)
      }
      // The first step is exact.
      let first = Capacity.hebbianStep(overlap: golden.m0, load: golden.alpha)
      #expect(abs(states[1].overlap - first) < 1e-15)
    }
  }

  /// The reference bisected runs of limited length: its capacity is 1.4e-6 too large, as a run of
  /// 10⁵ steps shows, its critical overlaps are good to 1e-9.
  @Test("Capacity and critical overlaps, against the reference") func thresholds() {
    let block = Golden.numbers(of: "amari_maginu", in: "thresholds")
    #expect(abs(RetrievalDynamics.capacity - block["alpha_c"]!) < 2e-6)
    for row in Golden.rows("critical_overlap", of: "amari_maginu", in: "thresholds") {
      let critical = RetrievalDynamics.criticalOverlap(load: row["alpha"]!)
      #expect(abs(critical - row["m0_critical"]!) < 1e-9)
    }
  }

  /// mpmath, 30 digits: the maximum of (m²/b² − 4φ²)/(1 + 4mbφ).
  @Test("The capacity is where two fixed points meet") func capacity() {
    #expect(abs(RetrievalDynamics.capacity - 0.15960813426733120) < 1e-15)
    // Just above it, even the pattern is lost; just below, it is kept.
    for (load, kept) in [(0.1597, false), (0.1595, true)] {
      let last = RetrievalDynamics.trajectory(overlap: 1, load: load, steps: 3000).last!
      #expect((last.overlap > 0.8) == kept)
    }
    #expect(RetrievalDynamics.retrievalOverlap(load: 0.16) == 0)
    #expect(RetrievalDynamics.criticalOverlap(load: 0.16) == .infinity)
  }

  @Test("The critical overlap divides runs", arguments: [0.03, 0.05, 0.1, 0.15])
  func criticalOverlap(load: Double) {
    let critical = RetrievalDynamics.criticalOverlap(load: load)
    let above = RetrievalDynamics.trajectory(overlap: critical + 1e-9, load: load, steps: 600)
    let below = RetrievalDynamics.trajectory(overlap: critical - 1e-9, load: load, steps: 600)
    let target = RetrievalDynamics.retrievalOverlap(load: load)
    #expect(abs(above.last!.overlap - target) < 1e-12)
    #expect(below.last!.overlap < 0.01)
  }

  @Test("No load: any start leads to the pattern") func limits() {
    #expect(RetrievalDynamics.criticalOverlap(load: 0) == 0)
    // b² = 3πα/4 at small loads.
    let critical = RetrievalDynamics.criticalOverlap(load: 1e-8)
    #expect(abs(critical / 1e-8 - (0.75 * .pi).squareRoot()) < 1e-7)
    #expect(RetrievalDynamics.retrievalOverlap(load: 0) == 1)
    let path = RetrievalDynamics.trajectory(overlap: 0.1, load: 0, steps: 2)
    #expect(path.map(\.overlap) == [0.1, 1, 1])
    #expect(RetrievalDynamics.trajectory(overlap: 0, load: 0.1, steps: 3).last!.overlap == 0)
  }
}
