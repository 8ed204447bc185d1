/// What is drawn in a frame, as far as labels and legends must keep clear of it.
struct Ink {
  private var segments: [(Position, Position)] = []
  private var points: [Position] = []
  private var areas: [Box] = []

  /// Adds lines.
  mutating func add(_ pieces: [[Position]]) {
    for piece in pieces { segments += zip(piece, piece.dropFirst()) }
  }

  /// Adds the marker at a point.
  mutating func add(_ point: Position) { points.append(point) }

  /// Adds a filled area, such as a text.
  mutating func add(_ area: Box) { areas.append(area) }

  /// How much would be hidden by something that fills `box`: about the length of lines, with a
  /// point as bad as a line of 20, and a text worse.
  func hidden(by box: Box) -> Double {
    var sum = 0.0
    for (start, end) in segments {
      if let (from, to) = box.clip(start, end) { sum += from.distance(to: to) }
    }
    let near = box.grown(by: 4)
    for point in points where near.contains(point) { sum += 20 }
    for area in areas {
      if let shared = box.intersection(area) { sum += 60 + (shared.width * shared.height) / 10 }
    }
    return sum
  }

  /// The candidate that hides least, the first of those that are equal.
  func clearest(_ candidates: [Box]) -> (box: Box, hidden: Double)? {
    var best: (box: Box, hidden: Double)?
    for box in candidates {
      let hidden = hidden(by: box)
      if hidden < best?.hidden ?? .infinity { best = (box, hidden) }
    }
    return best
  }
}
