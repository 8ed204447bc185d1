extension Plot.Style {
  /// Draws lines; over a heat map with an edge of the other lightness, to be seen on any colour.
  func stroke(_ pieces: [[Position]], isCased: Bool = false, to svg: inout SVG) {
    if isCased {
      svg.path(
        pieces,
        [
          "fill": "none", "stroke": colour == .white ? "#000" : "#fff",
          "stroke-width": SVG.number(width + 2), "stroke-linejoin": "round",
          "stroke-opacity": "0.7",
        ])
    }
    let dashes = dash.lengths.map(SVG.number).joined(separator: " ")
    if dashes.isEmpty {
      svg.path(
        pieces,
        [
          "fill": "none", "stroke": colour.rgb.hex, "stroke-width": SVG.number(width),
          "stroke-linejoin": "round",
        ])
    } else {
      svg.path(
        pieces,
        [
          "fill": "none", "stroke": colour.rgb.hex, "stroke-width": SVG.number(width),
          "stroke-linejoin": "round", "stroke-dasharray": dashes,
        ])
    }
    if hasArrow, let last = pieces.last { drawArrow(at: last, to: &svg) }
  }

  /// Draws markers of one size, one over the other; a crowd of them as one path without edges.
  func mark(_ points: [Position], radius: Double, to svg: inout SVG) {
    let hex = colour.rgb.hex
    let isCrowd = points.count > 400
    let attributes: SVG.Attributes
    if marker.isStroked {
      attributes = ["fill": "none", "stroke": hex, "stroke-width": isCrowd ? "1" : "1.7"]
    } else if marker.isOpen {
      attributes = ["fill": "#fff", "stroke": hex, "stroke-width": isCrowd ? "0.8" : "1.4"]
    } else {
      // A thin edge of paper keeps neighbours apart.
      let edge = isCrowd ? "none" : colour == .white ? "#000" : "#fff"
      attributes = ["fill": hex, "stroke": edge, "stroke-width": "0.7"]
    }
    let markers = points.map { marker.path(at: $0, radius: radius) }
    if points.count == 1 || isCrowd {
      svg.path(markers.joined(), attributes)
    } else {
      svg.group(attributes) { svg in
        for path in markers { svg.path(path) }
      }
    }
  }

  /// Fills polygons as a band.
  func shade(_ polygons: [[Position]], to svg: inout SVG) {
    svg.path(polygons, closed: true, ["fill": colour.rgb.hex, "fill-opacity": "0.22"])
  }

  /// Fills boxes as bars.
  func fill(_ boxes: [Box], to svg: inout SVG) {
    svg.group(["fill": colour.rgb.hex, "fill-opacity": "0.35", "stroke": colour.rgb.hex]) { svg in
      for box in boxes { svg.rectangle(box) }
    }
  }

  /// An arrowhead at the end of a polyline, in the direction of its last few units.
  private func drawArrow(at line: [Position], to svg: inout SVG) {
    guard let end = line.last else { return }
    guard let before = line.last(where: { $0.distance(to: end) > 3 }) ?? line.first,
      before != end
    else { return }
    let distance = before.distance(to: end)
    let (along, across) = ((end.x - before.x) / distance, (end.y - before.y) / distance)
    let size = 3 + 1.5 * width
    let tip = Position(end.x + 0.4 * size * along, end.y + 0.4 * size * across)
    let corners = [1.0, -1].map { side in
      Position(
        tip.x - 2 * size * along - side * 0.8 * size * across,
        tip.y - 2 * size * across + side * 0.8 * size * along)
    }
    svg.path(
      [[tip] + corners], closed: true,
      [
        "fill": colour.rgb.hex, "stroke": colour == .white ? "#000" : "#fff",
        "stroke-width": "0.7",
      ])
  }
}
