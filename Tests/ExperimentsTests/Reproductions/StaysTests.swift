import HopfieldClassical
import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct StaysTests {
  @Test func walshFunctionsAreOrthogonal() {
    let patterns = Stays.orthogonalPatterns(count: 4, size: 64)
    for a in 0..<4 {
      for b in 0..<4 { #expect(patterns[a].dot(patterns[b]) == (a == b ? 64 : 0)) }
    }
  }

  /// Without crosstalk all sites leave at once: when the drive to the next pattern outweighs the present
  /// one, what still drives to it, and less the self-coupling that is left out.
  @Test(arguments: [1.5, 2, 4])
  func firstStayIsThatOfTheFields(strength: Double) {
    let patterns = Stays.orthogonalPatterns(count: 4, size: 1024)
    let time = 20.0
    var past = 1.0
    var steps = 0
    repeat {
      past *= 1 - 1 / time
      steps += 1
    } while strength * (1 - past) <= 1 + strength * past - 4.0 / 1024
    let stay = Stays.first(of: patterns, delay: .exponential(time: time), strength: strength)
    // Half a step before it is seen; the unit makes 1 - 1 / tau per step an exponential.
    var unit = 0.0
    for k in 1...60 { unit += 1 / (Double(k) * (0..<k).reduce(1) { p, _ in p * time }) }
    #expect(abs(stay - (Double(steps) - 0.5) * unit) < 1e-9)
  }

  @Test func stepStaysAreEven() {
    let patterns = Stays.orthogonalPatterns(count: 4, size: 1024)
    let stays = Stays.running(of: patterns, delay: .step(time: 20), strength: 2, count: 5)
    #expect(stays.count == 5)
    #expect(stays.allSatisfy { abs($0 - 0.75) <= 1.0 / 20 })
  }
}
