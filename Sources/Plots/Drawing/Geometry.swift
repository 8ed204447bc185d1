/// A point of the picture, in its units, y downward; or of the data, y upward.
struct Position: Equatable, Sendable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
  var isNaN: Bool { x.isNaN || y.isNaN }

  func distance(to other: Position) -> Double {
    let (dx, dy) = (other.x - x, other.y - y)
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// An upright rectangle of the picture; what is drawn in it is cut to it here, by arithmetic.
struct Box: Equatable, Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }
  var centre: Position { Position((left + right) / 2, (top + bottom) / 2) }

  /// The rectangle grown by `margin` on every side.
  func grown(by margin: Double) -> Box {
    Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
  }

  init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  init(centre: Position, width: Double, height: Double) {
    self.init(
      left: centre.x - width / 2, top: centre.y - height / 2, right: centre.x + width / 2,
      bottom: centre.y + height / 2)
  }

  func contains(_ other: Box) -> Bool {
    other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom
  }

  func contains(_ point: Position) -> Bool {
    point.x >= left && point.x <= right && point.y >= top && point.y <= bottom
  }

  /// What two rectangles share; nil if nothing.
  func intersection(_ other: Box) -> Box? {
    let shared = Box(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
    return shared.left < shared.right && shared.top < shared.bottom ? shared : nil
  }

  /// The part of a segment within the rectangle; nil if it passes by (Liang and Barsky 1984).
  func clip(_ start: Position, _ end: Position) -> (Position, Position)? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    var (enter, leave) = (0.0, 1.0)
    let sides = [
      (-dx, start.x - left), (dx, right - start.x), (-dy, start.y - top), (dy, bottom - start.y),
    ]
    for (direction, room) in sides {
      if direction == 0 {
        if room < 0 { return nil }
      } else if direction < 0 {
        enter = max(enter, room / direction)
      } else {
        leave = min(leave, room / direction)
      }
    }
    guard enter <= leave else { return nil }
    /// A point of the side, in spite of rounding.
    func point(at share: Double) -> Position {
      Position(
        min(max(start.x + share * dx, left), right), min(max(start.y + share * dy, top), bottom))
    }
    return (enter == 0 ? start : point(at: enter), leave == 1 ? end : point(at: leave))
  }

  /// The pieces of a polyline within the rectangle, broken where a coordinate is not a number.
  ///
  /// A point alone between two gaps is a piece of one point.
  func pieces(of line: [Position]) -> [[Position]] {
    var pieces: [[Position]] = []
    for run in line.split(whereSeparator: \.isNaN) {
      let run = run.map(tamed)
      if run.count == 1, contains(run[0]) { pieces.append([run[0]]) }
      var piece: [Position] = []
      for (start, end) in zip(run, run.dropFirst()) {
        guard let (from, to) = clip(start, end) else { continue }
        if piece.last != from {
          if piece.count > 1 { pieces.append(piece) }
          piece = [from]
        }
        piece.append(to)
      }
      if piece.count > 1 { pieces.append(piece) }
    }
    return pieces
  }

  /// The part of a polygon within the rectangle (Sutherland and Hodgman 1974).
  ///
  /// A concave polygon may come back with edges that run along the rectangle's side: right for
  /// a fill, not for an outline.
  func clip(polygon: [Position]) -> [Position] {
    var polygon = polygon.map(tamed)
    let sides: [(inside: (Position) -> Bool, cut: (Position, Position) -> Position)] = [
      ({ $0.x >= left }, { Self.cut($0, $1, atX: left) }),
      ({ $0.x <= right }, { Self.cut($0, $1, atX: right) }),
      ({ $0.y >= top }, { Self.cut($0, $1, atY: top) }),
      ({ $0.y <= bottom }, { Self.cut($0, $1, atY: bottom) }),
    ]
    for side in sides {
      guard var previous = polygon.last else { return [] }
      var kept: [Position] = []
      for corner in polygon {
        if side.inside(corner) != side.inside(previous) { kept.append(side.cut(previous, corner)) }
        if side.inside(corner) { kept.append(corner) }
        previous = corner
      }
      polygon = kept
    }
    return polygon
  }

  private static func cut(_ a: Position, _ b: Position, atX x: Double) -> Position {
    Position(x, a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y))
  }

  private static func cut(_ a: Position, _ b: Position, atY y: Double) -> Position {
    Position(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y)
  }

  /// Infinite and astronomic coordinates as far ones, so that lines leave the frame towards them.
  private func tamed(_ point: Position) -> Position {
    Position(min(max(point.x, -1e6), 1e6), min(max(point.y, -1e6), 1e6))
  }
}
