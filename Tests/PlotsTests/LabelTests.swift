import Testing

@testable import HopfieldPlots

@Suite struct LabelTests {
  typealias Run = Label.Run

  @Test("Levels and italics") func markup() {
    #expect(Label("α_c").runs == [Run(text: "α"), Run(text: "c", level: .lowered)])
    #expect(
      Label("*N*^{-1/2} sites").runs == [
        Run(text: "N", isItalic: true), Run(text: "−1/2", level: .raised), Run(text: " sites"),
      ])
    #expect(
      Label("*T_M*").runs == [
        Run(text: "T", isItalic: true), Run(text: "M", level: .lowered, isItalic: true),
      ])
    #expect(Label("10^3").plain == "10^3")
    #expect(Label("*N*^{-1/2}").plain == "N^(−1/2)")
  }

  @Test(
    "What is no markup stays as it is",
    arguments: ["2 * 3 * 4", "a*", "x_", "x_ y", "x^{2", "_{}", "100 %", "\\", "**"])
  func literal(text: String) {
    #expect(Label(text).runs == [Run(text: text)])
  }

  @Test("A backslash takes the next character as it is") func escapes() {
    #expect(Label("max\\_flips \\*m\\* \\\\").runs == [Run(text: "max_flips *m* \\")])
  }

  @Test("What follows a shifted run returns to the line") func shifts() throws {
    let spans = Label("a_b c^d_e f").spans(size: 10)
    var svg = SVG()
    svg.text(Label("a_b c^d_e f"), at: Position(0, 0), size: 10)
    let picture = try #require(Picture(svg.body))
    let shifts = picture.elements("tspan").map { $0.number("dy") }
    #expect(shifts == [2.2, -2.2, -3.6, 5.8, -2.2])
    #expect(abs(shifts.reduce(0, +)) < 1e-12)
    #expect(picture.texts == ["ab cde f"])
    #expect(Label("plain").spans(size: 10) == "plain" && spans.hasPrefix("a<tspan"))
  }

  @Test("A label grows with its text and its size; raised text is narrower") func widths() {
    #expect(Label("").width(size: 12) == 0)
    #expect(Label("overlap").width(size: 12) * 2 == Label("overlap").width(size: 24))
    #expect(Label("x^{22}").width(size: 12) < Label("x22").width(size: 12))
    // Helvetica's own advances of "overlap m": 0.556 x 7 + 0.222 + 0.278 + 0.833 - 0.223.
    let helvetica = 12 * (5 * 0.556 + 0.5 + 0.333 + 0.222 + 0.278 + 0.833)
    #expect(Label("overlap m").width(size: 12) >= helvetica)
    #expect(Label("overlap m").width(size: 12) < 1.3 * helvetica)
  }
}
