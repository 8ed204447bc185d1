#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Other programs, run to their end: what is timed as a whole.
///
/// By `posix_spawn` and `waitpid`, for half a millisecond in all; Foundation's `Process` notices an
/// end up to 50 ms late.
enum ChildProcess {
  /// What every child sees of the environment, so that no setting for BLAS, OpenMP or Python that
  /// happens to be in force holds anybody back.
  static let environment: [String: String] = {
    var kept: [String: String] = [:]
    for name in ["PATH", "HOME", "LANG", "TMPDIR"] {
      if let value = unsafe getenv(name) { kept[name] = unsafe String(cString: value) }
    }
    return kept
  }()

  /// Runs a command whose output nobody wants.
  ///
  /// - Parameter settings: more of the environment.
  static func run(_ command: [String], settings: [String: String] = [:]) throws {
    let environment = environment.merging(settings) { $1 }.map { "\($0)=\($1)" }
    let status = unsafe withCStrings(command) { arguments in
      unsafe withCStrings(environment) { environment in
        unsafe spawn(arguments, environment)
      }
    }
    guard status == 0 else {
      throw BenchError("status \(status) of \(command.joined(separator: " "))")
    }
  }

  /// Spawns and waits; 0 where all went well.
  private static func spawn(_ arguments: CStrings, _ environment: CStrings) -> Int32 {
    #if os(Linux)
      var actions = unsafe posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    let failure = unsafe posix_spawn(
      &process, arguments[0]!, &actions, nil, arguments, environment)
    guard failure == 0 else { return failure }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      if errno != EINTR { return errno }
    }
    return status
  }

  private typealias CStrings = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// Calls `body` with C's form of a list of strings: pointers, and a null pointer at the end.
  private static func withCStrings<R>(_ strings: [String], _ body: (CStrings) -> R) -> R {
    var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { for k in unsafe pointers.indices { unsafe free(pointers[k]) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress!) }
  }
}
