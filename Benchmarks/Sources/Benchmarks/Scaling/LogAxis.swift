internal import Foundation

/// An axis whose places are logarithms.
struct LogAxis {
  struct Tick {
    let place: Double
    let label: String
  }

  let ticks: [Tick]
  private let low: Double
  private let scale: Double
  private let from: Double

  /// The axis that shows `values`, with a little air, between the places `from` and `to`.
  init(covering values: [Double], from: Double, to: Double) {
    let least = log10(values.min() ?? 1)
    let most = log10(values.max() ?? 10)
    let air = max((most - least) * 0.06, 0.05)
    let low = least - air
    let high = most + air
    let scale = (to - from) / (high - low)
    self.low = low
    self.scale = scale
    self.from = from
    // The fewer decades there are, the finer the ticks.
    let steps: [Double] = high - low < 1.2 ? [1, 2, 3, 5, 7] : high - low < 3 ? [1, 2, 5] : [1]
    var ticks: [Tick] = []
    for decade in Int(low.rounded(.down))...Int(high.rounded(.up)) {
      for step in steps {
        let exponent = log10(step) + Double(decade)
        guard exponent >= low, exponent <= high else { continue }
        ticks.append(
          Tick(place: from + (exponent - low) * scale, label: Self.label(step, decade)))
      }
    }
    self.ticks = ticks
  }

  func place(of value: Double) -> Double { from + (log10(value) - low) * scale }

  /// `step` times ten to the power of `decade`.
  private static func label(_ step: Double, _ decade: Int) -> String {
    switch decade {
    case 0..<6: (step * pow(10, Double(decade))).withDigits(0)
    case -3..<0: (step * pow(10, Double(decade))).withDigits(-decade)
    default: "\(Int(step))e\(decade)"
    }
  }
}
