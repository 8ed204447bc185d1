/// A loop over the numbers of an array, written once and compiled once for each type.
///
/// The type is looked at once per array, outside the loop, which the compiler can then vectorize.
protocol ElementPass {
  associatedtype Result
  func run<Element: RealElement>(over elements: Span<Element>) -> Result
}

/// What a pass may do with a number.
protocol RealElement: BitwiseCopyable, Comparable {
  var double: Double { get }
  var float: Float { get }
  var isFiniteNumber: Bool { get }
  /// The fewest digits that read back as the same number.
  var text: String { get }
  /// The largest value of the type that is not above `limit`, nil if all are above.
  static func largest(notAbove limit: Double) -> Self?
}

extension RealElement where Self: FixedWidthInteger {
  var double: Double { Double(self) }
  var float: Float { Float(self) }
  var isFiniteNumber: Bool { true }
  var text: String { description }

  static func largest(notAbove limit: Double) -> Self? {
    let floor = limit.rounded(.down)
    // `Double(max)` may round up to a power of two, which no value reaches.
    if floor >= Double(max) { return max }
    return floor < Double(min) ? nil : Self(floor)
  }
}

extension Int8: RealElement {}
extension UInt8: RealElement {}
extension Int16: RealElement {}
extension UInt16: RealElement {}
extension Int32: RealElement {}
extension UInt32: RealElement {}
extension Int64: RealElement {}
extension UInt64: RealElement {}

extension Double: RealElement {
  var double: Double { self }
  var float: Float { Float(self) }
  var isFiniteNumber: Bool { isFinite }
  var text: String { description }
  static func largest(notAbove limit: Double) -> Double? { limit }
}

extension Float: RealElement {
  var double: Double { Double(self) }
  var float: Float { self }
  var isFiniteNumber: Bool { isFinite }
  var text: String { description }

  static func largest(notAbove limit: Double) -> Float? {
    let nearest = Float(limit)
    return Double(nearest) > limit ? nearest.nextDown : nearest
  }
}

extension Half: RealElement {
  var double: Double { Double(float) }
  var isFiniteNumber: Bool { bits & 0x7C00 != 0x7C00 }
  var text: String { float.description }

  static func largest(notAbove limit: Double) -> Half? {
    // Among the positive bit patterns the order is that of integers, among negative ones reversed.
    let negative = limit < 0
    var low: UInt16 = 0
    var high: UInt16 = 0x7C00
    func isAbove(_ magnitude: UInt16) -> Bool { Half(bits: magnitude).double > abs(limit) }
    while low < high {  // the largest magnitude not above |limit|
      let middle = low + (high - low + 1) / 2
      if isAbove(middle) { high = middle - 1 } else { low = middle }
    }
    if !negative { return Half(bits: low) }
    let isExact = Half(bits: low).double == -limit
    return Half(bits: 0x8000 | (isExact ? low : low + 1))
  }
}

extension NumericArray {
  /// The result of `pass` over the numbers in their own type; a `bool` is a number 0 or 1.
  func run<Pass: ElementPass>(_ pass: Pass) -> Pass.Result {
    switch type {
    case .bool, .uint8: pass.run(over: bytes.span)
    case .int8: run(pass, as: Int8.self)
    case .int16: run(pass, as: Int16.self)
    case .uint16: run(pass, as: UInt16.self)
    case .int32: run(pass, as: Int32.self)
    case .uint32: run(pass, as: UInt32.self)
    case .int64: run(pass, as: Int64.self)
    case .uint64: run(pass, as: UInt64.self)
    case .float16: run(pass, as: Half.self)
    case .float32: run(pass, as: Float.self)
    case .float64: run(pass, as: Double.self)
    }
  }

  private func run<Pass: ElementPass, Element: RealElement>(
    _ pass: Pass, as element: Element.Type
  ) -> Pass.Result {
    withElements(of: bytes, as: element) { pass.run(over: $0) }
  }
}
