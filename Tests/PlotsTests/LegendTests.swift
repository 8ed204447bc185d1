import Testing

@testable import HopfieldPlots

@Suite struct LegendTests {
  private let x = (0...50).map { Double($0) / 50 }

  /// Where the text of a label stands in the picture.
  private func place(of label: String, in plot: Plot) throws -> Position {
    let picture = try #require(Picture(plot.svg))
    let text = try #require(picture.elements("text").last { $0.text == label })
    return Position(text.number("x"), text.number("y"))
  }

  @Test("The legend goes to the corner that is empty") func corners() throws {
    let rising = try place(of: "data", in: Plot().line(x, x, label: "data"))
    let falling = try place(of: "data", in: Plot().line(x, x.map { 1 - $0 }, label: "data"))
    #expect(rising.x < 240 && rising.y < 180)
    #expect(falling.x > 240 && falling.y < 180)
    let roof = try place(
      of: "data", in: Plot().points(x + x.map { _ in 1 }, x.map { _ in 1 } + x, label: "data"))
    #expect(roof.x < 240 && roof.y > 180)
  }

  @Test("Where every place is taken it stands beside the frame") func outside() throws {
    let dense = (0..<600).map { Double($0 % 25) }
    let plot = Plot().points(dense, (0..<600).map { Double($0 / 25) }, label: "data")
    let picture = try #require(Picture(plot.svg))
    let frame = try #require(picture.elements("rect").first { $0.attributes["fill"] == nil })
    #expect(try place(of: "data", in: plot).x > frame.number("x") + frame.number("width"))
    #expect(plot.svg == plot.legend(.outside).svg)
  }

  @Test("It stands where it is told, or nowhere") func positions() throws {
    let plot = Plot().line(x, x, label: "data")
    #expect(try place(of: "data", in: plot.legend(.bottomRight)).y > 180)
    #expect(try place(of: "data", in: plot.legend(.bottomLeft)).x < 240)
    #expect(try place(of: "data", in: plot.legend(.topRight)).x > 240)
    let hidden = try #require(Picture(plot.legend(.hidden).svg))
    #expect(!hidden.texts.contains("data"))
  }

  @Test("A line and points of one label share an entry; rules and texts have none") func entries() {
    let plot = Plot().line(x, x, label: "a").points(x, x, label: "a").band(x, x, x, label: "b")
      .line(x, x).line(x, x, label: "").rule(x: 0, label: "c").text("d", x: 0, y: 0)
    let legend = Legend(plot.series)
    #expect(legend.entries.map(\.label.plain) == ["a", "b"])
    #expect(legend.entries[0].series.count == 2)
  }

  @Test("White lines are seen on the legend's paper") func white() throws {
    let map = Heatmap(x: x, y: x) { $0 * $1 }
    let plot = Plot().heatmap(map).legend(.topLeft)
    func edges(_ style: Plot.Style) throws -> Int {
      let picture = try #require(Picture(plot.line([0, 1], [1, 0], label: "a", style: style).svg))
      return picture.paths("stroke-opacity", "0.7").count
    }
    // One around the line, one around its sample.
    #expect(try edges(.white) == 2)
    #expect(try edges(.white.dashed(.dashed)) == 2)
    #expect(try edges(.black) == 1)
  }

  @Test("What a box hides: the length of lines, points, texts") func ink() {
    var ink = Ink()
    ink.add([[Position(0, 5), Position(20, 5)]])
    let box = Box(left: 5, top: 0, right: 15, bottom: 10)
    #expect(ink.hidden(by: box) == 10)
    #expect(ink.hidden(by: Box(left: 5, top: 6, right: 15, bottom: 10)) == 0)
    ink.add(Position(10, 13))
    #expect(ink.hidden(by: box) == 30)
    let free = Box(left: 40, top: 0, right: 50, bottom: 10)
    #expect(ink.clearest([box, free, free])?.box == free)
    #expect(ink.clearest([])?.box == nil)
  }

  @Test("Labels of rules keep clear of curves, and texts stay in the frame") func labels() throws {
    let plot = Plot().line(x, x.map { $0 < 0.5 ? 1 : 0.9 }).rule(x: 0.25, label: "here")
      .text("far out", x: 1, y: 0.9)
    let frame = Frame(plot, isTagged: false, legendWidth: 0)
    let labels = Labels(plot, in: frame)
    var curve = Ink()
    plot.series[0].add(to: &curve, in: frame)
    #expect(labels.boxes.count == 2)
    for box in labels.boxes { #expect(frame.box.contains(box)) }
    #expect(curve.hidden(by: labels.boxes[1]) == 0)
  }
}
