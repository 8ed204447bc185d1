import Testing

@testable import HopfieldPlots

@Suite struct FrameTests {
  @Test("The frame leaves room for what stands around it") func room() {
    let bare = Frame(Plot(), isTagged: false, legendWidth: 0).box
    let full = Frame(
      Plot("Title", x: "x", y: "y").subtitle("more"), isTagged: false, legendWidth: 0
    ).box
    let beside = Frame(Plot(), isTagged: false, legendWidth: 100).box
    #expect(full.top >= bare.top + 30 && full.bottom < bare.bottom && full.left > bare.left)
    #expect(beside.right <= 480 - 100)
    let map = Heatmap([[0, 1]], x: [0, 1], y: [0], label: "*m*")
    let heat = Frame(Plot().heatmap(map), isTagged: false, legendWidth: 0)
    #expect(heat.box.right < heat.colourBar?.box.left ?? 0)
    #expect(heat.colourBar?.box.right ?? 480 < 460)
  }

  @Test("Labels under the axis stand clear of one another and in the picture")
  func labels() throws {
    for range in [0.0...1, 0...1e-3, 12_345...12_346, -0.5...99_999, 0...7e12] {
      for width in [160.0, 240, 480, 900] {
        let plot = Plot().xAxis(in: range).size(width: width, height: 200)
        let frame = Frame(plot, isTagged: false, legendWidth: 0)
        let spans = frame.xTicks.major.map { tick in
          let half = Label(tick.label).width(size: Frame.tickSize) / 2
          let x = frame.x.position(of: tick.value)
          return (low: x - half, high: x + half)
        }
        for (a, b) in zip(spans, spans.dropFirst()) { #expect(b.low > a.high) }
        if let last = spans.last { #expect(last.high <= width + 0.01) }
        if let first = spans.first { #expect(first.low >= 0) }
      }
    }
  }

  @Test("Axes over a heat map show the map and nothing beyond it") func heat() {
    let map = Heatmap([[0, 1], [2, 3]], x: [1, 2], y: [5, 6])
    let plot = Plot().heatmap(map).line([0, 9], [0, 9]).points([30], [30])
    let frame = Frame(plot, isTagged: false, legendWidth: 0)
    #expect(frame.x.range == 0.5...2.5 && frame.y.range == 4.5...6.5)
  }

  @Test("Where x has a range, y shows what lies in it") func restricted() {
    let plot = Plot().line([0, 1, 2, 3], [0, 1, 2, 1000]).xAxis(in: 0...2)
    #expect(Frame(plot, isTagged: false, legendWidth: 0).y.range.upperBound < 3)
  }
}
