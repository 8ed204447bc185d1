import HopfieldFormats
import Testing

@Suite struct TextTableTests {
  @Test func whatIsWrittenIsRead() throws {
    let table = TextTable(
      columns: ["load", "name"],
      rows: [["0.1", "plain"], ["-2e-5", "a \"b\", c"], ["", "two\nlines"], ["nan", "α"]])
    try withTemporaryDirectory { folder in
      try table.write(to: "\(folder)/table.csv")
      #expect(try TextTable(reading: "\(folder)/table.csv") == table)
    }
  }

  @Test(arguments: [
    ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\n1,2", [["1", "2"]]), ("a,b\n", []),
    ("a,b\n\"1,5\",\"\"\"\"\n", [["1,5", "\""]]),
  ])
  func spellings(text: String, rows: [[String]]) throws {
    let table = try withTemporaryDirectory { folder in
      try write(text.utf8, to: "\(folder)/table.csv")
      return try TextTable(reading: "\(folder)/table.csv")
    }
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == rows)
  }

  @Test(arguments: ["a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\"1,2\n"])
  func damagedTablesAreBadData(text: String) throws {
    try withTemporaryDirectory { folder in
      try write(text.utf8, to: "\(folder)/table.csv")
      #expect(throws: FormatError.self) { try TextTable(reading: "\(folder)/table.csv") }
    }
  }

  @Test func missingFilesAreNamed() {
    #expect {
      try TextTable(reading: "/nowhere/table.csv")
    } throws: { ($0 as? FormatError)?.category == .unreadable }
  }
}
