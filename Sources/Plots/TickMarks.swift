#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The ticks of an axis: labelled ones and, between them, minor ones.
///
/// Ticks are counted in integers, m x 10^k with m = 1, 2 or 5 times an index, and labels are
/// written from these integers: 0.3, never 0.30000000000000004.
struct TickMarks: Equatable {
  struct Tick: Equatable {
    var value: Double
    /// In the markup of `Label`.
    var label: String
  }

  var major: [Tick] = []
  var minor: [Double] = []
  /// The power of ten that the labels leave out.
  var exponent = 0

  private init() {}

  /// The ticks that an axis asks for; `count` is about how many there is room for.
  init(_ ticks: Plot.Ticks, scale: Plot.Scale, range: ClosedRange<Double>, count: Int) {
    switch (ticks, scale) {
    case (.automatic, .linear): self.init(linear: range, count: count)
    case (.automatic, .logarithmic): self.init(logarithmic: range, count: count)
    case (.every(let step), _):
      precondition(step > 0 && step.isFinite, "ticks every \(step)")
      let wanted = (range.upperBound - range.lowerBound) / step
      precondition(wanted <= 1000, "ticks every \(step) in \(range): more than 1000")
      self.init(stepped: range, by: RoundNumber(step))
    case (.at(let values), _):
      self.init()
      for value in values where range.contains(value) {
        major.append(Tick(value: value, label: RoundNumber(value).text))
      }
    case (.names(let names), _):
      self.init()
      for (i, name) in names.enumerated() where range.contains(Double(i)) {
        major.append(Tick(value: Double(i), label: name))
      }
    }
  }

  /// At most about `count` ticks a step of 1, 2 or 5 times a power of ten apart.
  init(linear range: ClosedRange<Double>, count: Int) {
    let raw = (range.upperBound - range.lowerBound) / Double(max(count, 1))
    var exponent = Int(log10(raw).rounded(.down))
    let factor = raw / pow(10, Double(exponent)) * (1 - 1e-9)
    let mantissa = [1, 2, 5].first { Double($0) >= factor } ?? 1
    if factor > 5 { exponent += 1 }
    self.init(stepped: range, by: RoundNumber(mantissa, exponent: exponent))
  }

  /// Ticks at the multiples of `step`.
  init(stepped range: ClosedRange<Double>, by step: RoundNumber) {
    self.init()
    let indices = Self.multiples(of: step.value, in: range)
    let greatest = indices.map { RoundNumber($0 * step.mantissa, exponent: step.exponent) }
      .max { $0.value.magnitude < $1.value.magnitude }
    if let size = greatest?.value.magnitude, size > 0, size >= 99_999 || size < 0.000_999 {
      exponent = Int((log10(size) + 1e-9).rounded(.down))
    }
    for index in indices {
      let tick = RoundNumber(index * step.mantissa, exponent: step.exponent)
      let shown = RoundNumber(tick.mantissa, exponent: tick.exponent - exponent)
      major.append(Tick(value: tick.value, label: shown.text))
    }
    // Fifths of 1 and 5, quarters of 2, thirds of 3: round numbers again.
    var leading = step.mantissa
    while leading % 10 == 0 { leading /= 10 }
    let parts = leading == 2 || leading == 4 ? 4 : leading == 3 || leading == 6 ? 3 : 5
    let fine = step.value / Double(parts)
    minor = Self.multiples(of: fine, in: range).filter { $0 % parts != 0 }.map { Double($0) * fine }
  }

  /// Powers of ten; within less than two of them multiples of 1, 2 and 5, or ticks as on a linear
  /// axis.
  init(logarithmic range: ClosedRange<Double>, count: Int) {
    self.init()
    let low = log10(range.lowerBound)
    let high = log10(range.upperBound)
    let first = Int((low - 1e-9).rounded(.up))
    let last = Int((high + 1e-9).rounded(.down))
    let decades = Int(low.rounded(.down))...Int(high.rounded(.up))
    if last - first >= 1, high - low > 1.5 {
      // Every decade, or every second, third, ... if there are many.
      let every = (last - first + count) / max(count, 1)
      for exponent in first...last where exponent % max(every, 1) == 0 {
        major.append(Tick(value: pow(10, Double(exponent)), label: "10^{\(exponent)}"))
      }
      if every <= 1 {
        minor = Self.multiples(2...9, of: decades, in: range)
      } else {
        minor = (first...last).filter { $0 % every != 0 }.map { pow(10, Double($0)) }
      }
      return
    }
    var ticks: [Tick] = []
    for exponent in decades {
      for mantissa in [1, 2, 5] {
        let tick = RoundNumber(mantissa, exponent: exponent)
        guard Self.holds(range, tick.value) else { continue }
        let label =
          abs(exponent) <= 3
          ? tick.text : (mantissa == 1 ? "" : "\(mantissa)×") + "10^{\(exponent)}"
        ticks.append(Tick(value: tick.value, label: label))
      }
    }
    guard ticks.count >= 3 else {
      self = TickMarks(linear: range, count: count)
      return
    }
    major = ticks
    minor = Self.multiples(2...9, of: decades, in: range).filter { value in
      !ticks.contains { abs($0.value - value) < 1e-9 * value }
    }
  }

  /// The indices i for which i x step lies in the range.
  private static func multiples(of step: Double, in range: ClosedRange<Double>) -> Range<Int> {
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    return first..<max(first, last + 1)
  }

  /// m x 10^k in the range.
  private static func multiples(
    _ mantissas: ClosedRange<Int>, of decades: ClosedRange<Int>, in range: ClosedRange<Double>
  ) -> [Double] {
    decades.flatMap { exponent in
      mantissas.map { RoundNumber($0, exponent: exponent).value }.filter { holds(range, $0) }
    }
  }

  /// Whether the range contains a value, its ends being only as exact as 10^(log10 x).
  private static func holds(_ range: ClosedRange<Double>, _ value: Double) -> Bool {
    value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
  }
}
