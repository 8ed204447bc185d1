internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Familiarity and prototypes") struct FamiliarityTests {
  /// Measured by others, N = 400 and P = 3680: .0082 and .0107 on the two sides.
  @Test("Bogacz and Brown: 0.023 N² at 1 %") func capacity() {
    #expect(abs(Familiarity.capacity(size: 1000, errorRate: 0.01) / 1e6 - 0.0231) < 5e-5)
    #expect(abs(Familiarity.errorRate(patterns: 3680, size: 400) - 0.0095) < 0.0015)
    for error in [1e-6, 0.01, 0.3] {
      let patterns = Familiarity.capacity(size: 300, errorRate: error)
      #expect(abs(Familiarity.errorRate(patterns: patterns, size: 300) / error - 1) < 1e-12)
    }
    #expect(Familiarity.errorRate(patterns: 0, size: 10) == 0)
  }

  /// All states of a small network against one stored pattern: the mean and variance of what a pattern
  /// adds to the energy.
  @Test("The energies' moments, counted") func moments() {
    let size = 8
    var (mean, square) = (0.0, 0.0)
    for state in 0..<(1 << size) {
      let overlap = Double(2 * state.nonzeroBitCount - size)
      let energy = -(overlap * overlap - Double(size)) / (2 * Double(size))
      mean += energy / 256
      square += energy * energy / 256
    }
    #expect(abs(mean) < 1e-14)
    #expect(abs(square - Double(size - 1) / Double(2 * size)) < 1e-14)
    #expect(Familiarity.threshold(size: size) == -Double(size - 1) / 4)
  }

  @Test("One example that is its prototype is a stored pattern") func singleExample() {
    for load in [0.01, 0.138, 0.5] {
      let error = Familiarity.prototypeError(examples: 1, overlap: 1, load: load)
      #expect(abs(error / Capacity.oneStepError(load: load) - 1) < 1e-14)
    }
  }

  @Test("Prototypes emerge with examples, at no load surely; nothing is learned from noise")
  func prototypes() {
    var last = 0.5
    for examples in [1, 3, 10, 30, 100] {
      let error = Familiarity.prototypeError(examples: examples, overlap: 0.3, load: 0.001)
      #expect(error < last)
      last = error
    }
    // Φ(−b√s/√(1 − b²)) with no other prototypes.
    let alone = Familiarity.prototypeError(examples: 25, overlap: 0.6, load: 0)
    #expect(abs(alone / Gaussian.distribution(-0.6 * 5 / 0.8) - 1) < 1e-13)
    #expect(Familiarity.prototypeError(examples: 5, overlap: 0, load: 0.1) == 0.5)
    #expect(Familiarity.prototypeError(examples: 5, overlap: 1, load: 0) == 0)
    // Many examples: as if the prototypes were stored, Φ(−1/√α).
    let many = Familiarity.prototypeError(examples: 100_000_000, overlap: 0.5, load: 0.1)
    #expect(abs(many / Capacity.oneStepError(load: 0.1) - 1) < 1e-5)
  }
}
