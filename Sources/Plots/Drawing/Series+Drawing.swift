extension Series {
  /// The order in which kinds are drawn, whatever the order in which they were added.
  var layer: Int {
    switch mark {
    case .band: 0
    case .bars: 1
    case .contours: 2
    case .verticalRule, .horizontalRule: 3
    case .line: 4
    case .points: 5
    case .text: 6
    }
  }

  /// Draws the series cut to its frame, but for texts and the labels of rules.
  func draw(in frame: Frame, isOnHeatmap: Bool, to svg: inout SVG) {
    switch mark {
    case .line, .contours, .verticalRule, .horizontalRule:
      let isCased = isOnHeatmap && layer == 4
      style.stroke(pieces(in: frame), isCased: isCased, to: &svg)
    case .band(let x, let low, let high):
      style.shade(Self.polygons(x, low, high, in: frame), to: &svg)
    case .bars:
      style.fill(boxes(in: frame), to: &svg)
    case .points(let x, let y, let errors):
      let bars = errors.indices.compactMap { i -> ErrorBar? in
        guard errors[i].isFinite, errors[i] != 0 else { return nil }
        let high = frame.position(x[i], y[i] + errors[i]).y
        // On a logarithmic axis a bar that reaches zero or less goes on for ever.
        let low = frame.position(x[i], y[i] - errors[i]).y
        return (frame.position(x[i], y[i]), high, low.isNaN ? .infinity : low)
      }
      Self.drawErrorBars(bars, style, frame.box, to: &svg)
      style.mark(
        positions(in: frame), radius: Self.markerRadius(count: x.count), to: &svg)
    case .text: break
    }
  }

  /// What labels must keep clear of.
  func add(to ink: inout Ink, in frame: Frame) {
    ink.add(pieces(in: frame))
    for position in positions(in: frame) { ink.add(position) }
    switch mark {
    case .points(let x, let y, let errors):
      for (i, error) in errors.enumerated() where error.isFinite {
        ink.add(frame.pieces(x: [x[i], x[i]], y: [y[i] - error, y[i] + error]))
      }
    case .bars:
      for box in boxes(in: frame) { ink.add(box) }
    case .band(let x, let low, let high):
      for i in x.indices { ink.add(frame.pieces(x: [x[i], x[i]], y: [low[i], high[i]])) }
    default: break
    }
  }

  /// The lines of the series within the frame.
  private func pieces(in frame: Frame) -> [[Position]] {
    switch mark {
    case .line(let x, let y): frame.pieces(x: x, y: y)
    case .contours(let lines, _):
      lines.flatMap { frame.pieces(x: $0.map(\.x), y: $0.map(\.y)) }
    case .verticalRule(let x):
      frame.box.pieces(
        of: [frame.box.bottom, frame.box.top].map { Position(frame.x.position(of: x), $0) })
    case .horizontalRule(let y):
      frame.box.pieces(
        of: [frame.box.left, frame.box.right].map { Position($0, frame.y.position(of: y)) })
    case .points, .band, .bars, .text: []
    }
  }

  /// The points of the series within the frame.
  private func positions(in frame: Frame) -> [Position] {
    guard case .points(let x, let y, _) = mark else { return [] }
    // A point on the frame itself is drawn whole.
    let reach = frame.box.grown(by: 0.01)
    return zip(x, y).map { frame.position($0, $1) }.filter { reach.contains($0) }
  }

  /// The bars of the series within the frame.
  private func boxes(in frame: Frame) -> [Box] {
    guard case .bars(let edges, let heights) = mark else { return [] }
    let base = frame.y.position(of: 0)
    return zip(edges, heights).compactMap { edge, height in
      let end = frame.y.position(of: height)
      guard !end.isNaN else { return nil }
      let left = frame.x.position(of: edge.lowerBound)
      let right = frame.x.position(of: edge.upperBound)
      guard !right.isNaN else { return nil }
      return Box(
        left: left.isNaN ? -.infinity : left, top: min(base, end), right: right,
        bottom: max(base, end)
      ).intersection(frame.box)
    }
  }

  /// The areas between two curves, one for each run without gaps.
  private static func polygons(
    _ x: [Double], _ low: [Double], _ high: [Double], in frame: Frame
  ) -> [[Position]] {
    let sides = x.indices.map { i in
      (low: frame.position(x[i], low[i]), high: frame.position(x[i], high[i]))
    }
    return sides.split { $0.low.isNaN || $0.high.isNaN }.map { run in
      frame.box.clip(polygon: run.map(\.low) + run.map(\.high).reversed())
    }.filter { !$0.isEmpty }
  }

  typealias ErrorBar = (centre: Position, high: Double, low: Double)

  /// Vertical bars with caps, which are left off where the bar leaves the frame.
  static func drawErrorBars(
    _ bars: [ErrorBar], _ style: Plot.Style, _ box: Box, to svg: inout SVG
  ) {
    let reach = box.grown(by: 2)
    var lines: [[Position]] = []
    for bar in bars where !bar.centre.isNaN {
      let ends = [bar.low, bar.high].map { Position(bar.centre.x, $0) }
      lines += reach.pieces(of: ends)
      for end in ends where reach.contains(end) {
        lines.append([Position(end.x - 3.2, end.y), Position(end.x + 3.2, end.y)])
      }
    }
    svg.path(lines, ["fill": "none", "stroke": style.colour.rgb.hex, "stroke-width": "1.1"])
  }

  /// Many points are small points.
  static func markerRadius(count: Int) -> Double { count <= 80 ? 3.4 : count <= 400 ? 2.5 : 1.6 }
}
