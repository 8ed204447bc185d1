#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The formats that hold arrays, told apart by the extension of a path.
public enum ArrayFormat: Equatable, Sendable {
  case npy
  /// An archive; `data.npz:patterns` names the array, without a name it is the first.
  case npz(array: String?)
  case csv
  case png
  /// A folder of PNG files of one size.
  case pngFolder
  /// A persistent memory, `.hopfield`, which another room reads.
  case store

  /// The format of an input at `path`: by its extension in any case, or a folder if one is there;
  /// nil if it is neither.
  public init?(path: String) {
    if let (_, name) = Self.archiveAndName(path) {
      self = .npz(array: name)
      return
    }
    switch Self.lowercasedExtension(of: path) {
    case "npy": self = .npy
    case "npz": self = .npz(array: nil)
    case "csv": self = .csv
    case "hopfield": self = .store
    case "png" where !isDirectory(path): self = .png
    default:
      guard isDirectory(path) else { return nil }
      self = .pngFolder
    }
  }

  /// The format of an output to be written to `path`: a path without extension or with a slash at
  /// its end is a folder of pictures, whether it exists or not; nil for an unknown extension.
  public init?(outputPath path: String) {
    if let format = ArrayFormat(path: path) {
      if case .npz(.some) = format { return nil }
      self = format
    } else if path.hasSuffix("/") || Self.lowercasedExtension(of: path).isEmpty {
      self = .pngFolder
    } else {
      return nil
    }
  }

  /// The file and the name in a path such as `data.npz:patterns`.
  static func archiveAndName(_ path: String) -> (file: String, name: String)? {
    // The last colon that follows the extension: a folder may have such a name too.
    var end = path.endIndex
    while let colon = path[..<end].lastIndex(of: ":") {
      if path[..<colon].lowercased().hasSuffix(".npz") {
        return (String(path[..<colon]), String(path[path.index(after: colon)...]))
      }
      end = colon
    }
    return nil
  }

  static func lowercasedExtension(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}

/// Reads an array in the format that the path's extension names.
///
///     let memory = try readArray("data.npz:patterns")
///     let images = try readArray("digits/")  // a folder of PNG files: P x H x W
///
/// One `.png` is H x W, a `.csv` rows x columns. The error's category is `unknownFormat` if the
/// extension is not known, and `unreadable` if there is no extension and no folder either.
public func readArray(_ path: String) throws(FormatError) -> NumericArray {
  switch ArrayFormat(path: path) {
  case .npy: return try NPY.read(path)
  case .npz(nil): return try NPZ.read(path)
  case .npz(let name?):
    return try NPZ.read(ArrayFormat.archiveAndName(path)?.file ?? path, array: name)
  case .csv: return try CSV.read(path)
  case .png: return try PNG.read(path)
  case .pngFolder: return try PNG.readFolder(path)
  case .store:
    throw FormatError(file: path, reason: "reading .hopfield memories is not built in")
  case nil:
    let name = ArrayFormat.lowercasedExtension(of: path)
    if name.isEmpty, unsafe access(path, F_OK) != 0 {
      throw .system(errno, file: path, category: .unreadable)
    }
    throw FormatError(
      file: path,
      reason: (name.isEmpty ? "no extension" : "unknown extension .\(name)")
        + "; known are .npy, .npz, .csv, .png, .hopfield and folders of .png",
      category: .unknownFormat)
  }
}

private func isDirectory(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
