internal import Foundation
internal import HopfieldFormats

/// A Python script that does the same work, in a process that lives as long as the contest.
///
/// It loads the data, tries each number of threads, keeps the best, and then waits for lines on its
/// standard input: `turn` for a turn, `answer PATH` for its answer as a `.npy`. It times itself, so
/// neither the interpreter's start nor the conversation counts.
final class PythonPeer: Contestant {
  let name: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let answerPath: String
  private var unread = Data()

  private struct Ready: Decodable {
    let threads: Int
    /// What of several ways of doing it was fastest.
    let variant: String?
  }
  private struct Turn: Decodable { let seconds: [Double] }
  private struct Saved: Decodable { let saved: String }

  /// Starts `script` with `arguments` and waits until it is ready.
  init(_ name: String, _ script: String, _ arguments: [String], in bench: Bench) throws {
    guard let python = bench.python else { throw BenchError("there are no peers: \(script)") }
    answerPath = bench.folder.path("answer-\(UUID().uuidString).npy")
    process.executableURL = URL(fileURLWithPath: python.executable)
    process.arguments = [python.script(script)] + arguments
    process.environment = ChildProcess.environment
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var ready: Ready?
    var failure: (any Error)?
    do {
      ready = try Self.next(Ready.self, from: output, &unread)
    } catch {
      failure = error
    }
    guard let ready else {
      process.terminate()
      throw failure ?? BenchError("\(script) did not start")
    }
    let choice = [ready.threads.asThreads, ready.variant].compactMap { $0 }
    self.name = "\(name) (\(choice.joined(separator: ", ")))"
  }

  func turn() throws -> [Double] {
    try say("turn")
    return try Self.next(Turn.self, from: output, &unread).seconds
  }

  func answer() throws -> NumericArray? {
    try say("answer \(answerPath)")
    _ = try Self.next(Saved.self, from: output, &unread)
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return try NPY.read(answerPath)
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  private func say(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// The next line of the script's output, which is a JSON object.
  private static func next<Message: Decodable>(
    _: Message.Type, from pipe: Pipe, _ unread: inout Data
  ) throws -> Message {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = unread[..<end]
        unread = Data(unread[(end + 1)...])
        return try JSONDecoder().decode(Message.self, from: line)
      }
      let more = pipe.fileHandleForReading.availableData
      guard !more.isEmpty else { throw BenchError("a peer ended before its time (see above)") }
      unread += more
    }
  }
}
