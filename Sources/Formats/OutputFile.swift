#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writing a file whole or not at all.
///
///     try OutputFile.write(Array(json.utf8), to: "report.json")
///
/// The bytes go to a file of another name in the same directory, which then takes the target's
/// place in one step; whatever fails before leaves the target as it was and nothing beside it.
/// A symbolic link stays one and its target is replaced. A target that exists and is no regular
/// file, such as a pipe, a device or `/dev/stdout`, is written directly.
public enum OutputFile {
  /// Writes `bytes` as the whole contents of the file at `path`.
  public static func write(_ bytes: [UInt8], to path: String) throws(FormatError) {
    try write([bytes], to: path)
  }

  /// Writes the parts one after the other.
  static func write(_ parts: [[UInt8]], to path: String) throws(FormatError) {
    if let descriptor = namedDescriptor(path) {
      let copy = dup(descriptor)
      if copy < 0 { throw .system(errno, file: path, category: .cannotWrite) }
      return try write(parts, closing: copy, file: path)
    }
    let target = resolved(path)
    var status = stat()
    let exists = unsafe stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists && kind == S_IFDIR { throw .system(EISDIR, file: path, category: .cannotWrite) }
    if exists && kind != S_IFREG {
      let descriptor = unsafe open(target, O_WRONLY | O_CLOEXEC)
      if descriptor < 0 { throw .system(errno, file: path, category: .cannotWrite) }
      return try write(parts, closing: descriptor, file: path)
    }
    // Renaming asks only whether the directory may be written; a file made read-only is meant so.
    if exists, unsafe access(target, W_OK) != 0 {
      throw .system(errno, file: path, category: .cannotWrite)
    }
    try replace(target, with: parts, mode: exists ? status.st_mode & 0o7777 : nil, file: path)
  }

  private static func replace(
    _ target: String, with parts: [[UInt8]], mode: mode_t?, file: String
  ) throws(FormatError) {
    let directory = target.lastIndex(of: "/").map { target[...$0] } ?? ""
    var temporary = ""
    var descriptor: Int32 = -1
    var attempt = 0
    repeat {
      temporary = "\(directory).hopfield-\(getpid())-\(attempt).partial"
      descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      attempt += 1
    } while descriptor < 0 && errno == EEXIST && attempt < 10_000
    if descriptor < 0 { throw .system(errno, file: file, category: .cannotWrite) }
    do throws(FormatError) {
      if let mode { _ = fchmod(descriptor, mode) }
      try write(parts, closing: descriptor, file: file)
      if unsafe rename(temporary, target) != 0 {
        throw FormatError.system(errno, file: file, category: .cannotWrite)
      }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  /// Writes everything and closes the descriptor, in success and in failure.
  private static func write(
    _ parts: [[UInt8]], closing descriptor: Int32, file: String
  ) throws(FormatError) {
    for part in parts {
      if let code = writeAll(part, to: descriptor) {
        _ = close(descriptor)
        throw .system(code, file: file, category: .cannotWrite)
      }
    }
    // Some file systems report a full disk only here.
    if close(descriptor) != 0 { throw .system(errno, file: file, category: .cannotWrite) }
  }

  /// The descriptor that a path such as `/dev/stdout` stands for.
  ///
  /// Opened by its path, a standard output redirected to a file would be a file to replace.
  private static func namedDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default:
      for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(prefix) {
        return Int32(path.dropFirst(prefix.count))
      }
      return nil
    }
  }

  /// The path at the end of the symbolic links that begin at `path`, whether a file is there or not.
  private static func resolved(_ path: String) -> String {
    var path = path
    for _ in 0..<40 {
      guard let destination = linkDestination(path) else { return path }
      if destination.hasPrefix("/") {
        path = destination
      } else {
        path = (path.lastIndex(of: "/").map { path[...$0] } ?? "") + destination
      }
    }
    return path
  }
}

/// Where the symbolic link at `path` points; nil if it is none.
private func linkDestination(_ path: String) -> String? {
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
    let length = unsafe buffer.withMemoryRebound(to: CChar.self) {
      unsafe readlink(path, $0.baseAddress!, $0.count)
    }
    count = max(0, length)
  }
  return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
}

/// Writes all bytes; the system's error number if it cannot.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  unsafe bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let written = unsafe write(
        descriptor, buffer.baseAddress! + done, min(buffer.count - done, 1 << 30))
      if written < 0 && errno == EINTR { continue }
      if written < 0 { return errno }
      if written == 0 { return ENOSPC }
      done += written
    }
    return nil
  }
}
