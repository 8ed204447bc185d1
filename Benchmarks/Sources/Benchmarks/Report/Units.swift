internal import Foundation

extension Int {
  /// 2 is "2 threads".
  var asThreads: String { self == 1 ? "1 thread" : "\(self) threads" }
}

/// Numbers for people: three significant digits and a unit.
extension Double {
  /// 0.00051 is "510 µs".
  var asSeconds: String {
    switch self {
    case ..<1e-3: scaled(by: 1e6) + " µs"
    case ..<1: scaled(by: 1e3) + " ms"
    default: scaled(by: 1) + " s"
    }
  }

  /// 1.725e8 is "172 MB".
  var asBytes: String {
    switch self {
    case ..<1e6: scaled(by: 1e-3) + " KB"
    case ..<1e9: scaled(by: 1e-6) + " MB"
    default: scaled(by: 1e-9) + " GB"
    }
  }

  /// 1.38e9 is "1.38e9".
  var asCount: String {
    guard self >= 1e4 else { return scaled(by: 1) }
    let exponent = log10(self).rounded(.down)
    return (self / pow(10, exponent)).withDigits(2) + "e\(Int(exponent))"
  }

  /// 412.3 is "412x", 1.634 is "1.63x".
  var asRatio: String { scaled(by: 1) + "x" }

  /// 0.634 is "63 %"; below one percent, a digit more.
  var asShare: String { (self * 100).withDigits(self < 0.01 ? 1 : 0) + " %" }

  /// With three significant digits, never in exponents.
  private func scaled(by factor: Double) -> String {
    let value = self * factor
    return value.withDigits(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
  }

  /// 0.0000037 is "3.7e-06".
  var inExponents: String {
    String(format: "%.1e", locale: Locale(identifier: "en_US_POSIX"), self).lowercased()
  }

  /// With so many digits after the point.
  func withDigits(_ digits: Int) -> String {
    String(format: "%.\(digits)f", locale: Locale(identifier: "en_US_POSIX"), self)
  }
}
