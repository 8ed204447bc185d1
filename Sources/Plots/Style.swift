extension Plot {
  /// How a line is drawn, and points.
  ///
  ///     plot.line(loads, stable, label: "retrieval")
  ///       .line(loads, saddle, label: "saddle", style: .series(0).dashed(.dotted))
  ///       .line(x, y, style: .black.wide(2.5).arrow())
  ///
  /// Series differ in colour, and without colour in dashes and markers.
  public struct Style: Hashable, Sendable {
    public var colour: Colour
    public var dash: Dash
    public var marker: Marker
    /// The width of lines; text is 12 high.
    public var width: Double
    /// Whether lines end in an arrowhead.
    public var hasArrow = false

    /// The style of the line or the points with this index, counted from 0.
    ///
    /// Seven colours, eight dashes, ten markers; from the ninth on lines are wider.
    public static func series(_ index: Int) -> Style {
      precondition(index >= 0, "a series of index \(index)")
      let colours = Colour.series
      let (dashes, markers) = (Dash.allCases, Marker.allCases)
      return Style(
        colour: colours[index % colours.count], dash: dashes[index % dashes.count],
        marker: markers[index % markers.count],
        width: index / dashes.count % 2 == 0 ? 1.6 : 2.8)
    }

    /// A solid black line, filled black circles.
    public static let black = Style(colour: .black, dash: .solid, marker: .circle, width: 1.6)
    /// The same in white, for dark heat maps.
    public static let white = Style(colour: .white, dash: .solid, marker: .circle, width: 1.6)
    /// A thin grey dashed line: something to compare with.
    public static let reference = Style(colour: .grey, dash: .dashed, marker: .plus, width: 1.1)

    /// The style with other dashes.
    public func dashed(_ dash: Dash) -> Style { changed { $0.dash = dash } }
    /// The style with other markers.
    public func marked(_ marker: Marker) -> Style { changed { $0.marker = marker } }
    /// The style in another colour.
    public func coloured(_ colour: Colour) -> Style { changed { $0.colour = colour } }
    /// The style with lines of another width.
    public func wide(_ width: Double) -> Style { changed { $0.width = width } }
    /// The style with an arrowhead at the end of lines.
    public func arrow() -> Style { changed { $0.hasArrow = true } }

    private func changed(_ change: (inout Style) -> Void) -> Style {
      var style = self
      change(&style)
      return style
    }
  }

  /// The dashes of a line, in the order in which series take them.
  public enum Dash: Hashable, Sendable, CaseIterable {
    case solid, dashed, dotted, dashDotted, longDashed, dashDotDotted, shortDashed, sparse

    /// Lengths of strokes and gaps in turn; empty for a solid line.
    var lengths: [Double] {
      switch self {
      case .solid: []
      case .dashed: [6, 3]
      case .dotted: [1.6, 2.4]
      case .dashDotted: [7, 2.5, 1.6, 2.5]
      case .longDashed: [12, 3]
      case .dashDotDotted: [9, 2.2, 1.6, 2.2, 1.6, 2.2]
      case .shortDashed: [3, 2]
      case .sparse: [3, 5]
      }
    }
  }

  /// The marker of points, in the order in which series take them.
  public enum Marker: Hashable, Sendable, CaseIterable {
    case circle, openSquare, triangle, openDiamond, cross, square, openCircle, diamond, openTriangle
    case plus

    /// Whether the inside is paper.
    var isOpen: Bool {
      switch self {
      case .openSquare, .openDiamond, .openCircle, .openTriangle: true
      case .circle, .triangle, .cross, .square, .diamond, .plus: false
      }
    }

    /// Whether the marker is strokes only.
    var isStroked: Bool { self == .cross || self == .plus }
  }
}

extension Plot.Marker {
  /// The marker around a point as commands of a path; `radius` is that of a circle, and the
  /// others have about its area.
  func path(at point: Position, radius: Double) -> String {
    let n = SVG.number
    let (x, y) = (point.x, point.y)
    switch self {
    case .circle, .openCircle:
      let r = n(radius)
      let d = n(2 * radius)
      return "M\(n(x - radius)) \(n(y))a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0 -\(d) 0Z"
    case .square, .openSquare:
      let h = 0.89 * radius
      return "M\(n(x - h)) \(n(y - h))h\(n(2 * h))v\(n(2 * h))h\(n(-2 * h))Z"
    case .triangle, .openTriangle:
      let r = 1.35 * radius
      let (half, down) = (0.866 * r, 0.5 * r)
      return "M\(n(x)) \(n(y - r))L\(n(x + half)) \(n(y + down))H\(n(x - half))Z"
    case .diamond, .openDiamond:
      let r = 1.28 * radius
      return "M\(n(x)) \(n(y - r))L\(n(x + r)) \(n(y)) \(n(x)) \(n(y + r)) \(n(x - r)) \(n(y))Z"
    case .cross:
      let h = 0.95 * radius
      return
        "M\(n(x - h)) \(n(y - h))l\(n(2 * h)) \(n(2 * h))m\(n(-2 * h)) 0l\(n(2 * h)) \(n(-2 * h))"
    case .plus:
      let h = 1.25 * radius
      return "M\(n(x - h)) \(n(y))h\(n(2 * h))M\(n(x)) \(n(y - h))v\(n(2 * h))"
    }
  }
}
