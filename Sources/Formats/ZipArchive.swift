import CZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A zip archive that is read.
///
/// Holds libzip's handle for as long as anything reads from it. Sizes that the archive declares
/// are compared with what its bytes can hold before anybody allocates by them.
@safe final class ZipArchive {
  /// One line of the archive's directory.
  struct Entry {
    let index: UInt64
    let name: String
    let size: UInt64
    let compressedSize: UInt64
    let method: UInt16
    let isEncrypted: Bool
  }

  private let handle: OpaquePointer
  /// The file, for messages.
  let file: String
  private let archiveSize: Int
  /// The members in archive order.
  let entries: [Entry]

  /// The archive in the file at `path`; a pipe is first read to its end.
  convenience init(path: String) throws(FormatError) {
    let reader = try ByteReader(path: path)
    if let size = reader.size, reader.isSeekable {
      let source = unsafe zip_source_file_create(path, 0, 0, nil)
      try unsafe self.init(source: source, size: size, file: path)
    } else {
      try self.init(bytes: reader.readAll(limit: 1 << 36), file: path)
    }
  }

  /// The archive whose contents are `bytes`.
  convenience init(bytes: [UInt8], file: String) throws(FormatError) {
    let source = unsafe zipSource(bytes)
    try unsafe self.init(source: source, size: bytes.count, file: file)
  }

  private init(source: OpaquePointer?, size: Int, file: String) throws(FormatError) {
    guard let source = unsafe source else {
      throw FormatError(file: file, reason: "out of memory", category: .unreadable)
    }
    if size == 0 {
      unsafe zip_source_free(source)
      throw FormatError(file: file, reason: "the file is empty")
    }
    var failure = unsafe zip_error_t()
    guard let handle = unsafe zip_open_from_source(source, ZIP_RDONLY, &failure) else {
      unsafe zip_source_free(source)
      throw FormatError(file: file, reason: "not a zip archive (\(unsafe text(&failure)))")
    }
    unsafe self.handle = handle
    self.file = file
    archiveSize = size
    entries = unsafe directory(of: handle)
  }

  deinit { unsafe zip_discard(handle) }

  /// The member that `entry` describes, ready to be read.
  func open(_ entry: Entry) throws(FormatError) -> ZipMember {
    func failure(_ reason: String) -> FormatError {
      FormatError(file: file, place: "entry \(entry.name)", reason: reason)
    }
    if entry.isEncrypted { throw failure("encrypted members are not supported") }
    let isStored = entry.method == UInt16(ZIP_CM_STORE)
    guard isStored || entry.method == UInt16(ZIP_CM_DEFLATE) else {
      throw failure("compressed by method \(entry.method); only deflate is supported")
    }
    // Deflate shrinks a byte to no less than 1/1032 of it.
    let leastSize = isStored ? entry.size : entry.size / 1032
    if entry.compressedSize > UInt64(archiveSize) || leastSize > entry.compressedSize {
      throw failure(
        "declares \(entry.size) bytes, more than its \(entry.compressedSize) bytes in an archive"
          + " of \(archiveSize) can hold")
    }
    guard let member = unsafe zip_fopen_index(handle, entry.index, 0) else {
      throw failure(unsafe text(zip_get_error(handle)))
    }
    return unsafe ZipMember(member, name: entry.name, size: Int(entry.size), archive: self)
  }
}

/// A member of an archive while it is read from its beginning to its end.
@safe final class ZipMember {
  private let handle: OpaquePointer
  private let archive: ZipArchive
  let name: String
  /// The size that the archive's directory declares.
  let size: Int

  fileprivate init(_ handle: OpaquePointer, name: String, size: Int, archive: ZipArchive) {
    unsafe self.handle = handle
    self.name = name
    self.size = size
    self.archive = archive
  }

  deinit { _ = unsafe zip_fclose(handle) }

  /// The next bytes: how many were written, 0 at the end if the checksum is right, -1 on damage.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    Int(unsafe zip_fread(handle, buffer.baseAddress, UInt64(min(buffer.count, 1 << 30))))
  }

  /// Why the last read failed.
  var failure: String { unsafe text(zip_file_get_error(handle)) }
}

/// A zip archive with these members, stored and dated 1980, so that equal contents are equal bytes.
func zipArchive(of members: [(name: String, bytes: [UInt8])]) -> [UInt8]? {
  guard let source = unsafe zip_source_buffer_create(nil, 0, 0, nil) else { return nil }
  guard let handle = unsafe zip_open_from_source(source, ZIP_TRUNCATE, nil) else {
    unsafe zip_source_free(source)
    return nil
  }
  // The archive is made at `zip_close`, which frees the source unless another holds it.
  unsafe zip_source_keep(source)
  defer { unsafe zip_source_free(source) }
  for (name, bytes) in members where unsafe !add(bytes, as: name, to: handle) {
    unsafe zip_discard(handle)
    return nil
  }
  if unsafe zip_close(handle) != 0 {
    unsafe zip_discard(handle)
    return nil
  }
  var status = unsafe zip_stat_t()
  guard unsafe zip_source_stat(source, &status) == 0, unsafe zip_source_open(source) == 0 else {
    return nil
  }
  defer { _ = unsafe zip_source_close(source) }
  let size = unsafe Int(status.size)
  let archive = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = max(0, Int(unsafe zip_source_read(source, buffer.baseAddress, UInt64(size))))
  }
  return archive.count == size ? archive : nil
}

private func add(_ bytes: [UInt8], as name: String, to handle: OpaquePointer) -> Bool {
  guard let source = unsafe zipSource(bytes) else { return false }
  let index = unsafe zip_file_add(handle, name, source, ZIP_FL_ENC_UTF_8)
  if index < 0 {
    unsafe zip_source_free(source)
    return false
  }
  // Set as DOS writes dates: `zip_file_set_mtime` would go through the local time zone.
  let january1980: UInt16 = 1 << 5 | 1
  let isStored = unsafe zip_set_file_compression(handle, UInt64(index), ZIP_CM_STORE, 0) == 0
  let isDated = unsafe zip_file_set_dostime(handle, UInt64(index), 0, january1980, 0) == 0
  return isStored && isDated
}

/// A source over a copy of `bytes`, which libzip frees together with it; nil if memory is short.
private func zipSource(_ bytes: [UInt8]) -> OpaquePointer? {
  // Of no bytes, libzip would neither use the copy nor free it.
  if bytes.isEmpty { return unsafe zip_source_buffer_create(nil, 0, 0, nil) }
  guard let copy = unsafe malloc(bytes.count) else { return nil }
  unsafe bytes.withUnsafeBytes {
    if let base = $0.baseAddress { unsafe memcpy(copy, base, $0.count) }
  }
  return unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil)
}

private func directory(of handle: OpaquePointer) -> [ZipArchive.Entry] {
  let count = max(0, unsafe zip_get_num_entries(handle, 0))
  return (0..<UInt64(count)).compactMap { index in
    var status = unsafe zip_stat_t()
    guard unsafe zip_stat_index(handle, index, 0, &status) == 0, let name = unsafe status.name
    else { return nil }
    return unsafe ZipArchive.Entry(
      index: index, name: String(cString: name), size: status.size,
      compressedSize: status.comp_size, method: status.comp_method,
      isEncrypted: status.encryption_method != ZIP_EM_NONE)
  }
}

private func text(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
  let text = unsafe String(cString: zip_error_strerror(error))
  unsafe zip_error_fini(error)
  return text
}
