/// Where a plot's parts lie: the frame with its axes, and what stands around it.
struct Frame {
  /// The box in which data are drawn.
  var box: Box
  var x: AxisMap
  var y: AxisMap
  var xTicks: TickMarks
  var yTicks: TickMarks
  /// Whether the names under the x axis are too long to stand side by side.
  var slantsNames = false
  /// The scale of colours, if there is a heat map.
  var colourBar: ColourBar?

  func position(_ x: Double, _ y: Double) -> Position {
    Position(self.x.position(of: x), self.y.position(of: y))
  }

  /// A curve's pieces within the frame.
  func pieces(x: [Double], y: [Double]) -> [[Position]] {
    box.pieces(of: zip(x, y).map { position($0, $1) })
  }

  /// The heights of text.
  static let titleSize = 14.0
  static let labelSize = 13.0
  static let tickSize = 12.0
}

/// The scale of colours beside a heat map.
struct ColourBar {
  var box: Box
  var axis: AxisMap
  var ticks: TickMarks
  /// The centre line of the label, which runs upward.
  var labelX: Double
}

extension Frame {
  /// Lays out a plot.
  ///
  /// - Parameters:
  ///   - plot: What to lay out.
  ///   - isTagged: Whether room is needed in the upper left corner for "(a)".
  ///   - legendWidth: The room to leave beside the frame for the legend.
  init(_ plot: Plot, isTagged: Bool, legendWidth: Double) {
    var extents = Series.Extents()
    if let heat = plot.heat {
      heat.extend(&extents, x: plot.xAxis, y: plot.yAxis)
    } else {
      for series in plot.series { series.extend(&extents, x: plot.xAxis, y: plot.yAxis) }
    }
    let xRange = plot.xAxis.range(tight: extents.tightX, padded: extents.paddedX)
    let yRange = plot.yAxis.range(
      tight: extents.tightY, padded: extents.paddedY, standsOnZero: extents.hasBars)

    // Heights first: they need no widths. Ticks point outward from a heat map.
    let outward = plot.heat == nil ? 0.0 : 5
    let names = plot.xAxis.ticks.nameLabels
    let nameWidth = names.map { $0.width(size: Self.tickSize) }.max() ?? 0
    slantsNames = !names.isEmpty && nameWidth + 8 > (plot.width - 80) / Double(names.count)
    let underTicks = slantsNames ? 14 + 0.6 * nameWidth : 20
    let bottom = plot.height - 8 - outward - underTicks - (plot.xAxis.label.isEmpty ? 0 : 20)
    var top = 10 + (plot.title.isEmpty ? 0 : 20.0) + (plot.subtitle.isEmpty ? 0 : 17)
    if isTagged { top = max(top, 30) }
    let rows = max(3, Int((bottom - top) / 45))
    yTicks = TickMarks(plot.yAxis.ticks, scale: plot.yAxis.scale, range: yRange, count: rows)
    let barTicks = plot.heat.map { TickMarks(linear: $0.shownRange, count: rows) }
    if yTicks.exponent != 0 || barTicks.map({ $0.exponent != 0 }) ?? false { top += 16 }
    y = AxisMap(scale: plot.yAxis.scale, range: yRange, start: bottom, end: top)

    // Then widths, from the outside inward.
    let left = 8 + (plot.yAxis.label.isEmpty ? 0 : 20) + yTicks.width + 7 + outward
    var right = plot.width - (legendWidth > 0 ? legendWidth + 6 : 14)
    if let heat = plot.heat, let ticks = barTicks {
      let labelX = right - 4
      if !heat.label.isEmpty { right -= 20 }
      right -= ticks.width + 7
      let bar = Box(left: right - 14, top: top, right: right, bottom: bottom)
      colourBar = ColourBar(
        box: bar,
        axis: AxisMap(scale: .linear, range: heat.shownRange, start: bottom, end: top),
        ticks: ticks, labelX: labelX)
      right = bar.left - 14
    }

    // As many labels under the axis as stand clear of one another.
    var count = max(3, Int((right - left) / 55))
    xTicks = TickMarks(plot.xAxis.ticks, scale: plot.xAxis.scale, range: xRange, count: count)
    x = AxisMap(scale: plot.xAxis.scale, range: xRange, start: left, end: right)
    while count > 1, xTicks.overlaps(on: x) {
      count -= 1
      xTicks = TickMarks(plot.xAxis.ticks, scale: plot.xAxis.scale, range: xRange, count: count)
    }
    // The last label must not leave the picture.
    if !slantsNames, let last = xTicks.major.last {
      let half = Label(last.label).width(size: Self.tickSize) / 2
      let excess = x.position(of: last.value) + half + 4 - plot.width
      if excess > 0, colourBar == nil, legendWidth == 0 {
        right -= excess
        x = AxisMap(scale: plot.xAxis.scale, range: xRange, start: left, end: right)
      }
    }
    box = Box(left: left, top: top, right: right, bottom: bottom)
  }
}

extension Plot.Ticks {
  /// The names under the axis, if that is what ticks are.
  fileprivate var nameLabels: [Label] {
    if case .names(let names) = self { names.map { Label($0) } } else { [] }
  }
}

extension TickMarks {
  /// The width of the widest label.
  fileprivate var width: Double {
    major.map { Label($0.label).width(size: Frame.tickSize) }.max() ?? 0
  }

  /// Whether two labels side by side come too close.
  fileprivate func overlaps(on axis: AxisMap) -> Bool {
    zip(major, major.dropFirst()).contains { tick, next in
      let halves = [tick, next].map { Label($0.label).width(size: Frame.tickSize) / 2 }
      return axis.position(of: next.value) - axis.position(of: tick.value)
        < halves[0] + halves[1] + 8
    }
  }
}
