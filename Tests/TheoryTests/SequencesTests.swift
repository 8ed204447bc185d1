internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Sequences") struct SequencesTests {
  @Test("Capacity and overlaps under parallel dynamics, against the reference") func reference() {
    let block = Golden.numbers(of: "sequence_sync", in: "thresholds")
    #expect(abs(Sequences.capacity - block["alpha_c"]!) < 1e-15)
    // The overlap leaves its end like a square root.
    #expect(abs(Sequences.overlap(load: Sequences.capacity) - block["m_c"]!) < 1e-7)
    for row in Golden.rows("m_of_alpha", of: "sequence_sync", in: "thresholds") {
      #expect(abs(Sequences.overlap(load: row["alpha"]!) - row["m"]!) < 1e-13)
    }
  }

  @Test("Perfect at no load, nothing above the capacity, falling between") func limits() {
    #expect(Sequences.overlap(load: 0) == 1)
    #expect(Sequences.overlap(load: 1e-6) == 1)
    #expect(Sequences.overlap(load: Sequences.capacity.nextUp) == 0)
    let overlaps = (1...268).map { Sequences.overlap(load: Double($0) / 1000) }
    #expect(zip(overlaps, overlaps.dropFirst()).allSatisfy { $0 >= $1 && $1 > 0.83 })
  }

  /// λ times what the couplings see of this pattern against 1 and λ times what they see of the rest.
  @Test("Dwell times: where the fields balance", arguments: [1.01, 1.5, 2, 10])
  func dwellTimes(strength: Double) {
    let smooth = exp(-Sequences.dwellTime(strength: strength, delay: .exponential))
    #expect(abs(strength * (1 - smooth) - (1 + strength * smooth)) < 1e-13)
    let step = Sequences.dwellTime(strength: strength, delay: .step)
    #expect(abs(strength * step - (1 + strength * (1 - step))) < 1e-13)
  }

  @Test("Strong couplings leave after ln 2 and after one half; weak ones never")
  func dwellLimits() {
    #expect(abs(Sequences.dwellTime(strength: 2, delay: .exponential) - log(4)) < 1e-15)
    #expect(abs(Sequences.dwellTime(strength: 1e15, delay: .exponential) - log(2)) < 1e-14)
    #expect(abs(Sequences.dwellTime(strength: 1e15, delay: .step) - 0.5) < 1e-14)
    #expect(Sequences.dwellTime(strength: 1, delay: .step) == .infinity)
    #expect(Sequences.dwellTime(strength: 0.5, delay: .exponential) == .infinity)
  }
}
