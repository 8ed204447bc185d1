import HopfieldFormats
import Testing

@Suite struct NPZTests {
  @Test("What is written is read back, the first array first")
  func roundTrip() throws {
    try withTemporaryDirectory { directory in
      let file = directory + "/a.npz"
      let states = examples[1]
      let weights = NumericArray(shape: [0, 3], [Float]())
      try NPZ.write(["states": states, "weights": weights], to: file)
      #expect(try NPZ.read(file) == states)
      #expect(try NPZ.read(file, array: "weights") == weights)
      #expect(try readArray(file + ":weights.npy") == weights)
      #expect(try NPZ.parse(bytes: contents(file), file: "") == states)
      #expect(try names(in: directory) == ["a.npz"])
    }
  }

  @Test("Equal arrays are equal bytes")
  func deterministic() {
    #expect(NPZ.encode(["states": examples[1]]) == NPZ.encode(["states": examples[1]]))
  }

  @Test("An array of several blocks of compression")
  func large() throws {
    let array = NumericArray(
      shape: [1000, 1000], (0..<1_000_000).map { Int32(truncatingIfNeeded: $0 &* 7919) })
    #expect(try NPZ.parse(bytes: NPZ.encode(["a": array]), file: "") == array)
  }

  @Test("A name that the archive lacks is an error that lists what it has")
  func unknownName() {
    let file = fixture("stored.npz")
    expectFailure(.badData, naming: file, saying: "states, weights") { () throws(FormatError) in
      _ = try NPZ.read(file, array: "patterns")
    }
  }
}
