import Foundation
import Testing

@testable import HopfieldPlots

@Suite struct PlotErrorTests {
  private func inTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path())
  }

  @Test("A file is written, replaced, and nothing is left beside it") func written() throws {
    try inTemporaryFolder { folder in
      let path = folder + "/a plot, 100 %.svg"
      let plot = Plot("One", x: "α")
      try plot.write(to: path)
      var text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == plot.svg)
      try Panels([plot, plot]).write(to: path)
      text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == Panels([plot, plot]).svg)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["a plot, 100 %.svg"])
    }
  }

  @Test("A symbolic link stays one, and a file keeps its permissions") func kept() throws {
    try inTemporaryFolder { folder in
      let files = FileManager.default
      let (path, link) = (folder + "/plot.svg", folder + "/link.svg")
      try Plot("A long title before").write(to: path)
      try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try Plot().write(to: path)
      let mode = try files.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
      #expect(mode?.intValue == 0o640)
      try files.createSymbolicLink(atPath: link, withDestinationPath: path)
      try Plot("x").write(to: link)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == Plot("x").svg)
      let destination = try files.destinationOfSymbolicLink(atPath: link)
      #expect(destination == path)
    }
  }

  @Test("An error says where and why, in one line") func errors() throws {
    try inTemporaryFolder { folder in
      let missing = folder + "/none/plot.svg"
      let error = #expect(throws: PlotError.self) { try Plot().write(to: missing) }
      #expect(error?.description == "\(missing): no such directory")
      let directory = #expect(throws: PlotError.self) { try Plot().write(to: folder) }
      #expect(directory?.description == "\(folder): is a directory")
      #expect(throws: PlotError.self) { try Plot().write(to: "") }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }
}
