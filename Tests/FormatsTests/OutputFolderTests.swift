import HopfieldFormats
import Testing

@Suite struct OutputFolderTests {
  @Test("A folder is made, and one that is there serves")
  func make() throws {
    try withTemporaryDirectory { directory in
      try OutputFolder.make(directory + "/figures")
      try OutputFolder.make(directory + "/figures/")
      #expect(try names(in: directory) == ["figures"])
      try write([1], to: directory + "/file")
      for path in [directory + "/file", directory + "/file/a", directory + "/no/where", ""] {
        expectFailure(.cannotWrite, naming: path) { () throws(FormatError) in
          try OutputFolder.make(path)
        }
      }
    }
  }
}
