/// Several plots in rows in one picture, tagged (a), (b), (c), ...
///
///     try Panels([overlaps, phases, energies, basins], columns: 2).write(to: "figure.svg")
///
/// Each plot has its own size; a column is as wide as its widest plot and a row as high as its
/// highest.
public struct Panels: Equatable, Sendable {
  /// The plots, row by row from the upper left.
  public let plots: [Plot]
  /// How many plots stand in a row.
  public let columns: Int
  /// Above all plots; nothing if empty.
  ///
  /// Readers who cannot see the picture are told it first.
  public let title: String

  /// The plots in rows of `columns`.
  public init(_ plots: [Plot], columns: Int = 2, title: String = "") {
    precondition(columns > 0, "\(columns) columns for \(plots.count) plots")
    self.plots = plots
    self.columns = columns
    self.title = title
  }

  /// The picture as the text of an SVG file.
  public var svg: String {
    var widths = [Double](repeating: 0, count: min(columns, max(plots.count, 1)))
    var heights = [Double](repeating: 0, count: (plots.count + columns - 1) / columns)
    for (i, plot) in plots.enumerated() {
      widths[i % columns] = max(widths[i % columns], plot.width)
      heights[i / columns] = max(heights[i / columns], plot.height)
    }
    let (width, heading) = (max(widths.reduce(0, +), 1), title.isEmpty ? 0.0 : 28)
    var svg = SVG()
    if heading > 0 {
      let label = Label(title)
      let size = label.size(Self.titleSize, within: width - 16)
      svg.text(
        label, at: Position(width / 2, heading - 8), size: size, anchor: .middle)
    }
    for (i, plot) in plots.enumerated() {
      let x = SVG.number(widths[..<(i % columns)].reduce(0, +))
      let y = SVG.number(heights[..<(i / columns)].reduce(heading, +))
      svg.group(["transform": "translate(\(x) \(y))"]) { plot.draw(tag: Self.tag(i), to: &$0) }
    }
    let descriptions = plots.enumerated().map { i, plot in
      let name = plot.title.isEmpty ? "" : "\(Label(plot.title).plain); "
      return "\(Self.tag(i)) \(name)\(plot.description)"
    }
    return svg.document(
      width: width, height: max(heights.reduce(heading, +), 1),
      title: Label(title).plain, description: descriptions.joined(separator: ". "))
  }

  /// Writes the picture to a file, whole or not at all, as `Plot.write(to:)` does.
  public func write(to path: String) throws(PlotError) {
    try PlotError.write(svg, to: path)
  }

  /// A little larger than the titles of plots.
  private static let titleSize = 15.0

  /// (a) to (z), then numbers.
  private static func tag(_ index: Int) -> String {
    index < 26 ? "(\(Character(Unicode.Scalar(UInt8(97 + index)))))" : "(\(index + 1))"
  }
}
