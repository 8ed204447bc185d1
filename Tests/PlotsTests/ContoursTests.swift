import Testing

@testable import HopfieldPlots

@Suite struct ContoursTests {
  private func length(_ line: [Position]) -> Double {
    zip(line, line.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
  }

  @Test("The level lines of x^2 + y^2 are circles: closed, of the right length and area")
  func circle() throws {
    let places = (0...80).map { -2 + 0.05 * Double($0) }
    let map = Heatmap(x: places, y: places) { x, y in x * x + y * y }
    for radius in [0.5, 1, 1.7] {
      let lines = map.contours(at: radius * radius)
      let tolerance = 0.05 * 0.05 / (2 * radius * radius)
      try #require(lines.count == 1)
      #expect(lines[0].first == lines[0].last)
      #expect(abs(length(lines[0]) / (2 * .pi * radius) - 1) < tolerance)
      #expect(abs(GeometryTests.area(lines[0]) / (.pi * radius * radius) - 1) < tolerance)
      // Linear interpolation of a parabola over a step h errs by h^2 / 4 at most, in r^2.
      for point in lines[0] {
        #expect(
          abs(point.x * point.x + point.y * point.y - radius * radius) <= 0.05 * 0.05 / 4 + 1e-12)
      }
    }
  }

  @Test("On a linear field lines are exact, and end at the rim") func plane() {
    let map = Heatmap(x: [0, 1, 3], y: [0, 2]) { x, y in x + 2 * y }
    let lines = map.contours(at: 2.5)
    #expect(lines.count == 1)
    for point in lines[0] { #expect(abs(point.x + 2 * point.y - 2.5) < 1e-12) }
    let ends = [lines[0].first!, lines[0].last!].sorted { $0.x < $1.x }
    #expect(abs(ends[0].x) < 1e-12 && abs(ends[0].y - 1.25) < 1e-12)
    #expect(abs(ends[1].x - 2.5) < 1e-12 && abs(ends[1].y) < 1e-12)
  }

  @Test("At a saddle the mean of the corners decides which corners are cut off") func saddle() {
    // High corners at lower left and upper right.
    let high = Contours([[1, -0.5], [-0.5, 1]], at: 0).lines
    let low = Contours([[0.5, -1], [-1, 0.5]], at: 0).lines
    #expect(high.count == 2 && low.count == 2)
    // The centre joins the high corners, so each line goes round a low one, and the reverse.
    for line in high {
      #expect((line[0].x - 0.5) * (line[0].y - 0.5) + (line[1].x - 0.5) * (line[1].y - 0.5) < 0)
    }
    for line in low { #expect(length(line) < 0.5) }
    let lowCorners = high.map { $0.reduce(0) { $0 + $1.x - $1.y } }
    #expect(lowCorners.contains { $0 > 0.5 } && lowCorners.contains { $0 < -0.5 })
  }

  @Test("Level lines separate low from high, whatever the values") func separation() {
    // Every edge between a low and a high neighbour is crossed once, and no other.
    var state: UInt64 = 1
    let values = (0..<12).map { _ in
      (0..<15).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 40) / Double(1 << 24) - 0.5
      }
    }
    var crossings = 0
    for j in 0..<12 {
      for i in 0..<14 where (values[j][i] >= 0) != (values[j][i + 1] >= 0) { crossings += 1 }
    }
    for j in 0..<11 {
      for i in 0..<15 where (values[j][i] >= 0) != (values[j + 1][i] >= 0) { crossings += 1 }
    }
    let lines = Contours(values, at: 0).lines
    let points = lines.map { $0.first == $0.last ? $0.count - 1 : $0.count }.reduce(0, +)
    #expect(points == crossings)
    #expect(Contours(values, at: 0).lines == lines)
  }

  @Test("Cells with a value that is not finite have no lines") func gaps() {
    let values = [[0.0, 0, 0, 0], [1, 1, .nan, 1], [0, 0, 0, 0]]
    let lines = Contours(values, at: 0.5).lines
    for point in lines.joined() { #expect(point.x <= 1) }
    #expect(lines.count == 2)
    #expect(Contours([], at: 0).lines.isEmpty && Contours([[1]], at: 0).lines.isEmpty)
  }
}
