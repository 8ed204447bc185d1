import Foundation
import HopfieldFormats
import Testing

@Suite struct PNGTests {
  private func picture(_ height: Int, _ width: Int, seed: UInt64 = 1) -> NumericArray {
    var generator = TestGenerator(seed: seed)
    let pixels = (0..<height * width).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    return NumericArray(shape: [height, width], pixels)
  }

  @Test(
    "What is written is read back", arguments: [(1, 1), (1, 70_000), (33, 1), (28, 28), (200, 300)])
  func roundTrip(height: Int, width: Int) throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/a.png"
      let picture = picture(height, width)
      try PNG.write(picture, to: file)
      #expect(try PNG.read(file) == picture)
      #expect(try readArray(file) == picture)
    }
  }

  @Test("A row longer than libpng's usual limit of a million")
  func longRow() throws {
    let row = NumericArray(shape: [1, 1_200_000], [UInt8](repeating: 255, count: 1_200_000))
    #expect(try PNG.parse(bytes: PNG.encode(row), file: "") == row)
  }

  @Test("A folder is read in byte order of names, and written with numbers for names")
  func folder() throws {
    try withTemporaryDirectory { directory in
      let pictures = NumericArray(
        shape: [11, 3, 4], (0..<11).flatMap { picture(3, 4, seed: UInt64($0)).bytes })
      let folder = directory + "/digits"
      try PNG.writeFolder(pictures, to: folder)
      #expect(try names(in: folder).first == "00000.png")
      #expect(try names(in: folder).last == "00010.png")
      #expect(try readArray(folder) == pictures)
      #expect(try PNG.readFolder(folder + "/") == pictures)

      // Other files are passed over, and "10" comes before "9".
      try write([1], to: folder + "/notes.txt")
      try write([1], to: folder + "/.hidden.png")
      for name in ["9.png", "10.png", "A.png", "a.png", "é.png"] {
        try PNG.write(picture(3, 4, seed: UInt64(name.utf8.first!)), to: folder + "/" + name)
      }
      let all = try PNG.readFolder(folder)
      #expect(all.shape == [16, 3, 4])
      let firsts = (11..<16).map { all.rows($0..<$0 + 1).bytes }
      let order: [UInt8] = [0x31, 0x39, 0x41, 0x61, 0xC3]
      #expect(firsts == order.map { picture(3, 4, seed: UInt64($0)).bytes })
    }
  }

  @Test("A folder that is not empty is left alone")
  func fullFolder() throws {
    try withTemporaryDirectory { directory in
      try write([1], to: directory + "/notes.txt")
      let pictures = picture(2, 6).reshaped(to: [2, 2, 3])
      expectFailure(.cannotWrite, naming: directory, saying: "not empty") {
        () throws(FormatError) in
        try PNG.writeFolder(pictures, to: directory)
      }
      let file = directory + "/notes.txt"
      expectFailure(.cannotWrite, naming: file) { () throws(FormatError) in
        try PNG.writeFolder(pictures, to: file)
      }
      let orphan = directory + "/no/where"
      expectFailure(.cannotWrite, naming: orphan) { () throws(FormatError) in
        try PNG.writeFolder(pictures, to: orphan)
      }
      #expect(try names(in: directory) == ["notes.txt"])
      try FileManager.default.createDirectory(
        atPath: directory + "/new", withIntermediateDirectories: true)
      try PNG.writeFolder(pictures, to: directory + "/new")
      #expect(try PNG.readFolder(directory + "/new") == pictures)
    }
  }

  @Test("A grid is near-square with a line of grey between the pictures")
  func grid() throws {
    let pictures = NumericArray(shape: [3, 1, 2], [UInt8]([0, 1, 2, 3, 4, 5]))
    let grid = PNG.grid(of: pictures)
    #expect(grid.shape == [3, 5])
    #expect(grid.bytes == [0, 1, 128, 2, 3, 128, 128, 128, 128, 128, 4, 5, 128, 128, 128])
    #expect(PNG.grid(of: pictures.rows(1..<2)) == NumericArray(shape: [1, 2], [UInt8]([2, 3])))
    let seven = NumericArray(shape: [7, 5, 4], [UInt8](repeating: 9, count: 140))
    #expect(PNG.grid(of: seven).shape == [17, 14])
    try withTemporaryDirectory { directory in
      try PNG.writeGrid(seven, to: directory + "/grid.png")
      #expect(try PNG.read(directory + "/grid.png") == PNG.grid(of: seven))
    }
  }
}
