import HopfieldFormats
import Testing

@Suite struct ArrayFormatTests {
  @Test(
    "The extension tells the format, in any case",
    arguments: [
      ("a.npy", ArrayFormat.npy), ("dir.png/b.NPY", .npy), ("a.npz", .npz(array: nil)),
      ("a.npz:states", .npz(array: "states")), ("x:y/a.NPZ:b:c", .npz(array: "b:c")),
      ("a.csv", .csv),
      ("a.b.png", .png), ("m.hopfield", .store),
    ])
  func known(path: String, format: ArrayFormat) {
    #expect(ArrayFormat(path: path) == format)
  }

  @Test(
    "Unknown extensions are told from missing files", arguments: ["a.txt", "a.npy.gz", "a.jpeg"])
  func unknown(path: String) {
    #expect(ArrayFormat(path: path) == nil)
    #expect(ArrayFormat(outputPath: path) == nil)
    expectFailure(.unknownFormat, naming: path, saying: "unknown extension") {
      () throws(FormatError) in
      _ = try readArray(path)
    }
  }

  @Test("A folder is a folder of pictures, also to be")
  func folders() throws {
    try withTemporaryDirectory { directory in
      #expect(ArrayFormat(path: directory) == .pngFolder)
      #expect(ArrayFormat(path: directory + "/new") == nil)
      #expect(ArrayFormat(path: directory + "/.npy") == nil)
      #expect(ArrayFormat(outputPath: directory + "/new") == .pngFolder)
      #expect(ArrayFormat(outputPath: directory + "/new.d/") == .pngFolder)
      #expect(ArrayFormat(outputPath: directory + "/a.png") == .png)
      #expect(ArrayFormat(outputPath: directory + "/a.npz:b") == nil)
    }
  }

  @Test("Categories are BSD's exit statuses")
  func statuses() {
    #expect(FormatError.Category.allCases.map(\.exitStatus) == [65, 66, 73, 64])
  }
}
