import HopfieldFormats
import Testing

@Suite struct NPYTests {
  @Test("What is written is read back", arguments: examples)
  func roundTrip(array: NumericArray) throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/a.npy"
      for shape in [[2, 2], [4], [1, 1, 4, 1]] {
        let shaped = array.reshaped(to: shape)
        try NPY.write(shaped, to: file)
        #expect(try NPY.read(file) == shaped)
        #expect(try readArray(file) == shaped)
      }
      #expect(try names(in: directory) == ["a.npy"])
    }
  }

  @Test("A half-precision array is written as it was read")
  func half() throws {
    let array = try NPY.read(fixture("f2-be-f.npy"))
    #expect(try NPY.parse(bytes: NPY.encode(array), file: "") == array)
  }

  @Test(
    "A reader in blocks gives the rows of the whole, in either order of axes",
    arguments: [
      "f4-le-c", "f4-be-c", "f4-le-f", "f4-be-f", "rank5-f", "wide-f", "vector", "i8-be-f",
      "f16-be-f", "f16-le-c", "empty-columns", "empty-rows", "empty-fortran", "scalar",
    ])
  func blocks(name: String) throws {
    let file = fixture(name + ".npy")
    let whole = try NPY.read(file)
    for step in 1...4 {
      var reader = try NPYReader(path: file)
      #expect(reader.shape == whole.shape)
      #expect(reader.type == whole.type)
      var start = 0
      while reader.rowsLeft > 0 {
        let block = try reader.read(rows: step)
        let end = min(start + step, whole.rowCount)
        #expect(block == (whole.shape.isEmpty ? whole : whole.rows(start..<end)))
        start = end
        #expect(reader.rowsRead == end)
      }
      #expect(start == whole.rowCount)
    }
  }

  @Test(
    "A pipe is read like a file",
    arguments: ["f4-be-c", "rank5-f", "wide-f", "scalar", "empty-rows"])
  func pipe(name: String) throws {
    let bytes = try contents(fixture(name + ".npy"))
    let whole = try NPY.parse(bytes: bytes, file: name)
    try withPipe(bytes) { path in
      let array = try NPY.read(path)
      #expect(array == whole)
    }
    if whole.rowCount > 1 {
      try withPipe(bytes) { path in
        var reader = try NPYReader(path: path)
        let first = try reader.read(rows: 1)
        let rest = try reader.readRest()
        #expect(first == whole.rows(0..<1))
        #expect(rest == whole.rows(1..<whole.rowCount))
      }
    }
  }

  @Test("A pipe of fewer or more bytes than its header says is refused")
  func damagedPipe() throws {
    let good = NPY.encode(NumericArray(shape: [100, 1000], [Int8](repeating: 1, count: 100_000)))
    try withPipe(good + [0]) { path in
      expectFailure(.badData, naming: path, saying: "follow") { () throws(FormatError) in
        _ = try NPY.read(path)
      }
    }
    for count in [0, 5, 9, 64, 1000, good.count - 1] {
      try withPipe(Array(good.prefix(count))) { path in
        expectFailure(.badData, naming: path) { () throws(FormatError) in _ = try NPY.read(path) }
      }
    }
  }

  @Test("A pipe that claims to hold 2^56 bytes takes no such memory")
  func hugePipe() throws {
    let huge = npyFile(
      "{'descr': '|i1', 'fortran_order': False, 'shape': (72057594037927936,)}", data: 9)
    try withPipe(huge) { path in
      expectFailure(.badData, naming: path, saying: "ends early") { () throws(FormatError) in
        _ = try NPY.read(path)
      }
    }
  }
}

/// A file of version 1 with this header and `data` zero bytes behind it.
func npyFile(_ header: String, data: Int = 0) -> [UInt8] {
  let text = Array(header.utf8)
  return [0x93] + "NUMPY".utf8 + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)] + text
    + [UInt8](repeating: 0, count: data)
}
