/// The labels of series, each with a sample of its line, its marker or its area.
struct Legend {
  struct Entry {
    var label: Label
    /// What its sample shows; points and a line of the same label share one.
    var series: [Series]
  }

  private(set) var entries: [Entry] = []
  private static let rowHeight = 17.0
  private static let sampleWidth = 30.0
  private static let margin = 6.0

  /// The legend of all series that have a label and need a sample.
  init(_ series: [Series]) {
    for one in series {
      guard let text = one.label, !text.isEmpty, one.hasSample else { continue }
      let label = Label(text)
      if let index = entries.firstIndex(where: { $0.label == label }) {
        entries[index].series.append(one)
      } else {
        entries.append(Entry(label: label, series: [one]))
      }
    }
  }

  var width: Double {
    let text = entries.map { $0.label.width(size: Frame.tickSize) }.max() ?? 0
    return 2 * Self.margin + Self.sampleWidth + 7 + text
  }

  var height: Double { 2 * Self.margin + Self.rowHeight * Double(entries.count) - 3 }

  /// The box of the legend at a position within the frame.
  func box(at position: Plot.LegendPosition, in frame: Box) -> Box {
    let inner = frame.grown(by: -8)
    let isLeft = position == .topLeft || position == .bottomLeft
    let isTop = position == .topLeft || position == .topRight
    let left = isLeft ? inner.left : inner.right - width
    let top = isTop ? inner.top : inner.bottom - height
    return Box(left: left, top: top, right: left + width, bottom: top + height)
  }

  /// Boxes along the inside of the frame, corners first; none if the legend is too large.
  func candidates(in frame: Box) -> [Box] {
    let inner = frame.grown(by: -8)
    let (slackX, slackY) = (inner.width - width, inner.height - height)
    guard slackX >= 0, slackY >= 0 else { return [] }
    var places: [(across: Double, down: Double)] = [(1, 0), (0, 0), (1, 1), (0, 1)]
    for share in stride(from: 0.125, to: 1, by: 0.125) {
      places += [(1, share), (0, share), (share, 0), (share, 1)]
    }
    return places.map { across, down in
      let left = inner.left + across * slackX
      let top = inner.top + down * slackY
      return Box(left: left, top: top, right: left + width, bottom: top + height)
    }
  }

  /// Draws the entries in `box`, on paper of its own if something may lie beneath.
  func draw(in box: Box, isOpaque: Bool, to svg: inout SVG) {
    svg.group([:]) { svg in
      if isOpaque {
        svg.rectangle(box, ["fill": "#fff", "stroke": "#000", "stroke-width": "0.6"])
      }
      for (row, entry) in entries.enumerated() {
        let left = box.left + Self.margin
        let y = box.top + Self.margin + Self.rowHeight * (Double(row) + 0.5) - 1.5
        let sample = Box(left: left, top: y - 5, right: left + Self.sampleWidth, bottom: y + 5)
        for series in entry.series { series.drawSample(in: sample, to: &svg) }
        svg.text(
          entry.label, at: Position(sample.right + 7, y + 0.35 * Frame.tickSize),
          size: Frame.tickSize)
      }
    }
  }
}

extension Series {
  /// Whether a legend has something to show; rules and texts carry their label themselves.
  fileprivate var hasSample: Bool {
    switch mark {
    case .line, .points, .band, .bars, .contours: true
    case .verticalRule, .horizontalRule, .text: false
    }
  }

  fileprivate func drawSample(in box: Box, to svg: inout SVG) {
    let ends = [Position(box.left, box.centre.y), Position(box.right, box.centre.y)]
    switch mark {
    // White on the legend's own paper has the edge that it has on a heat map.
    case .line, .contours: style.stroke([ends], isCased: style.colour == .white, to: &svg)
    case .points(_, _, let errors):
      if !errors.isEmpty {
        Series.drawErrorBars([(box.centre, box.top - 1, box.bottom + 1)], style, box, to: &svg)
      }
      style.mark([box.centre], radius: Series.markerRadius(count: 1), to: &svg)
    case .band: style.shade([box.corners], to: &svg)
    case .bars: style.fill([box], to: &svg)
    case .verticalRule, .horizontalRule, .text: break
    }
  }
}

extension Box {
  /// The four corners in order round.
  fileprivate var corners: [Position] {
    [
      Position(left, top), Position(right, top), Position(right, bottom), Position(left, bottom),
    ]
  }
}
