import Testing

@testable import HopfieldPlots

@Suite struct SVGTests {
  @Test(
    "Coordinates have at most two decimals",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (-0.001, "0"), (1.0, "1"), (-1.5, "-1.5"), (0.05, "0.05"),
      (-0.05, "-0.05"), (2.999, "3"), (1.0 / 3, "0.33"), (123456.789, "123456.79"), (10.0, "10"),
    ])
  func numbers(value: Double, text: String) {
    #expect(SVG.number(value) == text)
  }

  @Test("Characters that mean something to XML are named, those it forbids replaced")
  func escaping() {
    #expect(SVG.escaped("a<b & \"c\" > 'd'") == "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;")
    #expect(SVG.escaped("\u{0}\u{1F}\u{FFFE}") == "\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(SVG.escaped("one\ntwo\tα") == "one two α")
  }

  @Test("A parser reads back whatever stands in titles, labels and legends")
  func hostile() throws {
    let nasty = "</text><script>x & y</script> \"q\" 'r' \u{1} ]]> <!-- α ∝ 🧠"
    let plot = Plot(nasty, x: nasty, y: nasty).subtitle(nasty)
      .line([0, 1], [0, 1], label: nasty).text(nasty, x: 0.5, y: 0.5).rule(x: 0.5, label: nasty)
      .heatmap(Heatmap([[1]], x: [0.5], y: [0.5], label: nasty))
    let picture = try #require(Picture(plot.svg))
    let shown = nasty.replacing("\u{1}", with: "\u{FFFD}")
    #expect(picture.elements("title").map(\.text) == [shown])
    #expect(picture.elements("script").isEmpty)
    #expect(picture.texts.count { $0 == shown } >= 6)
  }

  @Test("The picture names itself, is white, and refers to nothing")
  func document() throws {
    let svg = Plot("Title", x: "load α_c", y: "*m*").line([0, 1], [0, 1], label: "AGS").svg
    let picture = try #require(Picture(svg))
    let root = try #require(picture.elements.first)
    #expect(root.name == "svg" && root.attributes["role"] == "img")
    #expect(root.attributes["viewBox"] == "0 0 480 360")
    #expect(root.attributes["width"] == "480" && root.attributes["height"] == "360")
    #expect(picture.elements.map(\.name).dropFirst().prefix(3) == ["title", "desc", "rect"])
    #expect(picture.elements("desc").first?.text == "x: load α_c; y: m; line AGS")
    let paper = try #require(picture.elements("rect").first)
    #expect(paper.attributes == ["width": "480", "height": "360", "fill": "#fff"])
    #expect(!picture.elements.contains { $0.attributes.keys.contains { $0.contains("href") } })
    #expect(!picture.elements.contains { $0.attributes["id"] != nil })
    #expect(!svg.contains("url("))
  }

  @Test("A path keeps its gaps, drops what cannot be seen, and shows a lone point")
  func path() {
    var svg = SVG()
    svg.path([
      [Position(0, 0), Position(0.001, 0), Position(5, 0)], [Position(7, 1)], [],
    ])
    #expect(svg.body == "  <path d=\"M0 0 5 0M7 1m-1 0h2\"/>\n")
  }

  @Test("A group of nothing is nothing") func emptyGroup() {
    var svg = SVG()
    svg.group(["fill": "none"]) { $0.path([[]]) }
    #expect(svg.body.isEmpty)
  }
}
