import Testing

@testable import HopfieldPlots

@Suite struct HeatmapTests {
  /// The rectangles of each colour in the picture: (left, top, right, bottom).
  private func cells(_ plot: Plot) throws -> [String: [[Double]]] {
    let picture = try #require(Picture(plot.svg))
    var cells: [String: [[Double]]] = [:]
    for path in picture.elements("path") where path.parents.last == "g" {
      guard let fill = path.attributes["fill"], fill != "none" else { continue }
      let numbers = path.attributes["d", default: ""].numbers.compactMap { Double($0) }
      for i in stride(from: 0, to: numbers.count, by: 5) {
        cells[fill, default: []].append(Array(numbers[i..<i + 4]))
      }
    }
    return cells
  }

  @Test("Each value has its cell, rows from below, runs of one colour in one") func places() throws
  {
    let map = Heatmap([[0, 1, 1], [1, 0, .nan]], x: [1, 2, 3], y: [10, 20])
    let cells = try cells(Plot().heatmap(map.colours(.greys, in: 0...1)))
    let (white, black, grey) = (cells["#ffffff"]!, cells["#101010"]!, cells["#d8d8d8"]!)
    #expect(white.count == 2 && black.count == 2 && grey.count == 1)
    let (lowerWhite, upperWhite) = (white[0], white[1])
    // M left top H right V bottom.
    #expect(lowerWhite[1] == upperWhite[3] && lowerWhite[2] == upperWhite[0])
    #expect(black[0][0] == lowerWhite[2] && abs(black[0][2] - grey[0][2]) < 0.01)
    #expect(abs((black[0][2] - black[0][0]) - 2 * (lowerWhite[2] - lowerWhite[0])) < 0.03)
  }

  @Test("The cells of a map fill the frame without gaps or overlaps") func coverage() throws {
    let places = [0.0, 1, 1.5, 4, 10]
    let map = Heatmap(x: places, y: places) { x, y in
      (x * 7 + y * 3).truncatingRemainder(dividingBy: 5)
    }
    let cells = try cells(Plot().heatmap(map))
    let area = cells.values.joined().reduce(0) { $0 + ($1[2] - $1[0]) * ($1[3] - $1[1]) }
    let picture = try #require(Picture(Plot().heatmap(map).svg))
    let frame = try #require(picture.elements("rect").first { $0.attributes["fill"] == nil })
    #expect(abs(area / (frame.number("width") * frame.number("height")) - 1) < 1e-3)
  }

  @Test("Edges lie midway, on a logarithmic axis at the geometric mean") func edges() {
    #expect(Heatmap.edges(of: [1, 2, 4], scale: .linear) == [0.5, 1.5, 3, 5])
    let log = Heatmap.edges(of: [1, 100, 400], scale: .logarithmic)
    for (edge, expected) in zip(log, [0.1, 10, 200, 800]) { #expect(abs(edge - expected) < 1e-9) }
    #expect(Heatmap.edges(of: [3], scale: .linear) == [2.5, 3.5])
    #expect(Heatmap.edges(of: [], scale: .linear).isEmpty)
  }

  @Test("Values beyond the range have the colour of its end") func range() throws {
    let map = Heatmap([[-9, .infinity, -.infinity, 9]], x: [0, 1, 2, 3], y: [0])
    let cells = try cells(Plot().heatmap(map.colours(.greys, in: 0...1)))
    #expect(cells["#ffffff"]?.count == 2 && cells["#101010"]?.count == 2)
    #expect(Heatmap([[2, 5, .nan, .infinity]], x: [0, 1, 2, 3], y: [0]).shownRange == 2...5)
  }

  @Test("The scale of colours has the label and ticks of the range") func bar() throws {
    let map = Heatmap([[0, 1]], x: [0, 1], y: [0], label: "overlap *m*").colours(
      .viridis, in: 0...1)
    let picture = try #require(Picture(Plot().heatmap(map).svg))
    #expect(picture.texts.contains("overlap m"))
    let strips = picture.elements("rect").filter { $0.attributes["fill"]?.count == 7 }
    #expect(strips.count == Heatmap.levels)
    #expect(strips.first?.attributes["fill"] == "#440154")
    #expect(strips.last?.attributes["fill"] == "#fde725")
  }

  @Test("A grid that does not fit stops with both numbers") func misuse() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Heatmap([[1, 2, 3]], x: [1, 2], y: [1])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("a row of 3 values for 2 x"))
  }
}
