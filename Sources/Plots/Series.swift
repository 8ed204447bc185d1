/// One thing drawn in the frame of a plot, in the plot's data coordinates.
struct Series: Equatable, Sendable {
  enum Mark: Equatable, Sendable {
    case line(x: [Double], y: [Double])
    /// Errors are half the length of the bar; none are drawn where empty.
    case points(x: [Double], y: [Double], errors: [Double])
    case band(x: [Double], low: [Double], high: [Double])
    /// Rectangles from zero to the heights.
    case bars(edges: [ClosedRange<Double>], heights: [Double])
    /// Level lines, and two corners of the map that they belong to.
    case contours([[Position]], within: [Position])
    case verticalRule(x: Double)
    case horizontalRule(y: Double)
    case text(String, x: Double, y: Double)
  }

  var mark: Mark
  /// In the legend; beside the line of rules.
  var label: String?
  var style: Plot.Style
}

extension Series {
  /// What the axes must show: where values end at the frame, and where they want room around.
  struct Extents {
    var tightX = Extent()
    var paddedX = Extent()
    var tightY = Extent()
    var paddedY = Extent()
    /// Whether bars stand on zero.
    var hasBars = false
  }

  /// Adds what the series needs; values of y count where `shows` has their x.
  func extend(_ extents: inout Extents, x xAxis: Axis, y yAxis: Axis) {
    // What a logarithmic axis cannot show does not shape its range.
    let (isLogX, isLogY) = (xAxis.scale == .logarithmic, yAxis.scale == .logarithmic)
    func keepsX(_ value: Double) -> Bool { !isLogX || value > 0 }
    func include(y values: Double..., at x: Double) {
      guard xAxis.range?.contains(x) ?? keepsX(x) else { return }
      for value in values where !isLogY || value > 0 { extents.paddedY.include(value) }
    }
    switch mark {
    case .line(let xs, let ys):
      for (x, y) in zip(xs, ys) where !y.isNaN && keepsX(x) {
        extents.tightX.include(x)
        include(y: y, at: x)
      }
    case .band(let xs, let lows, let highs):
      for (i, x) in xs.enumerated() where keepsX(x) {
        extents.tightX.include(x)
        include(y: lows[i], highs[i], at: x)
      }
    case .points(let xs, let ys, let errors):
      for (i, (x, y)) in zip(xs, ys).enumerated() where y.isFinite && keepsX(x) {
        extents.paddedX.include(x)
        include(y: y, at: x)
        if !errors.isEmpty, errors[i].isFinite { include(y: y - errors[i], y + errors[i], at: x) }
      }
    case .bars(let edges, let heights):
      extents.hasBars = true
      if !isLogY { extents.tightY.include(0) }
      for (edge, height) in zip(edges, heights) {
        for x in [edge.lowerBound, edge.upperBound] where keepsX(x) { extents.paddedX.include(x) }
        include(y: height, at: (edge.lowerBound + edge.upperBound) / 2)
      }
    case .contours(_, let corners):
      for corner in corners {
        if keepsX(corner.x) { extents.tightX.include(corner.x) }
        if !isLogY || corner.y > 0 { extents.tightY.include(corner.y) }
      }
    case .verticalRule(let x):
      if keepsX(x) { extents.paddedX.include(x) }
    case .horizontalRule(let y):
      if !isLogY || y > 0 { extents.paddedY.include(y) }
    case .text:
      break
    }
  }
}
