#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Making a folder for outputs.
public enum OutputFolder {
  /// Makes the folder at `path`, whose parent exists; one that is there already serves.
  ///
  ///     try OutputFolder.make("figures")
  public static func make(_ path: String) throws(FormatError) {
    guard unsafe mkdir(path, 0o777) != 0 else { return }
    let code = errno
    var status = stat()
    let isFolder = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if code != EEXIST || !isFolder { throw .system(code, file: path, category: .cannotWrite) }
  }
}
