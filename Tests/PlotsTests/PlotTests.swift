import Testing

@testable import HopfieldPlots

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

@Suite struct PlotTests {
  private let blue = Plot.Colour.blue.rgb.hex
  private let vermillion = Plot.Colour.vermillion.rgb.hex

  private var example: Plot {
    let loads = (1...15).map { 0.01 * Double($0) }
    return Plot("Retrieval at *T* = 0", x: "load α", y: "overlap *m*").subtitle("*N* = 2000")
      .line(loads, loads.map { 1 - $0 * $0 }, label: "AGS 1985")
      .band(loads, loads.map { 0.9 - $0 }, loads.map { 1 - $0 / 2 }, label: "spread")
      .points(loads, loads.map { 1 - $0 }, errors: loads.map { $0 / 9 }, label: "*N* = 2000")
      .rule(x: 0.138, label: "α_c").rule(y: 0.95).text("retrieval", x: 0.05, y: 0.9)
  }

  @Test("A plot is a value: the same bytes for the same plot, and calls leave it as it was")
  func value() {
    let plot = example
    #expect(plot == example && plot.svg == example.svg)
    let more = plot.line([0, 1], [0, 1])
    #expect(more != plot && plot.svg == example.svg && more.svg != plot.svg)
  }

  @Test("All that is drawn lies in the picture, with two decimals at most") func coordinates()
    throws
  {
    let wild = Plot(x: "x", y: "y")
      .line([0, 1, 2, 3], [1e-3, 1e9, -1e12, .infinity]).points([0, 2], [1, 1e8])
      .bars([0, 1], [3, -1e300]).yAxis(in: -1...2)
    for svg in [example.svg, wild.svg] {
      let picture = try #require(Picture(svg))
      for path in picture.elements("path") {
        for number in path.attributes["d", default: ""].numbers {
          #expect(number.split(separator: ".").dropFirst().first?.count ?? 0 <= 2)
          #expect((Double(number) ?? .nan).magnitude <= 480)
        }
      }
      for rectangle in picture.elements("rect") {
        #expect(rectangle.attributes["x"].flatMap(Double.init) ?? 0 >= 0)
        #expect(rectangle.number("width") <= 480 && rectangle.number("height") <= 360)
      }
    }
  }

  @Test("A value that is not a number is a gap in lines, and no point") func gaps() throws {
    let x = [0.0, 1, 2, 3, 4, 5]
    let y = [1.0, 2, .nan, 2, 1, .nan]
    let picture = try #require(Picture(Plot().line(x, y).svg))
    let line = try #require(picture.paths("stroke", blue).first)
    #expect(line.count { $0 == "M" } == 2)
    #expect(line.numbers.count == 8)
    let points = try #require(Picture(Plot().points(x, y).svg))
    #expect(points.paths("fill", blue).count == 4)
  }

  @Test("A crowd of points is one path") func crowd() throws {
    let x = (0..<500).map { Double($0) }
    let picture = try #require(Picture(Plot().points(x, x).svg))
    #expect(picture.paths("fill", blue).map { path in path.count { $0 == "M" } } == [500])
  }

  @Test("Points stand where the axes say, also on logarithmic ones") func places() throws {
    let plot = Plot().points([1, 10, 100, 1000], [1e-2, 1, 100, 0.1], style: .black.marked(.plus))
      .xAxis(.logarithmic, in: 1...1000).yAxis(.logarithmic, in: 1e-2...100)
    let picture = try #require(Picture(plot.svg))
    let frame = try #require(picture.elements("rect").dropFirst().first)
    let (left, top) = (frame.number("x"), frame.number("y"))
    let (width, height) = (frame.number("width"), frame.number("height"))
    let data = picture.paths("stroke-width", "1.7").joined()
    // Each plus is M(x - h) y h(2h) M x (y - h) v(2h).
    let numbers = data.numbers.compactMap { Double($0) }
    #expect(numbers.count == 24)
    for (i, share) in [(0.0, 0.0), (1.0 / 3, 0.5), (2.0 / 3, 1.0), (1.0, 0.25)].enumerated() {
      #expect(abs(numbers[6 * i + 3] - (left + share.0 * width)) < 0.02)
      #expect(abs(numbers[6 * i + 1] - (top + (1 - share.1) * height)) < 0.02)
    }
  }

  @Test("Nothing, constants, single and unusable values still make a picture")
  func degenerate() throws {
    let nan = Double.nan
    let plots = [
      Plot(), Plot("Only a title"), Plot().line([], [], label: "none"), Plot().line([1], [1]),
      Plot().line([nan], [nan]), Plot().points([3, 3], [5, 5], errors: [0, nan]),
      Plot().line([0, 1], [-.infinity, .infinity]), Plot().histogram([]), Plot().histogram([4]),
      Plot().line([1, 2], [-1, -2]).xAxis(.logarithmic).yAxis(.logarithmic),
      Plot().points([0, 1], [0, 1], errors: [2, 2]).yAxis(.logarithmic),
      Plot().band([0, 1, 2], [0, nan, 0], [1, 1, 1]), Plot().bars([], []),
      Plot().line([1e300, -1e300], [1e308, 1e-300]), Plot().rule(x: nan).rule(y: .infinity),
      Plot().line([1, 1 + 1e-15], [1e9, 1e9 + 1e-6]), Plot().text("", x: nan, y: 0),
      Plot().heatmap(Heatmap([], x: [], y: [])).contours(of: Heatmap([], x: [], y: []), at: [0]),
      Plot().heatmap(Heatmap([[nan]], x: [0], y: [0])).xAxis(.logarithmic),
      Plot("A title far too long for a picture of the least size, " + example.title)
        .size(width: 160, height: 120).line([0, 1], [0, 1], label: "a label that is long, too"),
    ]
    for plot in plots {
      #expect(Picture(plot.svg) != nil)
      #expect(!plot.svg.contains("nan") && !plot.svg.contains("inf"))
    }
  }

  @Test("The k-th points have the colour of the k-th line, and a style of one's own wins")
  func styles() {
    let plot = Plot().line([], []).line([], []).points([], []).points([], []).band([], [], [])
      .line([], [], style: .black)
    #expect(
      plot.series.map(\.style.colour) == [
        .blue, .vermillion, .blue, .vermillion, .vermillion, .black,
      ]
    )
  }

  @Test("Areas lie under lines, lines under points") func order() throws {
    let plot = Plot().points([0, 1], [0, 1]).line([0, 1], [0, 1]).band([0, 1], [0, 0], [1, 1])
    let picture = try #require(Picture(plot.svg))
    let drawn = picture.elements("path").prefix(3)
    #expect(drawn.map { $0.style["fill-opacity"] ?? "" } == ["0.22", "", ""])
    #expect(drawn.map { $0.style["fill"] ?? "" } == [blue, "none", blue])
  }

  @Test("Error bars end at y - error and y + error, with caps; those of measurements are equal")
  func errorBars() throws {
    let plot = Plot().points([1], [5], errors: [2], style: .black).yAxis(in: 0...10)
    let same = Plot().points([Plot.Measurement(x: 1, y: 5, error: 2)], style: .black)
      .yAxis(in: 0...10)
    #expect(plot.svg == same.svg)
    let picture = try #require(Picture(plot.svg))
    let frame = try #require(picture.elements("rect").dropFirst().first)
    let (top, height) = (frame.number("y"), frame.number("height"))
    let bar = try #require(
      picture.elements("path").first { $0.attributes["stroke-width"] == "1.1" }?.attributes["d"])
    let numbers = bar.numbers.compactMap { Double($0) }
    #expect(numbers.count == 12)
    #expect(abs(numbers[1] - (top + 0.7 * height)) < 0.02)
    #expect(abs(numbers[3] - (top + 0.3 * height)) < 0.02)
    #expect(numbers[5] == numbers[1] && numbers[9] == numbers[3])
    #expect(abs(numbers[6] - numbers[4] - 6.4) < 1e-9)
  }

  @Test("Counts that differ stop with both numbers") func misuse() async {
    func check(_ message: String, _ result: ExitTest.Result?) {
      let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(output.contains(message))
    }
    check(
      "a line of 3 x and 2 y",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Plot().line([1, 2, 3], [1, 2])
      })
    check(
      "1 errors of 2 points",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Plot().points([1, 2], [1, 2], errors: [1])
      })
    check(
      "a logarithmic axis from 0.0 to 1.0",
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Plot().xAxis(.logarithmic, in: 0...1)
      })
  }

  @Test("The example of the documentation writes what it shows") func texts() throws {
    let picture = try #require(Picture(example.svg))
    for text in ["Retrieval at T = 0", "N = 2000", "AGS 1985", "αc", "retrieval", "load α", "0.10"]
    {
      #expect(picture.texts.contains(text))
    }
  }
}
