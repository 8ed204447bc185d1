import Testing

@testable import HopfieldPlots

@Suite struct TickMarksTests {
  @Test(
    "Known cases on a linear axis",
    arguments: [
      (0.0, 1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (0, 0.15, 4, ["0.00", "0.05", "0.10", "0.15"]),
      (-1, 1, 4, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
      (0, 7, 8, ["0", "1", "2", "3", "4", "5", "6", "7"]),
      (-0.03, 0.98, 3, ["0.0", "0.5"]),
      (3, 97, 5, ["20", "40", "60", "80"]),
      (995, 1005, 2, ["995", "1000", "1005"]),
      (0.1, 0.35, 3, ["0.1", "0.2", "0.3"]),
    ])
  func linear(low: Double, high: Double, count: Int, labels: [String]) {
    let ticks = TickMarks(linear: low...high, count: count)
    #expect(ticks.major.map(\.label) == labels)
    #expect(ticks.exponent == 0)
  }

  @Test("Very large and very small values share a power of ten") func exponents() {
    let large = TickMarks(linear: 0...4e9, count: 4)
    #expect(large.exponent == 9 && large.major.map(\.label) == ["0", "1", "2", "3", "4"])
    let small = TickMarks(linear: -2e-7...2e-7, count: 4)
    #expect(small.exponent == -7)
    #expect(small.major.map(\.label) == ["−2", "−1", "0", "1", "2"])
    #expect(TickMarks(linear: 0...20_000, count: 2).major.map(\.label) == ["0", "10000", "20000"])
  }

  @Test("Ticks are evenly spaced multiples of 1, 2 or 5 in the range, never too many")
  func spacing() {
    for low in [-1234.5, -1, -0.001, 0, 1e-9, 0.3, 7, 1e6] {
      for span in [3e-4, 0.07, 0.999, 1, 2.5, 333, 1e7] where span > 1e-9 * abs(low) {
        for count in 1...9 {
          let range = low...low + span
          let ticks = TickMarks(linear: range, count: count)
          #expect(ticks.major.count <= count + 1)
          #expect(ticks.major.count >= (count >= 4 ? count / 3 : 0))
          let values = ticks.major.map(\.value)
          for value in values + ticks.minor {
            #expect(value >= low - 1e-8 * span && value <= low + span * (1 + 1e-8))
          }
          #expect(ticks.major.allSatisfy { $0.label.count <= 12 })
          #expect(Set(ticks.major.map(\.label)).count == values.count)
          for minor in ticks.minor {
            #expect(!values.contains { abs($0 - minor) < 1e-9 * span })
          }
        }
      }
    }
  }

  @Test("Minor ticks divide the step into round parts") func minor() {
    #expect(TickMarks(linear: 0...1, count: 5).minor.count == 15)  // 0.2 in fours
    #expect(TickMarks(linear: 0...1, count: 2).minor.count == 8)  // 0.5 in fives
    #expect(TickMarks(linear: 0...3, count: 3).minor.count == 12)  // 1 in fives
    let thirds = TickMarks(.every(0.3), scale: .linear, range: 0...0.6, count: 9)
    #expect(thirds.major.map(\.label) == ["0.0", "0.3", "0.6"])
    #expect(thirds.minor.count == 4)
  }

  @Test("Decades on a logarithmic axis, every other if there are many") func decades() {
    let ticks = TickMarks(logarithmic: 1e-3...10, count: 6)
    #expect(ticks.major.map(\.label) == ["10^{-3}", "10^{-2}", "10^{-1}", "10^{0}", "10^{1}"])
    #expect(ticks.minor.count == 4 * 8)
    #expect(abs(ticks.minor[0] - 0.002) < 1e-12)
    let many = TickMarks(logarithmic: 1e-12...1e12, count: 5)
    #expect(many.major.map(\.label) == ["10^{-10}", "10^{-5}", "10^{0}", "10^{5}", "10^{10}"])
    #expect(many.minor.count == 20)
  }

  @Test("Less than two decades have labels between") func narrow() {
    #expect(
      TickMarks(logarithmic: 1...10, count: 6).major.map(\.label) == ["1", "2", "5", "10"])
    #expect(
      TickMarks(logarithmic: 3e4...3e5, count: 6).major.map(\.label)
        == ["5×10^{4}", "10^{5}", "2×10^{5}"])
    #expect(
      TickMarks(logarithmic: 20...90, count: 4).major.map(\.label) == ["20", "40", "60", "80"])
  }

  @Test("Ticks as asked for") func custom() {
    let range = -1.0...5
    #expect(
      TickMarks(.at([0.138, 2, 99]), scale: .linear, range: range, count: 3).major.map(\.label)
        == ["0.138", "2"])
    #expect(
      TickMarks(.names(["Hebb", "α_c"]), scale: .linear, range: range, count: 3).major
        == [.init(value: 0, label: "Hebb"), .init(value: 1, label: "α_c")])
    #expect(
      TickMarks(.every(0.025), scale: .linear, range: 0...0.1, count: 3).major.map(\.label)
        == ["0.000", "0.025", "0.050", "0.075", "0.100"])
  }

  @Test(
    "Round numbers are written without noise",
    arguments: [
      (0.1 + 0.2, "0.3"), (-1.5, "−1.5"), (1200.0, "1200"), (0.0, "0"), (1e-4, "0.0001"),
      (0.138, "0.138"), (1.0 / 3, "0.333333"), (99.9999999999, "100"),
    ])
  func roundNumbers(value: Double, text: String) {
    #expect(RoundNumber(value).text == text)
  }
}
