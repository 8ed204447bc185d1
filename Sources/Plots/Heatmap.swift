/// Values over a grid of x and y, shown as colours and as level lines.
///
///     let map = Heatmap(overlaps, x: loads, y: temperatures, label: "overlap *m*")
///       .colours(.viridis, in: 0...1)
///     try Plot("Phase diagram", x: "load α", y: "temperature *T*")
///       .heatmap(map).contours(of: map, at: [0.5])
///       .line(loads, criticalTemperatures, style: .white)
///       .write(to: "phases.svg")
///
/// The cell of a value reaches half the way to its neighbours. Values beyond the range have the
/// colour of its end; one that is not a number is a hatched grey cell.
public struct Heatmap: Equatable, Sendable {
  /// The places of columns, ascending.
  public let x: [Double]
  /// The places of rows, ascending.
  public let y: [Double]
  /// Rows of values: `values[j][i]` lies at (`x[i]`, `y[j]`).
  public let values: [[Double]]
  /// Beside the scale of colours.
  public let label: String
  var colourMap = Plot.ColourMap.viridis
  var range: ClosedRange<Double>?

  /// A map of given values, one row for each y and in it one value for each x.
  public init(_ values: [[Double]], x: [Double], y: [Double], label: String = "") {
    precondition(values.count == y.count, "\(values.count) rows of values for \(y.count) y")
    for row in values {
      precondition(row.count == x.count, "a row of \(row.count) values for \(x.count) x")
    }
    for places in [x, y] {
      for (place, next) in zip(places, places.dropFirst()) {
        precondition(place < next, "places of a grid that do not ascend: \(place), \(next)")
      }
    }
    self.values = values
    self.x = x
    self.y = y
    self.label = label
  }

  /// A map of a function's values: an energy landscape.
  public init(
    x: [Double], y: [Double], label: String = "", _ value: (_ x: Double, _ y: Double) -> Double
  ) {
    self.init(y.map { y in x.map { value($0, y) } }, x: x, y: y, label: label)
  }

  /// The map in other colours, spread over `range`; if nil, over all finite values.
  public func colours(_ map: Plot.ColourMap, in range: ClosedRange<Double>? = nil) -> Heatmap {
    if let range {
      precondition(
        range.lowerBound < range.upperBound
          && range.lowerBound.magnitude < 1e290 && range.upperBound.magnitude < 1e290,
        "colours from \(range.lowerBound) to \(range.upperBound)")
    }
    var changed = self
    changed.colourMap = map
    changed.range = range
    return changed
  }

  /// What the colours stand for.
  var shownRange: ClosedRange<Double> {
    if let range { return range }
    var extent = Extent()
    for value in values.joined() { extent.include(value) }
    return Axis(label: "").range(tight: extent, padded: Extent())
  }

  /// The lines on which the values equal `level`.
  func contours(at level: Double) -> [[Position]] {
    Contours(values, at: level).lines.map { line in
      line.map { Position(Self.place($0.x, in: x), Self.place($0.y, in: y)) }
    }
  }

  /// The first place and the last; empty if there is none.
  var corners: [Position] {
    guard let left = x.first, let right = x.last, let low = y.first, let high = y.last else {
      return []
    }
    return [Position(left, low), Position(right, high)]
  }

  /// The place at a fractional index.
  private static func place(_ index: Double, in places: [Double]) -> Double {
    let below = min(Int(index), places.count - 1)
    let share = index - Double(below)
    return share == 0 ? places[below] : places[below] + share * (places[below + 1] - places[below])
  }
}

extension Heatmap {
  /// How many colours are drawn: more than can be told apart, few enough for a small file.
  static let levels = 128

  /// The edges of cells along an axis, one more than there are places.
  ///
  /// They lie midway between places as the axis is spread: on a logarithmic one, at the
  /// geometric mean.
  static func edges(of places: [Double], scale: Plot.Scale) -> [Double] {
    guard let first = places.first, let last = places.last else { return [] }
    guard places.count > 1 else {
      return scale == .linear ? [first - 0.5, first + 0.5] : [first / 2, first * 2]
    }
    let inner = zip(places, places.dropFirst()).map { a, b in
      scale == .linear ? (a + b) / 2 : (a * b).squareRoot()
    }
    return
      if scale == .linear
    {
      [2 * first - inner[0]] + inner + [2 * last - inner[inner.count - 1]]
    } else {
      [first * first / inner[0]] + inner + [last * last / inner[inner.count - 1]]
    }
  }

  /// Adds the cells' edges to what the axes show.
  func extend(_ extents: inout Series.Extents, x xAxis: Axis, y yAxis: Axis) {
    for edge in Self.edges(of: x, scale: xAxis.scale) { extents.tightX.include(edge) }
    for edge in Self.edges(of: y, scale: yAxis.scale) { extents.tightY.include(edge) }
  }

  /// Draws the cells, those of one colour as one path, runs along a row as one rectangle.
  func draw(in frame: Frame, to svg: inout SVG) {
    let columns = Self.edges(of: x, scale: frame.x.scale).map { frame.x.position(of: $0) }
    let rows = Self.edges(of: y, scale: frame.y.scale).map { frame.y.position(of: $0) }
    let shown = shownRange
    var paths = [String](repeating: "", count: Self.levels)
    var missing: [Box] = []
    for (j, row) in values.enumerated() {
      var start = 0
      for i in row.indices {
        let level = Self.level(of: row[i], in: shown)
        if i + 1 < row.count, Self.level(of: row[i + 1], in: shown) == level { continue }
        let run = Box(
          left: columns[start], top: rows[j + 1], right: columns[i + 1], bottom: rows[j])
        start = i + 1
        guard let box = run.intersection(frame.box) else { continue }
        guard let level else {
          missing.append(box)
          continue
        }
        paths[level] += Self.rectangle(box)
      }
    }
    svg.group(["shape-rendering": "crispEdges"]) { svg in
      for (level, path) in paths.enumerated() where !path.isEmpty {
        svg.path(path, ["fill": colour(ofLevel: level)])
      }
      if !missing.isEmpty {
        svg.path(missing.map(Self.rectangle).joined(), ["fill": "#d8d8d8"])
      }
    }
    svg.path(missing.flatMap(Self.hatching), ["stroke": "#777", "stroke-width": "0.7"])
  }

  /// The colour of one of the `levels`.
  func colour(ofLevel level: Int) -> String {
    colourMap.colour(at: Double(level) / Double(Self.levels - 1)).hex
  }

  /// The colour's number; nil for a value that is not a number.
  private static func level(of value: Double, in range: ClosedRange<Double>) -> Int? {
    if value.isNaN { return nil }
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return Int((min(max(share, 0), 1) * Double(levels - 1)).rounded())
  }

  private static func rectangle(_ box: Box) -> String {
    let n = SVG.number
    return "M\(n(box.left)) \(n(box.top))H\(n(box.right))V\(n(box.bottom))H\(n(box.left))Z"
  }

  /// Slanted lines at equal distances, which go on from one cell to the next.
  private static func hatching(_ box: Box) -> [[Position]] {
    let distance = 6.0
    let first = Int(((box.left + box.top) / distance).rounded(.up))
    let last = Int(((box.right + box.bottom) / distance).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).flatMap { index in
      let sum = Double(index) * distance
      return box.pieces(of: [
        Position(sum - box.bottom, box.bottom), Position(sum - box.top, box.top),
      ])
    }
  }
}
