import Testing

@testable import HopfieldPlots

@Suite struct PanelsTests {
  private let plots = (0..<3).map { i in
    Plot("Plot \(i)", x: "x").line([0, 1], [0, Double(i)], label: "line \(i)")
      .size(width: 300 + 20 * Double(i), height: 200)
  }

  @Test("Plots stand in rows, tagged in order") func rows() throws {
    let picture = try #require(Picture(Panels(plots, columns: 2, title: "All").svg))
    #expect(picture.elements("title").map(\.text) == ["All"])
    #expect(picture.elements.first?.attributes["viewBox"] == "0 0 660 400")
    let moves = picture.elements("g").compactMap { $0.attributes["transform"] }
    #expect(moves == ["translate(0 0)", "translate(340 0)", "translate(0 200)"])
    #expect(picture.texts.filter { $0.hasPrefix("(") } == ["(a)", "(b)", "(c)"])
    for i in 0..<3 { #expect(picture.texts.contains("line \(i)")) }
  }

  @Test("No plots and one plot are pictures, too; the bytes are always the same") func few() {
    #expect(Picture(Panels([]).svg) != nil)
    #expect(Picture(Panels([plots[0]], columns: 3).svg) != nil)
    #expect(Panels(plots).svg == Panels(plots).svg)
  }
}
