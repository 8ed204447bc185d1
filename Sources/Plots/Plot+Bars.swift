#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension Plot {
  /// Adds bars from zero to the heights, `width` wide; if nil, four fifths of the least distance
  /// of two.
  ///
  ///     plot.bars([0, 1, 2], capacities).xAxis(ticks: .names(["Hebb", "Storkey", "projection"]))
  public func bars(
    _ x: [Double], _ heights: [Double], width: Double? = nil, label: String? = nil,
    style: Style? = nil
  ) -> Plot {
    precondition(x.count == heights.count, "bars at \(x.count) x of \(heights.count) heights")
    precondition(width.map { $0 > 0 } ?? true, "bars \(width ?? 0) wide")
    let places = x.filter(\.isFinite).sorted()
    let distances = zip(places.dropFirst(), places).map { $0 - $1 }.filter { $0 > 0 }
    let half = (width ?? 0.8 * (distances.min() ?? 1)) / 2
    let kept = zip(x, heights).filter { $0.0.isFinite }
    return adding(
      .bars(edges: kept.map { $0.0 - half...$0.0 + half }, heights: kept.map(\.1)), label,
      style ?? .series(barsCount))
  }

  /// Adds the histogram of a sample: how many values fall into each of `bins` equal bins, or the
  /// density, whose area is 1.
  ///
  /// If `bins` is nil they are of a round width near that of Freedman and Diaconis 1981,
  /// 2 (interquartile range) / (count)^(1/3). A value on the edge of two bins belongs to the upper
  /// one; values that are not finite are left out.
  ///
  /// - Complexity: O(n log n).
  public func histogram(
    _ sample: [Double], bins: Int? = nil, asDensity: Bool = false, label: String? = nil,
    style: Style? = nil
  ) -> Plot {
    precondition(bins.map { $0 > 0 } ?? true, "a histogram of \(bins ?? 0) bins")
    let sorted = sample.filter(\.isFinite).sorted()
    let edges = Self.edges(of: sorted, bins: bins)
    var counts = [Double](repeating: 0, count: edges.count)
    var bin = 0
    for value in sorted {
      while bin + 1 < edges.count, value >= edges[bin].upperBound { bin += 1 }
      counts[bin] += 1
    }
    if asDensity {
      for (i, edge) in edges.enumerated() {
        counts[i] /= Double(sorted.count) * (edge.upperBound - edge.lowerBound)
      }
    }
    return adding(.bars(edges: edges, heights: counts), label, style ?? .series(barsCount))
  }

  private static func edges(of sorted: [Double], bins: Int?) -> [ClosedRange<Double>] {
    guard let least = sorted.first, let greatest = sorted.last else { return [] }
    guard least < greatest else { return [least - 0.5...least + 0.5] }
    var low = least
    var width = (greatest - least) / Double(bins ?? 1)
    var count = bins ?? 1
    if bins == nil {
      let n = sorted.count
      let spread = sorted[3 * (n - 1) / 4] - sorted[(n - 1) / 4]
      let wanted = spread > 0 ? 2 * spread / cbrt(Double(n)) : (greatest - least) / 10
      let most = max(1, Int(min(200, ((greatest - least) / wanted).rounded(.up))))
      let ticks = TickMarks(linear: least...greatest, count: most).major
      if ticks.count > 1 {
        width = ticks[1].value - ticks[0].value
        low = ticks[0].value - (ticks[0].value > least ? width : 0)
        count = Int(((greatest - low) / width).rounded(.down)) + 1
      }
    }
    return (0..<count).map { low + Double($0) * width...low + Double($0 + 1) * width }
  }

  private var barsCount: Int {
    series.count { if case .bars = $0.mark { true } else { false } }
  }
}
