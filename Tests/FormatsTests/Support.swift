import Foundation
import HopfieldFormats
import Testing

/// A directory that exists while `body` runs; its path ends without a slash.
func withTemporaryDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("formats-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try body(directory.path)
}

/// The path of a file that `Fixtures/make_fixtures.py` wrote.
func fixture(_ name: String) -> String {
  Bundle.module.resourceURL!.appendingPathComponent("Fixtures/\(name)").path
}

func contents(_ path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(filePath: path)))
}

func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
  try Data(bytes).write(to: URL(filePath: path))
}

func names(in directory: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
}

/// Checks that `body` fails with an error of this category that is one line and names the file.
func expectFailure(
  _ category: FormatError.Category, naming file: String, saying words: String? = nil,
  _ what: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws(FormatError) -> Void
) {
  do throws(FormatError) {
    try body()
    Issue.record(
      what ?? "nothing was refused in \(file)", sourceLocation: sourceLocation)
  } catch {
    let message = error.description
    #expect(error.category == category, what, sourceLocation: sourceLocation)
    #expect(error.file == file, what, sourceLocation: sourceLocation)
    if let words { #expect(message.contains(words), what, sourceLocation: sourceLocation) }
    #expect(!message.contains { $0.isNewline }, what, sourceLocation: sourceLocation)
    #expect(message.utf8.count < file.utf8.count + 300, what, sourceLocation: sourceLocation)
  }
}

func makePipe(_ path: String) throws { try #require(unsafe mkfifo(path, 0o600) == 0) }

func setPermissions(_ mode: mode_t, of path: String) throws {
  try #require(unsafe chmod(path, mode) == 0)
}

func openDescriptor(_ path: String, _ flags: Int32) throws -> Int32 {
  let descriptor = unsafe open(path, flags, 0o666)
  try #require(descriptor >= 0)
  return descriptor
}

/// A pipe with `bytes` in it; `body` is given a path that opens it, once.
func withPipe(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
  try withTemporaryDirectory { directory in
    let path = directory + "/pipe.npy"
    try makePipe(path)
    let writer = Thread {
      // The reader may refuse the file and go away before everything is written.
      signal(SIGPIPE, SIG_IGN)
      try? FileHandle(forWritingAtPath: path)?.write(contentsOf: Data(bytes))
    }
    writer.start()
    try body(path)
  }
}

/// A generator of reproducible numbers for the tests: SplitMix64.
struct TestGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 to `bound - 1`.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}

/// An example of each type, values at the ends of its range included.
let examples: [NumericArray] = [
  NumericArray(shape: [2, 2], [true, false, false, true]),
  NumericArray(shape: [2, 2], [Int8.min, -1, 1, .max]),
  NumericArray(shape: [2, 2], [UInt8.min, 1, 127, .max]),
  NumericArray(shape: [2, 2], [Int16.min, -1, 1, .max]),
  NumericArray(shape: [2, 2], [UInt16.min, 1, 127, .max]),
  NumericArray(shape: [2, 2], [Int32.min, -1, 1, .max]),
  NumericArray(shape: [2, 2], [UInt32.min, 1, 127, .max]),
  NumericArray(shape: [2, 2], [Int64.min, -1, 1, .max]),
  NumericArray(shape: [2, 2], [UInt64.min, 1, 127, .max]),
  NumericArray(shape: [2, 2], [Float.leastNonzeroMagnitude, -0.1, 1, .greatestFiniteMagnitude]),
  NumericArray(shape: [2, 2], [Double.leastNonzeroMagnitude, -0.1, 1, .greatestFiniteMagnitude]),
]
