import Testing

@testable import HopfieldPlots

@Suite struct GeometryTests {
  let box = Box(left: 0, top: 0, right: 10, bottom: 10)

  @Test("Segments are cut where they cross the sides") func segments() throws {
    let across = try #require(box.clip(Position(-5, 5), Position(15, 5)))
    #expect(across == (Position(0, 5), Position(10, 5)))
    let slanted = try #require(box.clip(Position(5, 5), Position(15, 20)))
    #expect(abs(slanted.1.x - (5 + 10.0 / 3)) < 1e-12 && slanted.1.y == 10)
    #expect(box.clip(Position(-1, 5), Position(0.5, 14)) == nil)
    #expect(box.clip(Position(11, 0), Position(11, 10)) == nil)
    #expect(try #require(box.clip(Position(10, 0), Position(10, 10))).1 == Position(10, 10))
  }

  @Test("A polyline breaks at gaps and where it leaves the box") func gaps() {
    let nan = Double.nan
    let line = [
      (1, 1), (2, 2), (nan, 3), (4, 4), (5, nan), (6, 6), (7, 7), (7, 20), (8, 20), (8, 8),
    ]
    .map { Position($0.0, $0.1) }
    let pieces = box.pieces(of: line)
    #expect(
      pieces == [
        [Position(1, 1), Position(2, 2)], [Position(4, 4)],
        [Position(6, 6), Position(7, 7), Position(7, 10)], [Position(8, 10), Position(8, 8)],
      ])
  }

  @Test("Infinite coordinates lie beyond the box, in their direction") func infinite() {
    let line = [Position(2, 5), Position(4, -.infinity), Position(6, .infinity), Position(8, 5)]
    let pieces = box.pieces(of: line)
    #expect(pieces.count == 3)
    for point in pieces.joined() { #expect(box.contains(point)) }
    #expect(pieces[0].last?.y == 0 && abs((pieces[0].last?.x ?? 0) - 2) < 1e-3)
    #expect(pieces[1].map(\.y) == [0, 10] && abs(pieces[1][0].x - 5) < 1e-3)
    #expect(pieces[2].first?.y == 10)
  }

  @Test("A cut polygon has the area counted point by point") func polygons() {
    let polygon = [
      Position(-4, 3), Position(5, -6), Position(9, 4), Position(16, 5), Position(6, 17),
      Position(5, 6),
    ]
    let cut = box.clip(polygon: polygon)
    let grid = 400
    var inside = 0
    for i in 0..<grid {
      for j in 0..<grid {
        let x = 10 * (Double(i) + 0.5) / Double(grid)
        let y = 10 * (Double(j) + 0.5) / Double(grid)
        if Self.contains(polygon, x, y) { inside += 1 }
      }
    }
    #expect(abs(Self.area(cut) - 100 * Double(inside) / Double(grid * grid)) < 0.1)
    for point in cut { #expect(box.grown(by: 1e-9).contains(point)) }
    #expect(box.clip(polygon: polygon.map { Position($0.x + 40, $0.y) }).isEmpty)
  }

  /// By the shoelace formula.
  static func area(_ polygon: [Position]) -> Double {
    let next = polygon.dropFirst() + polygon.prefix(1)
    return abs(zip(polygon, next).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }) / 2
  }

  /// By counting the edges that a ray crosses.
  private static func contains(_ polygon: [Position], _ x: Double, _ y: Double) -> Bool {
    var isInside = false
    for (a, b) in zip(polygon, polygon.dropFirst() + polygon.prefix(1))
    where (a.y > y) != (b.y > y) && x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) {
      isInside.toggle()
    }
    return isInside
  }
}
