#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be read or written, and where in it the trouble is.
///
///     do {
///       let memory = try readArray("memory.npy")
///     } catch {
///       print(error)  // memory.npy: byte 10: the header is not a dictionary
///     }
///
/// The description is always one line: control characters in file names and in quoted contents
/// are escaped.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is; the command line turns it into its exit status.
  public enum Category: Equatable, Sendable, CaseIterable {
    /// The file was read, and its contents are damaged or of a kind that is not supported.
    case badData
    /// The file is missing, may not be read, or is a directory where none is accepted.
    case unreadable
    /// The output could not be written in full.
    case cannotWrite
    /// The file's extension names no format known here.
    case unknownFormat

    /// The exit status for this category, after BSD's `sysexits.h`.
    public var exitStatus: Int32 {
      switch self {
      case .unknownFormat: 64
      case .badData: 65
      case .unreadable: 66
      case .cannotWrite: 73
      }
    }
  }

  /// The path as the caller gave it.
  public let file: String
  /// Where in the file: "byte 12", "line 3, column 7", "entry states.npy".
  public let place: String?
  /// What is wrong, without a full stop.
  public let reason: String
  /// What kind of trouble it is.
  public let category: Category

  /// An error in `file`, at `place` if one can be named.
  public init(file: String, place: String? = nil, reason: String, category: Category = .badData) {
    self.file = file
    self.place = place
    self.reason = reason
    self.category = category
  }

  /// One line: file, place, reason.
  public var description: String {
    [file, place, reason].compactMap { $0 }.map(escaped).joined(separator: ": ")
  }
}

extension FormatError {
  /// The error for the system's error number `code`.
  static func system(_ code: Int32, file: String, category: Category) -> FormatError {
    let reason =
      switch code {
      case ENOENT where category == .cannotWrite: "no such directory"
      case ENOENT: "no such file"
      case EACCES, EPERM: "no permission"
      case EISDIR: "is a directory"
      case ENOTDIR: "a part of the path is not a directory"
      case ENOSPC: "no space left on the device"
      default: unsafe String(cString: strerror(code))
      }
    return FormatError(file: file, reason: reason, category: category)
  }
}

/// The text with control characters, line ends above all, replaced by escapes.
func escaped(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isControl) else { return text }
  return text.unicodeScalars.map { isControl($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    || scalar.value == 0x2028 || scalar.value == 0x2029
}

/// The bytes as text in quotes, shortened to what fits in a message.
func quoted(_ bytes: some Collection<UInt8>) -> String {
  let text = String(decoding: bytes.prefix(32), as: UTF8.self)
  return "\"\(text)\(bytes.count > 32 ? "..." : "")\""
}
