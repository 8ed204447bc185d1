/// The texts in a frame, put where they hide least: those placed by the caller, then the labels of
/// rules.
struct Labels {
  private struct Placed {
    var label: Label
    var box: Box
    var colour: Plot.Colour
    /// Upward, along a vertical rule.
    var isUpright = false
  }

  private var placed: [Placed] = []
  /// All that is drawn in the frame, these texts included.
  private(set) var ink = Ink()

  /// Where they stand.
  var boxes: [Box] { placed.map(\.box) }

  private static let size = Frame.tickSize
  private static let height = 15.0

  init(_ plot: Plot, in frame: Frame) {
    for series in plot.series { series.add(to: &ink, in: frame) }
    for series in plot.series {
      guard case .text(let text, let x, let y) = series.mark else { continue }
      let point = frame.position(x, y)
      guard point.isFinite else { continue }
      let label = Label(text)
      place(label, Self.box(label, at: point, in: frame.box), series.style.colour)
    }
    for series in plot.series {
      guard let text = series.label, !text.isEmpty else { continue }
      let label = Label(text)
      let lying = ink.clearest(Self.candidates(label, beside: series.mark, in: frame))
      if let lying, lying.hidden == 0 {
        place(label, lying.box, series.style.colour)
        continue
      }
      let upright = ink.clearest(Self.uprightCandidates(label, along: series.mark, in: frame))
      if let upright, upright.hidden < lying?.hidden ?? .infinity {
        place(label, upright.box, series.style.colour, isUpright: true)
      } else if let lying {
        place(label, lying.box, series.style.colour)
      }
    }
  }

  /// Draws the texts with an edge of paper, so that they are read over lines and colours.
  func draw(to svg: inout SVG) {
    for text in placed {
      var point = text.box.centre
      if text.isUpright { point.x += 0.35 * Self.size } else { point.y += 0.35 * Self.size }
      let turn = text.isUpright ? 90.0 : 0
      svg.text(
        text.label, at: point, size: Self.size, anchor: .middle, turn: turn,
        [
          "fill": "none", "stroke": text.colour == .white ? "#222" : "#fff", "stroke-width": "3",
          "stroke-linejoin": "round", "stroke-opacity": "0.85", "aria-hidden": "true",
        ])
      svg.text(
        text.label, at: point, size: Self.size, anchor: .middle, turn: turn,
        ["fill": text.colour == .grey ? "#404040" : text.colour.rgb.hex])
    }
  }

  private mutating func place(
    _ label: Label, _ box: Box, _ colour: Plot.Colour, isUpright: Bool = false
  ) {
    placed.append(Placed(label: label, box: box, colour: colour, isUpright: isUpright))
    ink.add(box)
  }

  /// The box of a text around `point`, moved into the frame.
  private static func box(_ label: Label, at point: Position, in frame: Box) -> Box {
    let width = label.width(size: size)
    let inner = frame.grown(by: -4)
    let x = max(inner.left + width / 2, min(point.x, inner.right - width / 2))
    let y = max(inner.top + height / 2, min(point.y, inner.bottom - height / 2))
    return Box(centre: Position(x, y), width: width, height: height)
  }

  /// Where the label of a rule may stand: at either end of it and on either side.
  private static func candidates(
    _ label: Label, beside mark: Series.Mark, in frame: Frame
  ) -> [Box] {
    let width = label.width(size: size)
    let inner = frame.box.grown(by: -8)
    let centres: [Position]
    switch mark {
    case .verticalRule(let value):
      let x = frame.x.position(of: value)
      centres = Self.places(inner.top + height / 2, inner.bottom - height / 2).flatMap { y in
        [Position(x + 5 + width / 2, y), Position(x - 5 - width / 2, y)]
      }
    case .horizontalRule(let value):
      let y = frame.y.position(of: value)
      centres = Self.places(inner.right - width / 2, inner.left + width / 2).flatMap { x in
        [Position(x, y - 2 - height / 2), Position(x, y + 2 + height / 2)]
      }
    default: return []
    }
    return centres.map { Box(centre: $0, width: width, height: height) }
      .filter { frame.box.grown(by: -3).contains($0) }
  }

  /// Where it may stand turned, if there is no room for it to lie.
  private static func uprightCandidates(
    _ label: Label, along mark: Series.Mark, in frame: Frame
  ) -> [Box] {
    guard case .verticalRule(let value) = mark else { return [] }
    let x = frame.x.position(of: value)
    let width = label.width(size: size)
    let inner = frame.box.grown(by: -8)
    return places(inner.top + width / 2, inner.bottom - width / 2).flatMap { y in
      [3 + height / 2, -3 - height / 2].map { aside in
        Box(centre: Position(x + aside, y), width: height, height: width)
      }
    }.filter { frame.box.grown(by: -3).contains($0) }
  }

  /// Both ends of a rule, the preferred one first, and places between.
  private static func places(_ first: Double, _ last: Double) -> [Double] {
    [0, 1, 0.125, 0.875, 0.25, 0.75, 0.375, 0.625, 0.5].map { first + $0 * (last - first) }
  }
}
