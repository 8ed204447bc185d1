#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes in order from a file, from memory, or from a member of an archive.
///
/// A size that a file claims for itself is never believed: where the true size is known, callers
/// compare with it before they allocate; where it is not (a pipe), `read(_:)` takes memory only
/// as bytes arrive.
final class ByteReader {
  private enum Origin {
    case descriptor(Int32)
    case memory([UInt8])
    case member(ZipMember)
  }

  private let origin: Origin
  /// The file, for messages.
  let file: String
  /// The member of the archive `file`, for messages.
  let entry: String?
  /// How many bytes there are from the beginning to the end; nil if only reading can tell.
  let size: Int?
  /// Whether `read(_:at:)` works.
  let isSeekable: Bool
  /// How many bytes were read.
  private(set) var position = 0

  /// The file at `path`, which may be a pipe.
  init(path: String) throws(FormatError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .system(errno, file: path, category: .unreadable) }
    origin = .descriptor(descriptor)
    file = path
    entry = nil
    var status = stat()
    let known = unsafe fstat(descriptor, &status) == 0
    let code = errno
    let isRegular = known && status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : nil
    isSeekable = isRegular
    if !known { throw .system(code, file: path, category: .unreadable) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw .system(EISDIR, file: path, category: .unreadable)
    }
  }

  /// The bytes of a file that is already in memory.
  init(bytes: [UInt8], file: String) {
    origin = .memory(bytes)
    self.file = file
    entry = nil
    size = bytes.count
    isSeekable = true
  }

  /// A member of an archive, as a file of its own.
  init(member: ZipMember, file: String) {
    origin = .member(member)
    self.file = file
    entry = member.name
    size = member.size
    isSeekable = false
  }

  deinit {
    if case .descriptor(let descriptor) = origin { _ = close(descriptor) }
  }

  /// The next `count` bytes, fewer only where the end comes first.
  func read(_ count: Int) throws(FormatError) -> [UInt8] {
    if let size {
      // A regular file, or an archive whose declared sizes were found plausible.
      return try next(min(count, max(0, size - position)))
    }
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = min(count - bytes.count, max(1 << 16, bytes.count))
      let more = try next(wanted)
      bytes += more
      if more.count < wanted { break }
    }
    return bytes
  }

  /// All bytes up to the end, at most `limit` of them.
  func readAll(limit: Int) throws(FormatError) -> [UInt8] {
    let bytes = try read(limit)
    if let size, position < min(size, limit) { throw endsEarly() }
    let isWhole = try isAtEnd()
    if !isWhole {
      throw error("larger than the \(limit) bytes accepted of such a file")
    }
    return bytes
  }

  /// `count` bytes from `offset`, which must exist; the position stays.
  func read(_ count: Int, at offset: Int) throws(FormatError) -> [UInt8] {
    switch origin {
    case .memory(let bytes): return Array(bytes[offset..<offset + count])
    case .member: preconditionFailure("an archive's member is read from beginning to end")
    case .descriptor(let descriptor):
      let (bytes, code) = unsafe collect(count) { buffer, done in
        unsafe readSome(of: descriptor, into: buffer, at: offset + done)
      }
      if let code { throw .system(code, file: file, category: .unreadable) }
      if bytes.count < count { throw endsEarly() }
      return bytes
    }
  }

  /// Whether nothing follows.
  ///
  /// Of an archive's member, this is what verifies the checksum.
  func isAtEnd() throws(FormatError) -> Bool {
    if case .memory(let bytes) = origin { return position == bytes.count }
    let more = try next(1)
    return more.isEmpty
  }

  /// Throws if anything follows.
  func requireEnd() throws(FormatError) {
    let end = position
    let isWhole = try isAtEnd()
    if !isWhole { throw error("bytes follow the data", at: end) }
  }

  /// The error that says that bytes are missing.
  func endsEarly() -> FormatError { error("the file ends early", at: position) }

  /// An error in this file.
  func error(_ reason: String, at offset: Int? = nil) -> FormatError {
    let places = [entry.map { "entry \($0)" }, offset.map { "byte \($0)" }].compactMap { $0 }
    return FormatError(
      file: file, place: places.isEmpty ? nil : places.joined(separator: ", "), reason: reason)
  }

  private func next(_ count: Int) throws(FormatError) -> [UInt8] {
    let bytes: [UInt8]
    switch origin {
    case .memory(let all):
      bytes = Array(all[position..<min(position + count, all.count)])
    case .descriptor(let descriptor):
      let (read, code) = unsafe collect(count) { buffer, _ in
        unsafe readSome(of: descriptor, into: buffer)
      }
      if let code { throw .system(code, file: file, category: .unreadable) }
      bytes = read
    case .member(let member):
      let (read, code) = unsafe collect(count) { buffer, _ in unsafe member.read(into: buffer) }
      if code != nil { throw error(member.failure) }
      bytes = read
    }
    position += bytes.count
    return bytes
  }
}

/// A new array of `count` bytes, fewer if the end comes first, filled by as many calls of `step` as
/// it takes; and the system's error number if one of them failed.
///
/// `step` is given the part not yet written and how much is written; it returns how many bytes it
/// wrote, 0 at the end, -1 for an error.
private func collect(
  _ count: Int, by step: (_ rest: UnsafeMutableRawBufferPointer, _ done: Int) -> Int
) -> (bytes: [UInt8], code: Int32?) {
  var code: Int32?
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
    let whole = UnsafeMutableRawBufferPointer(buffer)
    while done < count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: whole[done..<count])
      let written = unsafe step(rest, done)
      if written < 0 { code = errno }
      if written <= 0 { break }
      done += written
    }
  }
  return (bytes, code)
}

/// One `read`, or one `pread` if an offset is given, repeated while signals interrupt it.
private func readSome(
  of descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int? = nil
) -> Int {
  let count = min(buffer.count, 1 << 30)  // the systems' own limits are near 2^31
  while true {
    let result =
      if let offset {
        unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset))
      } else {
        unsafe read(descriptor, buffer.baseAddress, count)
      }
    if result >= 0 || errno != EINTR { return result }
  }
}
