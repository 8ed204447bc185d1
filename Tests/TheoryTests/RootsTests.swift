internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Zeros and maxima") struct RootsTests {
  @Test("Zeros of smooth, flat, steep and broken functions are found to rounding")
  func zeros() {
    #expect(abs(Roots.root(in: 0...2) { $0 * $0 - 2 } - 2.0.squareRoot()) < 1e-15)
    #expect(abs(Roots.root(in: -1...4) { exp($0) - 3 } - log(3)) < 1e-15)
    #expect(abs(Roots.root(in: -1...2) { pow($0 - 0.3, 9) } - 0.3) < 1e-12)
    #expect(abs(Roots.root(in: 0...1) { $0 < 0.7 ? -1 : 1 } - 0.7) < 1e-15)
    #expect(abs(Roots.root(in: 0...1000) { tanh(50 * ($0 - 900)) } - 900) < 1e-12)
  }

  @Test("A zero at an end is that end") func ends() {
    #expect(Roots.root(in: 0...1) { $0 } == 0)
    #expect(Roots.root(in: -1...0) { $0 } == 0)
  }

  @Test("Smooth zeros need few values") func economy() {
    var values = 0
    _ = Roots.root(in: 0...2) { x in
      values += 1
      return cos(x) - x
    }
    #expect(values <= 12)
  }

  @Test("Maxima: the height to rounding, the place to its root") func maxima() {
    let top = Roots.maximum(in: 0...9) { $0 * exp(-$0) }
    #expect(abs(top.x - 1) < 1e-7 && abs(top.value - exp(-1)) < 1e-15)
    let corner = Roots.maximum(in: -1...3) { -abs($0 - 0.5) }
    #expect(abs(corner.x - 0.5) < 1e-8)
    #expect(abs(Roots.maximum(in: 0...1) { $0 }.x - 1) < 1e-7)
  }
}
