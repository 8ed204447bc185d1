import Foundation
import HopfieldFormats
import Testing

/// A file that must be refused: what is wrong with it, its name, its bytes, and words of the error.
struct DamagedFile: CustomTestStringConvertible, Sendable {
  let damage: String
  let name: String
  let bytes: [UInt8]
  let words: String

  init(_ damage: String, _ name: String, _ bytes: [UInt8], _ words: String) {
    self.damage = damage
    self.name = name
    self.bytes = bytes
    self.words = words
  }

  var testDescription: String { "\(name): \(damage)" }
}

@Suite struct DamagedFileTests {
  @Test("A damaged file is bad data, in one line that names it", arguments: DamagedFile.all)
  func damaged(file: DamagedFile) throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/" + file.name
      try write(file.bytes, to: path)
      expectFailure(.badData, naming: path, saying: file.words) { () throws(FormatError) in
        _ = try readArray(path)
      }
    }
  }

  @Test("The corpus is large") func corpusSize() { #expect(DamagedFile.all.count >= 60) }

  @Test(
    "A file cut anywhere is refused",
    arguments: [
      "f4-le-c.npy", "rank5-f.npy", "version3.npy", "scalar.npy", "stored.npz", "deflated.npz",
      "grey4-plain.png", "palette8-interlaced.png", "color6-16.png", "pillow-grey.png",
    ])
  func truncated(name: String) throws {
    let whole = try contents(fixture(name))
    let lengths = Set(0..<min(whole.count, 400)).union(
      stride(from: 0, to: whole.count, by: max(1, whole.count / 300)))
    for length in lengths.union([whole.count - 1]) {
      expectFailure(.badData, naming: name, "\(length) bytes of \(name)") {
        () throws(FormatError) in
        _ = try parse(Array(whole.prefix(length)), as: name)
      }
    }
  }

  @Test(
    "A changed bit in a compressed or a checked part is noticed",
    arguments: [
      "stored.npz", "deflated.npz", "pillow-grey.png",
    ])
  func checksums(name: String) throws {
    let whole = try contents(fixture(name))
    let good = try parse(whole, as: name)
    var generator = TestGenerator(seed: 3)
    for _ in 0..<300 {
      var bytes = whole
      bytes[generator.below(bytes.count)] ^= 1 << UInt8(generator.below(8))
      // What is outside any checksum may change; what is read may not.
      let array =
        name.hasSuffix(".npz")
        ? try? NPZ.parse(bytes: bytes, file: name, array: "states") : try? parse(bytes, as: name)
      if let array { #expect(array == good) }
    }
  }

  @Test("A picture of another size in a folder is named, with both sizes")
  func mixedSizes() throws {
    try withTemporaryDirectory { directory in
      try PNG.write(
        NumericArray(shape: [2, 3], [UInt8](repeating: 0, count: 6)), to: directory + "/a.png")
      try PNG.write(
        NumericArray(shape: [3, 2], [UInt8](repeating: 0, count: 6)), to: directory + "/b.png")
      let file = directory + "/b.png"
      expectFailure(.badData, naming: file, saying: "2 x 3 pixels, while a.png has 3 x 2") {
        () throws(FormatError) in _ = try readArray(directory)
      }
      try write([1, 2], to: file)
      expectFailure(.badData, naming: file) { () throws(FormatError) in _ = try readArray(directory)
      }
    }
  }

  @Test("Missing files, and directories where none is accepted, are unreadable")
  func unreadable() throws {
    try withTemporaryDirectory { directory in
      for name in ["a.npy", "a.npz", "a.npz:states", "a.csv", "a.png", "a", "no/a.npy"] {
        let path = directory + "/" + name
        let file = path.replacingOccurrences(of: ":states", with: "")
        expectFailure(.unreadable, naming: file, saying: "no such file") { () throws(FormatError) in
          _ = try readArray(path)
        }
      }
      for name in ["d.npy", "d.npz", "d.csv"] {
        let path = directory + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        expectFailure(.unreadable, naming: path, saying: "directory") { () throws(FormatError) in
          _ = try readArray(path)
        }
      }
      expectFailure(.unreadable, naming: directory + "/d.npy") { () throws(FormatError) in
        _ = try PNG.read(directory + "/d.npy")
      }
      let inFile = directory + "/f.npy/a.npy"
      try write([], to: directory + "/f.npy")
      expectFailure(.unreadable, naming: inFile, saying: "not a directory") {
        () throws(FormatError) in
        _ = try readArray(inFile)
      }
      expectFailure(.badData, naming: directory, saying: "no .png") { () throws(FormatError) in
        _ = try readArray(directory)
      }
      try FileManager.default.createDirectory(
        atPath: directory + "/x/y.png", withIntermediateDirectories: true)
      expectFailure(.unreadable, naming: directory + "/x/y.png") { () throws(FormatError) in
        _ = try readArray(directory + "/x")
      }
    }
  }

  @Test(
    "A file without permission is unreadable", .enabled(if: geteuid() != 0, "root reads any file"))
  func noPermission() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/a.npy"
      try write(NPY.encode(examples[0]), to: path)
      try setPermissions(0, of: path)
      expectFailure(.unreadable, naming: path, saying: "permission") { () throws(FormatError) in
        _ = try readArray(path)
      }
    }
  }

  @Test("Line ends and other controls in a file's name do not break the line")
  func oddNames() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/two\nlines\u{1B}[31m\u{2028}.npy"
      try write([1], to: path)
      expectFailure(.badData, naming: path) { () throws(FormatError) in _ = try readArray(path) }
      let error = FormatError(file: "a\nb", place: "entry c\r", reason: "d\t")
      #expect(error.description == #"a\nb: entry c\r: d\t"#)
    }
  }
}

/// The array in the bytes of a file of this name.
func parse(_ bytes: [UInt8], as name: String) throws(FormatError) -> NumericArray {
  switch ArrayFormat(path: name) {
  case .npy: try NPY.parse(bytes: bytes, file: name)
  case .npz: try NPZ.parse(bytes: bytes, file: name)
  case .png: try PNG.parse(bytes: bytes, file: name)
  default: try CSV.parse(bytes: bytes, file: name)
  }
}
