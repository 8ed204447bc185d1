import Foundation
import HopfieldFormats
import Testing

/// What `make_fixtures.py` says that a file holds.
struct Expectation: Decodable, Sendable {
  /// A number, or the name of one that JSON cannot write.
  enum Value: Decodable, Sendable {
    case number(Double)
    case name(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .name(try container.decode(String.self))
      }
    }

    var double: Double {
      switch self {
      case .number(let number): number
      case .name("nan"): .nan
      case .name("inf"): .infinity
      case .name: -.infinity
      }
    }
  }

  let shape: [Int]
  let type: String
  let values: [Value]

  static let all: [String: Expectation] = {
    let data = try! Data(contentsOf: URL(filePath: fixture("expected.json")))
    return try! JSONDecoder().decode([String: Expectation].self, from: data)
  }()
}

/// Equal as bits, but for NaN, of which any is as good as another.
private func isSame(_ a: Double, _ b: Double) -> Bool {
  a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
}

@Suite struct FixtureTests {
  @Test(
    "A file by NumPy or Pillow has the shape, type and values they read",
    arguments: Expectation.all.keys.sorted())
  func fixtureValues(name: String) throws {
    let expected = Expectation.all[name]!
    let array = try readArray(fixture(name))
    #expect(array.shape == expected.shape)
    #expect("\(array.type)" == expected.type)
    let doubles = array.doubles()
    try #require(doubles.count == expected.values.count)
    for (index, value) in expected.values.enumerated() {
      #expect(isSame(doubles[index], value.double), "\(index): \(doubles[index]) \(value)")
      #expect(isSame(array[index], value.double))
      if array.type != .float64 {
        #expect(isSame(Double(array.floats()[index]), Double(Float(value.double))))
      }
    }
  }

  @Test("Every fixture on the disk is expected")
  func allNamed() throws {
    let files = try names(in: fixture("")).filter { !$0.hasPrefix("make") && $0 != "expected.json" }
    #expect(files.count > 100)
    for file in files { #expect(Expectation.all[file] != nil, "\(file)") }
  }

  @Test(
    "An array read from numpy.save's file is written as the same bytes",
    arguments: [
      "b1-one-c", "i1-one-c", "u2-le-c", "f2-le-c", "f4-le-c", "f8-le-c", "scalar",
      "vector", "empty-rows", "empty-columns", "int8-states",
    ])
  func bytesOfNumPy(name: String) throws {
    let file = try contents(fixture(name + ".npy"))
    #expect(NPY.encode(try NPY.parse(bytes: file, file: name)) == file)
  }
}
