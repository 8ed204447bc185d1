import HopfieldExperiments
import Testing

@Suite struct FlatRowTests {
  struct Row: Codable, Equatable {
    var load: Double
    var patternCount: Int
    var seed: UInt64
    var name: String
    var isStable: Bool
    var error: Double?
  }
  let row = Row(
    load: 0.1 + 0.2, patternCount: 3, seed: 1 << 40, name: "a", isStable: true, error: nil)

  @Test func cellsComeInTheOrderOfDeclaration() {
    let cells = FlatRow.cells(of: row)
    #expect(cells.map(\.name) == ["load", "patternCount", "seed", "name", "isStable", "error"])
    #expect(
      cells.map(\.cell)
        == [.real(0.1 + 0.2), .int(3), .int(1 << 40), .text("a"), .flag(true), .none])
    #expect(
      cells.map { FlatRow.column($0.name) }
        == ["load", "pattern_count", "seed", "name", "is_stable", "error"])
  }

  @Test func textsReadBackToTheLastBit() throws {
    for error in [nil, 1e-300, -0.0, 1.0 / 3] {
      var row = row
      row.seed = .max
      row.error = error
      let cells = FlatRow.cells(of: row)
      let texts = Dictionary(
        uniqueKeysWithValues: cells.map { (FlatRow.column($0.name), $0.cell.text) })
      #expect(try FlatRow.row(Row.self, of: texts) == row)
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    let texts = [
      "load": "0.1", "pattern_count": "many", "seed": "1", "name": "a", "is_stable": "true",
      "error": "",
    ]
    #expect(throws: DecodingError.self) { try FlatRow.row(Row.self, of: texts) }
    #expect(throws: DecodingError.self) { try FlatRow.row(Row.self, of: ["load": "0.1"]) }
  }
}
