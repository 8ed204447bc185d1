internal import Foundation

/// The private Python environment of the peers, with exactly the packages of requirements.txt.
struct PythonEnvironment {
  /// The interpreter of the environment.
  let executable: String
  private let scripts: String

  func script(_ name: String) -> String { "\(scripts)/\(name)" }

  /// The environment in `folder`/.venv, made or brought up to date where necessary.
  ///
  /// - Parameter python: the interpreter that the environment is made with.
  static func prepared(in folder: String, python: String) throws -> PythonEnvironment {
    let environment = "\(folder)/.venv"
    let executable = "\(environment)/bin/python"
    let requirements = "\(folder)/peers/requirements.txt"
    let stamp = "\(environment)/installed.txt"
    let files = FileManager.default
    guard let wanted = files.contents(atPath: requirements) else {
      throw BenchError("no \(requirements): run this in Benchmarks, or give --folder")
    }
    if files.contents(atPath: stamp) != wanted || !files.isExecutableFile(atPath: executable) {
      Console.note("installing the peers into \(environment)")
      try Command.run(["/usr/bin/env", python, "-m", "venv", environment])
      try Command.run(
        [executable, "-m", "pip", "install", "--quiet", "--requirement", requirements])
      try wanted.write(to: URL(fileURLWithPath: stamp))
    }
    return PythonEnvironment(executable: executable, scripts: "\(folder)/peers")
  }

  /// The versions of what the peers are made of, one a line.
  func versions() throws -> [String] {
    let output = try Command.output(
      of: [executable, script("versions.py")], environment: ChildProcess.environment)
    return output.split(separator: "\n").map(String.init)
  }
}
