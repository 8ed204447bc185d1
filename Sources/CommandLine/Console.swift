internal import HopfieldFormats
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Standard output, collected and written once, so that a failure to write is noticed; and
/// standard error.
enum Console {
  private static let text = Mutex("")

  /// Adds a line to standard output.
  static func print(_ line: String = "") { text.withLock { $0 += line + "\n" } }

  /// Writes what was printed; throws if standard output does not take it.
  static func flush() throws(FormatError) {
    let bytes = text.withLock { text in
      defer { text = "" }
      return Array(text.utf8)
    }
    guard !bytes.isEmpty else { return }
    do {
      try OutputFile.write(bytes, to: "/dev/stdout")
    } catch {
      throw FormatError(
        file: "standard output", reason: error.reason, category: .cannotWrite)
    }
  }

  /// Writes a line to standard error; where that fails there is nobody left to tell.
  static func warn(_ line: String) {
    try? OutputFile.write(Array((line + "\n").utf8), to: "/dev/stderr")
  }

  /// Whether a person watches standard error.
  static let isInteractive = isatty(2) == 1

  /// Rewrites the last line of standard error.
  static func status(_ line: String) {
    try? OutputFile.write(Array("\r\u{1B}[K\(line)".utf8), to: "/dev/stderr")
  }
}

/// Progress on standard error for work of more than a second, where a person watches.
final class Progress: Sendable {
  private let name: String
  private let total: Int
  private let start = ContinuousClock.now
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  init(_ name: String, total: Int) {
    self.name = name
    self.total = total
  }

  /// Shows that `done` parts are done, at most five times a second, with the time that is left.
  func show(_ done: Int) {
    guard Console.isInteractive else { return }
    let now = ContinuousClock.now
    guard now - start > .seconds(1) else { return }
    lastShown.withLock { last in
      guard last.map({ now - $0 > .milliseconds(200) }) ?? true else { return }
      last = now
      let left = (now - start).seconds / Double(max(done, 1)) * Double(total - done)
      Console.status("\(name): \(done) of \(total), \(left.formatted(1)) s left")
    }
  }

  /// Clears the line.
  func finish() {
    if lastShown.withLock({ $0 }) != nil { Console.status("") }
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

extension Double {
  /// The number with a fixed count of decimals, for people.
  func formatted(_ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    guard magnitude * scale < 1e18 else { return "\(self)" }
    let scaled = Int((magnitude * scale).rounded())
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(scale))
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = String(rest)
    return "\(sign)\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
  }
}

extension Double {
  /// The number in at most 12 characters, for tables: with decimals, or with a power of ten.
  var compact: String {
    guard isFinite, magnitude >= 1e6 || (magnitude < 1e-3 && self != 0) else { return formatted(4) }
    var (mantissa, exponent) = (self, 0)
    while mantissa.magnitude >= 9.99995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa.magnitude < 0.999995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(mantissa.formatted(4))e\(exponent)"
  }
}

extension String {
  /// The text with blanks on its left, `width` wide.
  func right(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
  /// The text with blanks on its right, `width` wide.
  func left(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
