internal import HopfieldClassical
internal import HopfieldPlots

extension LandscapeExperiment {
  /// The surface in colours with level lines, the paths on it, and what they end at.
  public func figure(of rows: [Row]) -> String {
    let plot = Plot(
      "Energy on the plane through three patterns", x: "(*a*_2 − *a*_1)/√2",
      y: "(2*a*_3 − *a*_1 − *a*_2)/√6"
    ).subtitle("\(rule.name), *N* = \(size), α = \(load); paths: recall, site after site")
      .size(width: 650, height: 460).legend(.outside)
    let surface = rows.filter { $0.kind == "grid" }
    guard surface.count == grid * grid else { return plot.svg }
    let values = (0..<grid).map { j in (0..<grid).map { surface[j * grid + $0].energy ?? .nan } }
    let map = Heatmap(values, x: places, y: places, label: "energy a neuron, *E* / *N*")
    let paths = Dictionary(grouping: rows.filter { $0.kind == "path" }) { $0.path ?? 0 }
      .sorted { $0.key < $1.key }.map(\.value)
    let drawn = paths.reduce(
      plot.heatmap(map).contours(
        of: map, at: levels(of: surface.compactMap(\.energy)), style: .black.wide(0.6))
    ) { plot, path in
      plot.line(path.map(\.x), path.map(\.y), style: .white.wide(1.1))
    }
    let kinds: [(name: String, label: String, style: Plot.Style)] = [
      ("stored", "end: pattern", .black.coloured(.vermillion)),
      ("mixture", "end: mixture", .black.coloured(.orange).marked(.triangle)),
      ("reversed", "end: reverse", .black.coloured(.skyBlue).marked(.square)),
      ("other", "end: other", .black.marked(.openDiamond)),
    ]
    let mixtures = rows.filter { $0.kind == "mixture" }
    let marked = drawn.line(Self.hexagon.map(\.x), Self.hexagon.map(\.y), style: .black)
      .points(
        mixtures.map(\.x), mixtures.map(\.y), label: "mixture", style: .black.marked(.openTriangle))
    let ended = kinds.reduce(marked) { plot, kind in
      let ends = ends(in: rows).filter { $0.end == kind.name }
      return ends.isEmpty
        ? plot : plot.points(ends.map(\.x), ends.map(\.y), label: kind.label, style: kind.style)
    }
    return zip(rows.filter { $0.kind == "pattern" }, 1...).reduce(ended) { plot, corner in
      plot.text(
        "pattern \(corner.1)", x: 1.2 * corner.0.x, y: corner.0.y + (corner.1 == 3 ? 0.1 : -0.1))
    }.svg
  }

  /// The edge of what states have their feet on: the patterns and three mixtures in turn.
  private static var hexagon: [PatternPlane.Point] {
    [[1, 0, 0], [2, 2, -1], [0, 1, 0], [-1, 2, 2], [0, 0, 1], [2, -1, 2], [1, 0, 0]].map { shares in
      let sum = shares.reduce(0, +)
      return PatternPlane.Point(shares: shares.map { $0 / sum })
    }
  }

  /// About ten round levels.
  private func levels(of energies: [Double]) -> [Double] {
    guard let least = energies.min(), let most = energies.max(), least < most else { return [] }
    let step =
      [0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2].first {
        (most - least) / $0 <= 14
      } ?? (most - least) / 10
    return (Int((least / step).rounded(.down))...Int((most / step).rounded(.up))).map {
      step * Double($0)
    }.filter { $0 > least && $0 < most }
  }
}
