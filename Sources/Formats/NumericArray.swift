/// A real array of any rank in C order, its numbers kept in the type they have in the file.
///
///     let states = NumericArray(shape: [2, 3], [Int8]([1, -1, 1, -1, -1, 1]))
///     states.type      // .int8
///     states[3]        // -1.0, by flat index
///     states.floats()  // [1, -1, 1, -1, -1, 1]
///
/// A file of 1 GB of `int8` stays 1 GB here; whoever needs other numbers converts what is needed.
public struct NumericArray: Equatable, Sendable {
  /// The length of each axis, the slowest first; empty for a single number.
  public let shape: [Int]
  /// The type of the numbers.
  public let type: ScalarType
  /// The numbers in this machine's byte order, `count * type.size` bytes.
  ///
  /// A `bool` is 0 or 1. Equality of arrays is equality of these bytes, so NaN equals itself.
  public let bytes: [UInt8]

  /// An array of `values`, as many as `shape` says.
  ///
  /// - Complexity: O(count), a copy.
  public init<Element: NumericElement>(shape: [Int], _ values: [Element]) {
    self.init(shape: shape, type: Element.scalarType, bytes: copiedBytes(of: values))
  }

  /// An array over bytes in native order that some reader has checked.
  init(shape: [Int], type: ScalarType, bytes: [UInt8]) {
    let count = elementCount(of: shape)
    precondition(count != nil, "no array has the shape \(shape)")
    precondition(
      bytes.count == count! * type.size,
      "the shape \(shape) has \(count!) numbers, given are \(bytes.count / type.size)")
    self.shape = shape
    self.type = type
    self.bytes = bytes
  }

  /// How many numbers the array holds.
  public var count: Int { bytes.count / type.size }

  /// How many rows the first axis has; 1 for a single number.
  public var rowCount: Int { shape.first ?? 1 }

  /// The same numbers in the same order under another shape of as many.
  public func reshaped(to shape: [Int]) -> NumericArray {
    let other = elementCount(of: shape)
    precondition(
      other == count, "the shape \(shape) does not hold the array's \(count) numbers")
    return NumericArray(shape: shape, type: type, bytes: bytes)
  }

  /// The rows `range` of the first axis, the other axes whole.
  ///
  /// - Complexity: O(size of the result).
  public func rows(_ range: Range<Int>) -> NumericArray {
    precondition(!shape.isEmpty, "a single number has no rows")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rowCount,
      "rows \(range) of an array of \(rowCount)")
    let rowBytes = rowCount == 0 ? 0 : bytes.count / rowCount
    return NumericArray(
      shape: [range.count] + shape.dropFirst(), type: type,
      bytes: Array(bytes[range.lowerBound * rowBytes..<range.upperBound * rowBytes]))
  }
}

/// The product of the lengths; nil if one is negative or the product of those that are not zero
/// overflows.
func elementCount(of shape: [Int]) -> Int? {
  var product = 1
  for length in shape where length != 0 {
    guard length > 0 else { return nil }
    let (next, overflow) = product.multipliedReportingOverflow(by: length)
    if overflow { return nil }
    product = next
  }
  return shape.contains(0) ? 0 : product
}
