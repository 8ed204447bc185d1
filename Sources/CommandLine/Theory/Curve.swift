internal import Hopfield

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The places through which a figure draws a curve.
enum Curve {
  /// Places at equal distances, both ends among them.
  static func places(_ low: Double, _ high: Double, count: Int = 200) -> [Double] {
    (0...count).map { low + (high - low) * Double($0) / Double(count) }
  }

  /// Places at equal ratios, both ends among them.
  static func ratios(_ low: Double, _ high: Double, count: Int = 200) -> [Double] {
    places(log(low), log(high), count: count).enumerated().map { index, value in
      index == 0 ? low : index == count ? high : exp(value)
    }
  }

  /// The ends of what a table spans, or of `range` where that is wider.
  static func ends(_ values: [Double], atLeast range: ClosedRange<Double>) -> ClosedRange<Double> {
    min(
      values.min() ?? range.lowerBound, range.lowerBound)...max(
        values.max() ?? range.upperBound, range.upperBound)
  }
}

extension Plot {
  /// Adds the curve of a function.
  func curve(
    _ x: [Double], label: String? = nil, style: Style? = nil, _ value: (Double) -> Double
  ) -> Plot {
    line(x, x.map(value), label: label, style: style)
  }
}

extension Double {
  /// The number without a decimal point where it is whole.
  var plain: String {
    self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)"
  }
}
