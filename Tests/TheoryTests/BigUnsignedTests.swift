internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Long unsigned integers") struct BigUnsignedTests {
  @Test("Digits, with the zeros inside") func digits() {
    #expect(BigUnsigned(0).description == "0")
    #expect(BigUnsigned(1_000_000_007).description == "1000000007")
    #expect(BigUnsigned(.max).description == "18446744073709551615")
  }

  @Test("Thirty factorial, up and down") func factorial() {
    var n = BigUnsigned(1)
    for k in 1...30 { n.multiply(by: k) }
    #expect(n.description == "265252859812191058636308480000000")
    for k in 2...30 { n.divide(exactlyBy: k) }
    #expect(n.description == "1")
    n.multiply(by: 0)
    #expect(n.description == "0")
  }

  @Test("Doubling carries") func sums() {
    var n = BigUnsigned(1)
    for _ in 0..<100 { n.add(n) }
    #expect(n.description == "1267650600228229401496703205376")
    n.add(BigUnsigned(0))
    #expect(n.description == "1267650600228229401496703205376")
  }
}
