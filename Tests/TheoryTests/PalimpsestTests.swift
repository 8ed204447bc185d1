internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Palimpsests") struct PalimpsestTests {
  @Test("Growing increments, against the reference") func marginalist() {
    let block = Golden.numbers(of: "palimpsest_MNT", in: "thresholds")
    for row in Golden.rows("rows", of: "palimpsest_MNT", in: "thresholds") {
      let limit = Palimpsest.limit(strength: row["eps"]!)
      #expect(abs(limit.load - row["alpha"]!) < 1e-14)
      #expect(abs(limit.overlap - row["m"]!) < 1e-7)
    }
    #expect(abs(Palimpsest.bestStrength - block["eps_opt"]!) < 1e-7)
    #expect(abs(Palimpsest.smallestStrength - block["eps_min"]!) < 1e-12)
    let best = Palimpsest.limit(strength: Palimpsest.bestStrength)
    #expect(abs(best.load - block["alpha_opt"]!) < 1e-14)
    #expect(abs(best.overlap - block["m_opt"]!) < 1e-7)
  }

  @Test("The best strength is best, and the smallest holds nothing") func extremes() {
    let best = Palimpsest.bestStrength
    let load = Palimpsest.limit(strength: best).load
    #expect(Palimpsest.limit(strength: best * 1.001).load < load)
    #expect(Palimpsest.limit(strength: best * 0.999).load < load)
    let least = Palimpsest.smallestStrength
    #expect(Palimpsest.limit(strength: least * (1 - 1e-9)) == .init(load: 0, overlap: 0))
    #expect(Palimpsest.limit(strength: 0.1) == .init(load: 0, overlap: 0))
    let little = Palimpsest.limit(strength: least * (1 + 1e-6))
    #expect(little.load > 0 && little.load < 1e-6)
    #expect(Palimpsest.limit(strength: 1e4).overlap > 0.99999)
  }

  @Test("Bounded couplings, against the reference") func bounded() {
    // Good to 1 %, says the reference; its overlaps to some 1e-3.
    for row in Golden.rows("rows", of: "palimpsest_bounded", in: "thresholds") {
      let limit = Palimpsest.limit(bound: row["A"]!)
      #expect(abs(limit.load / row["alpha"]! - 1) < 1e-4)
      #expect(abs(limit.overlap - row["m"]!) < 1e-3)
    }
    #expect(abs(Palimpsest.bestBound - 0.355) < 1e-3)
    #expect(abs(Palimpsest.limit(bound: Palimpsest.bestBound).load - 0.0405) < 5e-5)
    #expect(Palimpsest.limit(bound: 0.01).load < 0.001)
    #expect(Palimpsest.limit(bound: 0.8) == .init(load: 0, overlap: 0))
    #expect(Palimpsest.limit(bound: 10) == .init(load: 0, overlap: 0))
  }

  @Test("Overlaps fall with age as far as the limit's, and end there") func ages() {
    for (limit, overlap) in [
      (Palimpsest.limit(strength: 4), { Palimpsest.overlap(age: $0, strength: 4) }),
      (Palimpsest.limit(bound: 0.35), { Palimpsest.overlap(age: $0, bound: 0.35) }),
    ] {
      var last = 1.0
      for share in [0, 0.2, 0.5, 0.9, 0.9999, 1 - 1e-9] {
        let next = overlap(share * limit.load)
        #expect(next < last && next > limit.overlap)
        last = next
      }
      #expect(abs(last - limit.overlap) < 1e-5)
      #expect(overlap(limit.load * (1 + 1e-9)) == 0)
      #expect(overlap(1e9) == 0)
    }
    #expect(Palimpsest.overlap(age: 0, strength: 100) == 1)
  }
}
