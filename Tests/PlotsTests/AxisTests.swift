import Testing

@testable import HopfieldPlots

@Suite struct AxisTests {
  private func extent(_ values: Double...) -> Extent {
    var extent = Extent()
    for value in values { extent.include(value) }
    return extent
  }

  @Test("Equal steps and equal ratios at equal distances") func maps() {
    let linear = AxisMap(scale: .linear, range: -1...3, start: 100, end: 500)
    #expect([-1, 0, 3].map { linear.position(of: $0) } == [100, 200, 500])
    let up = AxisMap(scale: .logarithmic, range: 1e-2...1e2, start: 400, end: 0)
    for (value, place) in [(1e-2, 400.0), (0.1, 300), (1, 200), (10, 100), (100, 0)] {
      #expect(abs(up.position(of: value) - place) < 1e-10)
    }
    #expect(abs(up.position(of: 2) - (200 - 100 * 0.301_029_995_66)) < 1e-8)
  }

  @Test("Zero lies infinitely far down a logarithmic axis, and negative values nowhere")
  func edges() {
    let right = AxisMap(scale: .logarithmic, range: 1...10, start: 0, end: 100)
    let up = AxisMap(scale: .logarithmic, range: 1...10, start: 100, end: 0)
    #expect(right.position(of: 0) == -.infinity && up.position(of: 0) == .infinity)
    #expect(up.position(of: .infinity) == -.infinity)
    #expect(up.position(of: -1).isNaN && up.position(of: .nan).isNaN)
  }

  @Test("Lines end at the frame, points stand clear of it") func padding() {
    let axis = Axis(label: "")
    #expect(axis.range(tight: extent(0, 10), padded: Extent()) == 0...10)
    #expect(axis.range(tight: Extent(), padded: extent(0, 10)) == -0.5...10.5)
    #expect(axis.range(tight: extent(0, 10), padded: extent(2, 8)) == 0...10)
    #expect(axis.range(tight: extent(0), padded: extent(0, 10), standsOnZero: true) == 0...10.5)
    let log = Axis(label: "", scale: .logarithmic)
    let range = log.range(tight: extent(1, 1e4), padded: Extent())
    #expect(abs(range.lowerBound - 1) < 1e-12 && abs(range.upperBound / 1e4 - 1) < 1e-12)
  }

  @Test("Nothing, one value and values without size still make a range") func degenerate() {
    let axis = Axis(label: "")
    #expect(axis.range(tight: Extent(), padded: Extent()) == 0...1)
    #expect(axis.range(tight: Extent(), padded: extent(0, 0)) == -1...1)
    #expect(axis.range(tight: Extent(), padded: extent(50)) == 45...55)
    #expect(axis.range(tight: Extent(), padded: extent(-50, .nan, .infinity)) == -55 ... -45)
    #expect(axis.range(tight: extent(1, 1 + 1e-13), padded: Extent()).contains(0.95))
    let log = Axis(label: "", scale: .logarithmic)
    #expect(log.range(tight: Extent(), padded: Extent()) == 1...10)
    let one = log.range(tight: Extent(), padded: extent(100))
    #expect(abs(one.lowerBound - 31.622_776_6) < 1e-6 && abs(one.upperBound - 316.227_766) < 1e-5)
  }
}
