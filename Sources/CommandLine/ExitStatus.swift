/// Exit statuses, after BSD's `sysexits.h`.
enum ExitStatus: Int32 {
  case success = 0
  /// Wrong usage: an option out of range, or options that do not go together.
  case usage = 64
  /// Bad data: damaged files, sizes that differ, no pattern, numbers that are not finite.
  case data = 65
  /// An input that is missing or cannot be read.
  case input = 66
  /// A fault of ours.
  case software = 70
  /// An output that cannot be written.
  case output = 73
}

/// An error of the command line itself: a status and one line.
struct CommandError: Error {
  let status: ExitStatus
  let message: String

  static func usage(_ message: String) -> CommandError { .init(status: .usage, message: message) }

  /// Bad data in `file`.
  static func data(_ file: String, _ reason: String) -> CommandError {
    .init(status: .data, message: "\(file): \(reason)")
  }
}
