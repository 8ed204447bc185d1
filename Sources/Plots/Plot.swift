/// A figure of lines, points and areas over two axes.
///
///     try Plot("Retrieval at *T* = 0", x: "load α", y: "overlap *m*")
///       .line(loads, theory, label: "AGS 1985")
///       .points(loads, measured, errors: deviations, label: "*N* = 2000")
///       .rule(x: 0.138, label: "α_c")
///       .write(to: "capacity.svg")
///
/// A plot is a value: each call returns the plot with one thing more. In all texts `_` lowers and
/// `^` raises a character or a group in braces, `*m*` is italic, and a backslash takes the next
/// character as it is.
///
/// Lines take the styles `Style.series(0)`, `.series(1)`, ... in turn, and so do points, counted
/// on their own: the points measured for the second curve have the second curve's colour. Styles
/// differ without colour too. A value that is not a number is a gap; infinite ones lie beyond the
/// frame.
///
/// The picture is SVG without scripts, fonts or references, the same bytes for the same plot.
public struct Plot: Equatable, Sendable {
  /// Above the frame; nothing if empty.
  public var title: String
  var subtitle = ""
  var xAxis: Axis
  var yAxis: Axis
  var series: [Series] = []
  var heat: Heatmap?
  var legendPosition = LegendPosition.automatic
  var width = 480.0
  var height = 360.0

  /// An empty plot with the labels of its axes, which should name units: `time *t* (ms)`.
  public init(_ title: String = "", x: String = "", y: String = "") {
    self.title = title
    xAxis = Axis(label: x)
    yAxis = Axis(label: y)
  }

  /// A measured value with its error, one standard deviation or whatever the caption says.
  public struct Measurement: Hashable, Sendable {
    public var x: Double
    public var y: Double
    /// Half the length of the error bar.
    public var error: Double

    public init(x: Double, y: Double, error: Double) {
      self.x = x
      self.y = y
      self.error = error
    }
  }

  /// Adds straight lines from each point to the next.
  public func line(
    _ x: [Double], _ y: [Double], label: String? = nil, style: Style? = nil
  ) -> Plot {
    precondition(x.count == y.count, "a line of \(x.count) x and \(y.count) y")
    return adding(.line(x: x, y: y), label, style ?? .series(lineCount))
  }

  /// Adds points, over all lines, with error bars from y - error to y + error if there are errors.
  public func points(
    _ x: [Double], _ y: [Double], errors: [Double]? = nil, label: String? = nil,
    style: Style? = nil
  ) -> Plot {
    precondition(x.count == y.count, "points of \(x.count) x and \(y.count) y")
    precondition(
      errors == nil || errors?.count == x.count,
      "\(errors?.count ?? 0) errors of \(x.count) points")
    return adding(
      .points(x: x, y: y, errors: errors ?? []), label, style ?? .series(pointsCount))
  }

  /// Adds measured points with their errors.
  public func points(
    _ measurements: some Collection<Measurement>, label: String? = nil, style: Style? = nil
  ) -> Plot {
    points(
      measurements.map(\.x), measurements.map(\.y), errors: measurements.map(\.error),
      label: label, style: style)
  }

  /// Adds a shaded band between two curves, under everything else: an uncertainty, a region.
  ///
  /// It takes the colour of the line added last.
  public func band(
    _ x: [Double], _ low: [Double], _ high: [Double], label: String? = nil, style: Style? = nil
  ) -> Plot {
    precondition(x.count == low.count, "a band of \(x.count) x and \(low.count) lower values")
    precondition(x.count == high.count, "a band of \(x.count) x and \(high.count) upper values")
    return adding(
      .band(x: x, low: low, high: high), label, style ?? .series(max(0, lineCount - 1)))
  }

  /// Adds a thin vertical line through the frame, with its label beside it.
  public func rule(x: Double, label: String? = nil, style: Style = .reference) -> Plot {
    adding(.verticalRule(x: x), label, style)
  }

  /// Adds a thin horizontal line through the frame, with its label on it.
  public func rule(y: Double, label: String? = nil, style: Style = .reference) -> Plot {
    adding(.horizontalRule(y: y), label, style)
  }

  /// Writes a text at a point of the data: the name of a phase.
  ///
  /// It is moved as far as it takes to stay in the frame.
  public func text(_ text: String, x: Double, y: Double, colour: Colour = .black) -> Plot {
    adding(.text(text, x: x, y: y), nil, .black.coloured(colour))
  }

  /// Adds the lines on which the values of a map equal each of `levels`.
  ///
  /// The map itself need not be shown.
  public func contours(
    of map: Heatmap, at levels: [Double], label: String? = nil, style: Style = .black.wide(0.9)
  ) -> Plot {
    adding(
      .contours(levels.flatMap { map.contours(at: $0) }, within: map.corners), label, style)
  }

  /// Lays a map of colours under everything else, with the scale of its colours at the right.
  ///
  /// Axes without a range of their own show the map and nothing beyond it. There is one map; a
  /// second replaces the first.
  public func heatmap(_ map: Heatmap) -> Plot { changed { $0.heat = map } }

  func adding(_ mark: Series.Mark, _ label: String?, _ style: Style) -> Plot {
    changed { $0.series.append(Series(mark: mark, label: label, style: style)) }
  }

  func changed(_ change: (inout Plot) -> Void) -> Plot {
    var plot = self
    change(&plot)
    return plot
  }

  private var lineCount: Int {
    series.count { if case .line = $0.mark { true } else { false } }
  }

  private var pointsCount: Int {
    series.count { if case .points = $0.mark { true } else { false } }
  }
}
