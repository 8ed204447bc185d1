import HopfieldFormats
import Testing

@Suite struct NumericArrayTests {
  @Test("Values of every type come back as Double and Float", arguments: examples)
  func values(of array: NumericArray) {
    #expect(array.count == 4)
    #expect(array.doubles() == (0..<4).map { array[$0] })
    if array.type != .float64 { #expect(array.floats() == array.doubles().map { Float($0) }) }
    #expect(array.firstNonFinite() == nil)
    let values = Set(array.doubles()).sorted()
    #expect(array.distinctValues(limit: 4) == values)
    #expect(array.distinctValues(limit: values.count - 1) == nil)
  }

  @Test("Signs agree with a comparison of doubles, whatever the threshold", arguments: examples)
  func signs(of array: NumericArray) {
    let thresholds =
      [
        0, -0.0, 0.5, -0.5, 126.999, 127, -128, 255, 1e19, -1e19, 1e300, .infinity, -.infinity,
        .nan,
      ]
      + array.doubles().flatMap { [$0, $0.nextUp, $0.nextDown] }
    for threshold in thresholds where array.type != .int64 && array.type != .uint64 {
      let expected = array.doubles().map { $0 > threshold ? Int8(1) : -1 }
      #expect(array.signs(above: threshold) == expected, "\(threshold)")
    }
  }

  @Test("Integers beyond 2^53 are compared as integers")
  func signsOfLargeIntegers() {
    let array = NumericArray(shape: [3], [Int64.max, 1 << 53, 1 << 53 + 1])
    #expect(array.signs(above: 0x1p53) == [1, -1, 1])
    #expect(array.signs(above: 0x1p63) == [-1, -1, -1])
    #expect(array.signs(above: -0x1p63) == [1, 1, 1])
  }

  @Test("Half-precision numbers compare as their values")
  func signsOfHalves() throws {
    let array = try readArray(fixture("f2-le-c.npy"))
    let near: [Double] = array.doubles().flatMap { [$0, $0.nextUp, $0.nextDown] }
    for threshold in near + [70_000, -1e-9] {
      let expected = array.doubles().map { $0 > threshold ? Int8(1) : -1 }
      #expect(array.signs(above: threshold) == expected, "\(threshold)")
    }
  }

  @Test("The first number that is not finite is found in any block")
  func nonFinite() {
    for place in [0, 1, 4095, 4096, 9999] {
      for value in [Double.nan, .infinity, -.infinity] {
        var doubles = [Double](repeating: 1, count: 10_000)
        doubles[place] = value
        doubles[9_999] = .nan
        #expect(NumericArray(shape: [100, 100], doubles).firstNonFinite() == place)
        #expect(NumericArray(shape: [10_000], doubles.map { Float($0) }).firstNonFinite() == place)
      }
    }
  }

  @Test("Distinct values are found wherever they stand")
  func distinctValues() {
    var grey = [UInt8](repeating: 7, count: 20_000)
    #expect(NumericArray(shape: [20_000], grey).distinctValues(limit: 3) == [7])
    grey[19_999] = 3
    grey[8_191] = 255
    #expect(NumericArray(shape: [20_000], grey).distinctValues(limit: 3) == [3, 7, 255])
    #expect(NumericArray(shape: [20_000], grey).distinctValues(limit: 2) == nil)
    let many = NumericArray(shape: [20_000], (0..<20_000).map { Int32($0 % 50) })
    #expect(many.distinctValues(limit: 50) == (0..<50).map { Double($0) })
    #expect(many.distinctValues(limit: 49) == nil)
    #expect(NumericArray(shape: [0, 4], [Int8]()).distinctValues(limit: 0) == [])
    #expect(NumericArray(shape: [2], [0.0, -0.0]).distinctValues(limit: 1) == [0])
  }

  @Test("Rows and shapes")
  func rows() {
    let array = NumericArray(shape: [3, 2], [Int16]([1, 2, 3, 4, 5, 6]))
    #expect(array.rows(1..<3) == NumericArray(shape: [2, 2], [Int16]([3, 4, 5, 6])))
    #expect(array.rows(2..<2) == NumericArray(shape: [0, 2], [Int16]()))
    #expect(array.reshaped(to: [1, 6]).shape == [1, 6])
    #expect(array.rowCount == 3)
    #expect(NumericArray(shape: [], [1.5]).rowCount == 1)
  }
}
