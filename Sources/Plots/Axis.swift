#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension Plot {
  /// How values are spread along an axis.
  public enum Scale: Hashable, Sendable {
    case linear
    /// Equal ratios at equal distances; zero lies infinitely far down, negative values nowhere.
    case logarithmic
  }

  /// Where an axis has labelled ticks.
  public enum Ticks: Hashable, Sendable {
    /// At multiples of 1, 2 or 5 times a power of ten, as many as there is room for.
    case automatic
    /// At the multiples of a number.
    case every(Double)
    /// At these values.
    case at([Double])
    /// Names at 0, 1, 2, ...: what bars stand for.
    case names([String])

    var areNames: Bool { if case .names = self { true } else { false } }
  }
}

/// One of the two axes as it was asked for.
struct Axis: Hashable, Sendable {
  var label: String
  var scale = Plot.Scale.linear
  var range: ClosedRange<Double>?
  var ticks = Plot.Ticks.automatic

  /// The range asked for, or one around the data: `tight` ends where its values end, `padded`
  /// leaves room, though none below zero for what stands there.
  func range(
    tight: Extent, padded: Extent, standsOnZero: Bool = false
  ) -> ClosedRange<Double> {
    if let range { return range }
    var tight = tight
    var padded = padded
    if case .names(let names) = ticks, !names.isEmpty {
      tight.include(-0.6)
      tight.include(Double(names.count) - 0.4)
    }
    let isLogarithmic = scale == .logarithmic
    if isLogarithmic {
      tight = tight.logarithm
      padded = padded.logarithm
    }
    let low = min(tight.low, padded.low)
    let high = max(tight.high, padded.high)
    var bounds: (low: Double, high: Double)
    if low > high {
      bounds = (0, 1)
    } else if high - low <= 1e-9 * max(low.magnitude, high.magnitude) || high - low < 1e-290 {
      let room = isLogarithmic ? 0.5 : low.magnitude < 1e-290 ? 1 : 0.1 * low.magnitude
      bounds = (low - room, high + room)
    } else {
      let room = 0.05 * (high - low)
      bounds = (min(tight.low, padded.low - room), max(tight.high, padded.high + room))
      if standsOnZero, !isLogarithmic, low == 0 { bounds.low = 0 }
    }
    return isLogarithmic ? pow(10, bounds.low)...pow(10, bounds.high) : bounds.low...bounds.high
  }
}

/// The least and the greatest of some values.
struct Extent: Equatable {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity

  /// Takes a value in, unless it is infinite, not a number, or beyond what can be spread on paper.
  mutating func include(_ value: Double) {
    guard value.magnitude < 1e290 else { return }
    low = min(low, value)
    high = max(high, value)
  }

  /// The extent of the decimal logarithms; of values that were included one by one as positive.
  var logarithm: Extent {
    guard low <= high else { return self }
    var result = Extent()
    result.include(log10(low))
    result.include(log10(high))
    return result
  }
}

/// From values along an axis to positions in the picture.
struct AxisMap: Equatable {
  let scale: Plot.Scale
  let range: ClosedRange<Double>
  /// The positions of the range's two ends.
  let start: Double
  let end: Double

  private let low: Double
  private let high: Double

  init(scale: Plot.Scale, range: ClosedRange<Double>, start: Double, end: Double) {
    self.scale = scale
    self.range = range
    self.start = start
    self.end = end
    low = scale == .logarithmic ? log10(range.lowerBound) : range.lowerBound
    high = scale == .logarithmic ? log10(range.upperBound) : range.upperBound
  }

  /// Where a value lies: infinite where it is or its logarithm is, not a number where it has none.
  func position(of value: Double) -> Double {
    let value = scale == .logarithmic ? log10(value) : value
    if value.isInfinite { return (value < 0) == (start < end) ? -.infinity : .infinity }
    return start + (value - low) / (high - low) * (end - start)
  }

  func contains(_ value: Double) -> Bool { range.contains(value) }
}
