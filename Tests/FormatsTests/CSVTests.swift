import HopfieldFormats
import Testing

@Suite struct CSVTests {
  private func table(_ text: String) throws -> [[Double]] {
    let array = try CSV.parse(bytes: Array(text.utf8), file: "t.csv")
    #expect(array.type == .float64 && array.shape.count == 2)
    return (0..<array.shape[0]).map { array.rows($0..<$0 + 1).doubles() }
  }

  @Test(
    "Separators, line ends, comments, headers and quotes",
    arguments: [
      "1,2\n3,4\n", "1,2\n3,4", "1;2\r\n3;4\r\n", "1\t2\n3\t4\n\n\n", "1 2\n3   4\n",
      "  1\t2 \n 3 \t 4\n",
      "\u{FEFF}1,2\n3,4\n", "# by hand\n1,2 # first\n\n# more\n3,4\n#", "x,y\n1,2\n3,4\n",
      "\n\nx;\n1,2\n3,4",
      "\"a,b\",\"c\"\n1,2\n3,4\n", "\"1\",\"2\"\n\"3\", 4 \n", "two words here\n1,2\n3,4\n",
      " 1 , 2\n3,4",
      "+1,2.\n3e0,.4e1\n", ",a\n1,2\n3,4", "1,2,\n3,4,\n".replacing(",\n", with: "\n"),
    ])
  func styles(text: String) throws {
    if text.contains("\n\n# more") {
      // An empty line between rows would hide a missing row.
      #expect(throws: FormatError.self) { try table(text) }
    } else {
      #expect(try table(text) == [[1, 2], [3, 4]])
    }
  }

  @Test(
    "Numbers are the nearest doubles",
    arguments: [
      "0", "-0", "007", "1e5", "1E+5", "1e-5", "123456789012345678901234567890", "9007199254740993",
      "0.1", "3.141592653589793238462643383279502884197", "1e22", "1e23", "4.9e-324", "2e-324",
      "1e-400",
      "1.7976931348623157e308", "1.000000000000000000e+00", "2.2250738585072011e-308", "5e-1",
      "100000",
      "0.000000000000000000000000000000000000001", "1000000000000000000000000000000000000000e-39",
      "1e+0000000000000000005", "0e99999999999999999999", "00000000000000000000000000000000.5",
      "179769313486231570000000000000000000000e270", "8.41e+21", "9.3170532238714134438e+16", "1.",
      ".5",
      "12345678901234567890123.", ".00000000000000012345678901234567890123",
      "+12345678901234567890123",
    ])
  func numbers(text: String) throws {
    // The oracle wants digits on both sides of the point.
    var plain = text.hasPrefix("+") ? String(text.dropFirst()) : text
    if plain.hasPrefix(".") { plain = "0" + plain }
    if plain.hasSuffix(".") { plain += "0" }
    let expected = try #require(Double(plain))
    #expect(try table(text)[0][0].bitPattern == expected.bitPattern)
    #expect(try table("-" + text.drop { "+-".contains($0) })[0][0].magnitude == abs(expected))
  }

  @Test("NaN and infinity are read, and left to the caller")
  func special() throws {
    let row = try table("nan,NaN,inf,-inf,Infinity,-nan,+inf\n1,2,3,4,5,6,7")[0]
    #expect(row[0].isNaN && row[1].isNaN && row[5].isNaN)
    #expect(row[2] == .infinity && row[3] == -.infinity && row[4] == .infinity)
  }

  @Test(
    "What is no number is refused",
    arguments: [
      "x", "1.2.3", "1e", "1e+", "--1", "+-1", "0x10", "1_000", "1,5;2", ".", "e5", "-", "1 2", "１",
      "infin",
      "nan(1)", "1d5", "\"", "\"\"", "1\0", "1e5.5",
    ])
  func refused(field: String) throws {
    expectFailure(.badData, naming: "t.csv", saying: "line 2") { () throws(FormatError) in
      _ = try CSV.parse(bytes: Array("1,2\n\(field),4\n".utf8), file: "t.csv")
    }
  }

  @Test(
    "Errors name line and column",
    arguments: [
      ("1,2\n3,4\n5,six\n", "line 3, column 2: \"six\" is no number"),
      ("1,2\n3,\n", "line 2, column 2: an empty field"),
      ("1,2\n,3\n", "line 2, column 1: an empty field"),
      ("1,2\n3,4,5\n", "line 2: 3 fields, while line 1 has 2"),
      ("a,b\n# c\n1,2\n3\n", "line 4: 1 field, while line 3 has 2"),
      ("1,x\n", "line 1, column 2: \"x\" is no number"),
      ("1,2\n\n3,4\n", "line 2: an empty line between rows"),
      ("1e999\n", "line 1, column 1: \"1e999\" is too large"),
      ("a,b\nc,d\n", "line 2, column 1: \"c\" is no number"),
      ("a,b\n", "no row of numbers"), ("", "the file is empty"), ("\n\n", "no row of numbers"),
      ("# only\n", "no row of numbers"), (",\n1,2\n", "line 1, column 1: an empty field"),
      ("1\n\(String(repeating: "9", count: 400))x\n", "line 2, column 1: \"99"),
    ])
  func messages(text: String, message: String) {
    expectFailure(.badData, naming: "t.csv", saying: message) { () throws(FormatError) in
      _ = try CSV.parse(bytes: Array(text.utf8), file: "t.csv")
    }
  }

  @Test("What is written is read back", arguments: examples)
  func roundTrip(array: NumericArray) throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/a.csv"
      try CSV.write(array, to: file)
      let table = try CSV.read(file)
      #expect(table.shape == [2, 2])
      // The digits of a Float name that Float, not the Double of the same value.
      if array.type == .float32 {
        #expect(table.floats() == array.floats())
      } else {
        #expect(table.doubles() == array.doubles())
      }
    }
  }

  @Test("Integers have no point, and other numbers the fewest digits")
  func digits() {
    func text(_ array: NumericArray) -> String {
      String(decoding: CSV.encode(array), as: UTF8.self)
    }
    #expect(text(examples[0]) == "1,0\n0,1\n")
    #expect(text(examples[1]) == "-128,-1\n1,127\n")
    #expect(text(NumericArray(shape: [3], [0.1, 1e300, 2] as [Double])) == "0.1,1e+300,2.0\n")
    #expect(text(NumericArray(shape: [1, 2], [0.1, 16_777_216] as [Float])) == "0.1,16777216.0\n")
    #expect(text(NumericArray(shape: [2, 1, 2], [Int8]([1, 2, 3, 4]))) == "1,2\n3,4\n")
    #expect(text(NumericArray(shape: [0, 2], [Int8]())) == "")
  }

  @Test("A table of many blocks, read through a file")
  func large() throws {
    let array = NumericArray(
      shape: [3000, 300], (0..<900_000).map { Int32(truncatingIfNeeded: $0 &* 40_503) })
    try withTemporaryDirectory { directory in
      try CSV.write(array, to: directory + "/a.csv")
      #expect(try CSV.read(directory + "/a.csv").doubles() == array.doubles())
    }
  }
}
