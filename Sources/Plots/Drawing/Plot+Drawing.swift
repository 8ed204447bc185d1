extension Plot {
  /// The picture as the text of an SVG file.
  public var svg: String {
    var svg = SVG()
    draw(to: &svg)
    return svg.document(
      width: width, height: height, title: Label(title).plain, description: description)
  }

  /// Writes the picture to a file, whole or not at all.
  ///
  /// It is written beside the file of that name, if there is one, and then takes its place.
  public func write(to path: String) throws(PlotError) {
    try PlotError.write(svg, to: path)
  }

  /// Draws the plot with its upper left corner at the origin.
  func draw(tag: String? = nil, to svg: inout SVG) {
    let legend = Legend(series)
    var outside = legendPosition == .outside ? legend.width : 0
    if legend.entries.isEmpty { outside = 0 }
    var frame = Frame(self, isTagged: tag != nil, legendWidth: outside)
    var labels = Labels(self, in: frame)
    var legendBox: Box?
    if !legend.entries.isEmpty {
      switch legendPosition {
      case .hidden, .outside: break
      case .automatic:
        let best = labels.ink.clearest(legend.candidates(in: frame.box))
        // A little of a line may run under the legend, which has paper of its own.
        if let best, best.hidden < 12 {
          legendBox = best.box
        } else {
          outside = legend.width
          frame = Frame(self, isTagged: tag != nil, legendWidth: outside)
          labels = Labels(self, in: frame)
        }
      default: legendBox = legend.box(at: legendPosition, in: frame.box)
      }
    }

    heat?.draw(in: frame, to: &svg)
    let ordered = series.enumerated().sorted { ($0.1.layer, $0.0) < ($1.1.layer, $1.0) }
    for (_, series) in ordered { series.draw(in: frame, isOnHeatmap: heat != nil, to: &svg) }
    drawAxes(frame, to: &svg)
    if let heat, let bar = frame.colourBar { draw(bar, of: heat, to: &svg) }
    drawTitles(frame, tag: tag, to: &svg)
    labels.draw(to: &svg)
    if let legendBox {
      let isOpaque = heat != nil || labels.ink.hidden(by: legendBox) > 0
      legend.draw(in: legendBox, isOpaque: isOpaque, to: &svg)
    } else if outside > 0 {
      let left = width - outside
      let box = Box(
        left: left, top: frame.box.top - 5, right: width, bottom: frame.box.top + legend.height)
      legend.draw(in: box, isOpaque: false, to: &svg)
    }
  }

  /// What the plot shows, in a few words.
  var description: String {
    var parts = [("x", xAxis), ("y", yAxis)].compactMap { name, axis in
      axis.label.isEmpty
        ? nil : "\(name): \(Label(axis.label).plain)\(axis.scale == .linear ? "" : ", logarithmic")"
    }
    if let heat { parts.append("colours: \(Label(heat.label).plain)") }
    for series in series {
      let label = series.label.map { Label($0).plain } ?? ""
      switch series.mark {
      case .line: parts.append("line \(label)")
      case .points: parts.append("points \(label)")
      case .band: parts.append("band \(label)")
      case .bars: parts.append("bars \(label)")
      case .contours: parts.append("contours \(label)")
      case .verticalRule, .horizontalRule: parts.append("rule \(label)")
      case .text(let text, _, _): parts.append("“\(Label(text).plain)”")
      }
    }
    return parts.map { part in part.hasSuffix(" ") ? String(part.dropLast()) : part }
      .joined(separator: "; ")
  }

  private func drawTitles(_ frame: Frame, tag: String?, to svg: inout SVG) {
    var y = 10.0
    for (text, size, height) in [(title, Frame.titleSize, 20.0), (subtitle, 12.0, 17)]
    where !text.isEmpty {
      drawAcross(
        Label(text), y: y + 0.8 * size, size: size, along: frame.box,
        margin: tag == nil ? 8 : 40, to: &svg)
      y += height
    }
    if let tag {
      svg.text(
        Label(tag), at: Position(8, 10 + 0.8 * Frame.titleSize), size: Frame.titleSize,
        ["font-weight": "bold"])
    }
  }

  private func drawAxes(_ frame: Frame, to svg: inout SVG) {
    let box = frame.box
    let isOutward = heat != nil
    var data = ""
    func tick(x: Double, y: Double, dx: Double, dy: Double) {
      data += "M\(SVG.number(x)) \(SVG.number(y))"
      data += dx == 0 ? "v\(SVG.number(dy))" : "h\(SVG.number(dx))"
    }
    // Names need no ticks.
    let xTicks = xAxis.ticks.areNames ? [] : frame.xTicks.major.map(\.value)
    for (values, length) in [(xTicks, 6.0), (frame.xTicks.minor, 3)] {
      for x in values.map({ frame.x.position(of: $0) }) where x > box.left && x < box.right {
        tick(x: x, y: box.bottom, dx: 0, dy: isOutward ? length - 1 : -length)
        if !isOutward { tick(x: x, y: box.top, dx: 0, dy: length) }
      }
    }
    for (values, length) in [(frame.yTicks.major.map(\.value), 6.0), (frame.yTicks.minor, 3)] {
      for y in values.map({ frame.y.position(of: $0) }) where y > box.top && y < box.bottom {
        tick(x: box.left, y: y, dx: isOutward ? 1 - length : length, dy: 0)
        if !isOutward { tick(x: box.right, y: y, dx: -length, dy: 0) }
      }
    }
    svg.group(["fill": "none", "stroke": "#000"]) { svg in
      if !data.isEmpty { svg.path(data) }
      svg.rectangle(box)
    }
    let below = box.bottom + (isOutward ? 5 : 0)
    for tick in frame.xTicks.major {
      let x = frame.x.position(of: tick.value)
      svg.text(
        Label(tick.label), at: Position(x + (frame.slantsNames ? 4 : 0), below + 16),
        size: Frame.tickSize, anchor: frame.slantsNames ? .end : .middle,
        turn: frame.slantsNames ? 35 : 0)
    }
    for tick in frame.yTicks.major {
      let y = frame.y.position(of: tick.value) + 0.35 * Frame.tickSize
      svg.text(
        Label(tick.label), at: Position(box.left - (isOutward ? 10 : 6), y), size: Frame.tickSize,
        anchor: .end)
    }
    Self.drawExponent(frame.yTicks, at: Position(box.left, box.top - 6), .start, to: &svg)
    Self.drawExponent(frame.xTicks, at: Position(box.right, height - 10), .end, to: &svg)
    drawAcross(
      Label(xAxis.label), y: height - 10, size: Frame.labelSize, along: box, margin: 8, to: &svg)
    drawUpward(Label(yAxis.label), x: 19, along: box, to: &svg)
  }

  /// A label over or under the middle of `box`, kept in the picture.
  private func drawAcross(
    _ label: Label, y: Double, size: Double, along box: Box, margin: Double, to svg: inout SVG
  ) {
    let size = label.size(size, within: width - 2 * margin)
    let half = label.width(size: size) / 2
    let x = max(margin + half, min(box.centre.x, width - margin - half))
    svg.text(label, at: Position(x, y), size: size, anchor: .middle)
  }

  /// A label that runs upward beside `box`, kept in the picture.
  private func drawUpward(_ label: Label, x: Double, along box: Box, to svg: inout SVG) {
    let size = label.size(Frame.labelSize, within: height - 12)
    let half = label.width(size: size) / 2
    let y = max(6 + half, min(box.centre.y, height - 6 - half))
    svg.text(label, at: Position(x, y), size: size, anchor: .middle, turn: 90)
  }

  private static func drawExponent(
    _ ticks: TickMarks, at point: Position, _ anchor: SVG.Anchor, to svg: inout SVG
  ) {
    guard ticks.exponent != 0 else { return }
    svg.text(
      Label("×10^{\(ticks.exponent)}"), at: point, size: Frame.tickSize, anchor: anchor)
  }

  private func draw(_ bar: ColourBar, of heat: Heatmap, to svg: inout SVG) {
    svg.group(["shape-rendering": "crispEdges"]) { svg in
      // Each colour up to the top, and the next over it: no seams.
      var rest = bar.box
      for level in 0..<Heatmap.levels {
        svg.rectangle(rest, ["fill": heat.colour(ofLevel: level)])
        rest.bottom -= bar.box.height / Double(Heatmap.levels)
      }
    }
    var data = ""
    for tick in bar.ticks.major {
      let y = bar.axis.position(of: tick.value)
      data += "M\(SVG.number(bar.box.right)) \(SVG.number(y))h4"
      svg.text(
        Label(tick.label), at: Position(bar.box.right + 7, y + 0.35 * Frame.tickSize),
        size: Frame.tickSize)
    }
    svg.group(["fill": "none", "stroke": "#000"]) { svg in
      if !data.isEmpty { svg.path(data) }
      svg.rectangle(bar.box)
    }
    Self.drawExponent(bar.ticks, at: Position(bar.box.left, bar.box.top - 6), .start, to: &svg)
    drawUpward(Label(heat.label), x: bar.labelX, along: bar.box, to: &svg)
  }
}

extension Label {
  /// The size wanted, or a smaller one at which the label is no wider than `room`.
  func size(_ wanted: Double, within room: Double) -> Double {
    let width = width(size: wanted)
    return width <= room ? wanted : wanted * room / width
  }
}
