internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Potts neurons") struct PottsCapacityTests {
  @Test("Capacities, against the reference") func reference() {
    for row in Golden.rows("rows", of: "potts_kanter", in: "thresholds") {
      let limit = PottsCapacity.limit(states: Int(row["q"]!))
      // The reference maximised: good in the load, to the root of it in the overlap.
      #expect(abs(limit.load / row["alpha_c"]! - 1) < 3e-13)
      #expect(abs(limit.overlap / row["m_c"]! - 1) < 1e-8)
    }
  }

  @Test("Two states are the Hopfield network") func ising() {
    let limit = PottsCapacity.limit(states: 2)
    #expect(abs(limit.load - 0.13790556649493174) < 1e-15)
    #expect(abs(limit.overlap - 0.9674171156852916) < 1e-13)
    for row in Golden.load(File.self, from: "ags_meanfield").rows {
      #expect(abs(PottsCapacity.overlap(load: row.alpha, states: 2) - row.m) < 1e-10)
    }
  }

  private struct File: Decodable {
    struct Row: Decodable {
      let alpha: Double
      let m: Double
    }
    let rows: [Row]

    enum CodingKeys: String, CodingKey { case rows = "T0_retrieval" }
  }

  @Test("Overlaps fall to that of the limit, and nothing lies above", arguments: [2, 3, 20])
  func overlaps(states: Int) {
    let limit = PottsCapacity.limit(states: states)
    var last = 1.0
    for share in [0.01, 0.3, 0.7, 0.95, 0.9999, 0.99999999] {
      let overlap = PottsCapacity.overlap(load: share * limit.load, states: states)
      #expect(overlap <= last && overlap > limit.overlap)
      last = overlap
    }
    #expect(abs(last - limit.overlap) < 1e-4)
    #expect(PottsCapacity.overlap(load: 1.000001 * limit.load, states: states) == 0)
    #expect(PottsCapacity.overlap(load: 0, states: states) == 1)
  }
}
