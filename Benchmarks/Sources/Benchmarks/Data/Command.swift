internal import Foundation

/// Other programs whose output matters and whose time does not.
enum Command {
  /// Runs a command in this environment; what it prints is shown on standard error.
  static func run(_ command: [String]) throws {
    let process = try start(command, output: FileHandle.standardError)
    try check(process, command)
  }

  /// What a command prints.
  ///
  /// - Parameter environment: all that it sees of the environment, or nil for ours.
  static func output(
    of command: [String], environment: [String: String]? = nil
  ) throws -> String {
    let pipe = Pipe()
    let process = try start(command, output: pipe, environment: environment)
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    try check(process, command)
    return String(decoding: data, as: UTF8.self)
  }

  private static func start(
    _ command: [String], output: Any, environment: [String: String]? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = output
    if let environment { process.environment = environment }
    try process.run()
    return process
  }

  private static func check(_ process: Process, _ command: [String]) throws {
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError("status \(process.terminationStatus) of \(command.joined(separator: " "))")
    }
  }
}

/// What stops a benchmark, in a sentence.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
