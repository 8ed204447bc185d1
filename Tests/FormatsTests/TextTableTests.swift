import HopfieldFormats
import Testing

@Suite struct TextTableTests {
  private func path(_ name: String) -> String {
    "/tmp/text-table-\(name)-\(UInt64.random(in: 0 ... .max)).csv"
  }

  @Test func whatIsWrittenIsRead() throws {
    let table = TextTable(
      columns: ["load", "name"],
      rows: [["0.1", "plain"], ["-2e-5", "a \"b\", c"], ["", "two\nlines"], ["nan", "α"]])
    let path = path("round")
    try table.write(to: path)
    #expect(try TextTable(reading: path) == table)
    try OutputFile.write([], to: path)
  }

  @Test(arguments: [
    ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\n1,2", [["1", "2"]]), ("a,b\n", []),
    ("a,b\n\"1,5\",\"\"\"\"\n", [["1,5", "\""]]),
  ])
  func spellings(text: String, rows: [[String]]) throws {
    let path = path("spelling")
    try OutputFile.write(Array(text.utf8), to: path)
    let table = try TextTable(reading: path)
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == rows)
  }

  @Test(arguments: ["a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\"1,2\n"])
  func damagedTablesAreBadData(text: String) throws {
    let path = path("damaged")
    try OutputFile.write(Array(text.utf8), to: path)
    #expect(throws: FormatError.self) { try TextTable(reading: path) }
  }

  @Test func missingFilesAreNamed() {
    #expect {
      try TextTable(reading: "/nowhere/table.csv")
    } throws: { ($0 as? FormatError)?.category == .unreadable }
  }
}
