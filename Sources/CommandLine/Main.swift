internal import ArgumentParser
internal import HopfieldFormats

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The one place where errors become exit statuses: one line on standard error each.
@main enum Main {
  static func main() {
    var status: ExitStatus = .success
    do {
      var command = try HopfieldCommand.parseAsRoot()
      try command.run()
      try Console.flush()
    } catch {
      status = report(error)
    }
    exit(status.rawValue)
  }

  private static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let error as CommandError:
      return say(error.message, error.status)
    case let error as FormatError:
      return say(error.description, ExitStatus(rawValue: error.category.exitStatus) ?? .software)
    default:
      guard HopfieldCommand.exitCode(for: error) == .success else {
        let usage = HopfieldCommand.exitCode(for: error) == .validationFailure
        return say(HopfieldCommand.message(for: error), usage ? .usage : .software)
      }
      // A request for help or the version.
      Console.print(HopfieldCommand.fullMessage(for: error))
      do {
        try Console.flush()
        return .success
      } catch {
        return report(error)
      }
    }
  }

  private static func say(_ message: String, _ status: ExitStatus) -> ExitStatus {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    Console.warn("hopfield: \(line)")
    return status
  }
}
