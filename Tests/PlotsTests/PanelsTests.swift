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
    #expect(picture.elements.first?.attributes["viewBox"] == "0 0 660 428")
    let moves = picture.elements("g").compactMap { $0.attributes["transform"] }
    #expect(moves == ["translate(0 28)", "translate(340 28)", "translate(0 228)"])
    #expect(picture.texts.filter { $0.hasPrefix("(") } == ["(a)", "(b)", "(c)"])
    for i in 0..<3 { #expect(picture.texts.contains("line \(i)")) }
  }

  @Test("The title stands over the plots, and takes no room where there is none") func title()
    throws
  {
    let picture = try #require(Picture(Panels(plots, columns: 2, title: "All *N*").svg))
    let title = try #require(picture.elements("text").first)
    #expect(title.text == "All N")
    #expect(title.number("x") == 330)
    #expect(title.number("y") > 10 && title.number("y") < 28)
    let bare = try #require(Picture(Panels(plots, columns: 2).svg))
    #expect(bare.elements.first?.attributes["viewBox"] == "0 0 660 400")
    #expect(bare.texts.count == picture.texts.count - 1)
    // A long one shrinks to the width.
    let long = String(repeating: "words ", count: 40)
    let narrow = try #require(Picture(Panels([plots[0]], title: long).svg))
    let size = try #require(narrow.elements("text").first?.number("font-size"))
    #expect(size < 10)
  }

  @Test("No plots and one plot are pictures, too; the bytes are always the same") func few() {
    #expect(Picture(Panels([]).svg) != nil)
    #expect(Picture(Panels([plots[0]], columns: 3).svg) != nil)
    #expect(Panels(plots).svg == Panels(plots).svg)
  }
}
