#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension PNG {
  /// The pictures `*.png` of a folder in byte order of their names, P x H x W.
  ///
  /// Names that begin with a dot are left out, as a shell leaves them out. A folder without
  /// pictures is bad data, and so are two pictures of different sizes.
  public static func readFolder(_ path: String) throws(FormatError) -> NumericArray {
    let names = try namesInFolder(path)
      .filter { $0.hasSuffix(".png") && !$0.hasPrefix(".") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var size: [Int] = []
    var bytes: [UInt8] = []
    for name in names {
      let file = path.hasSuffix("/") ? path + name : path + "/" + name
      let picture = try read(file)
      if size.isEmpty {
        size = picture.shape
        bytes.reserveCapacity(names.count * picture.count)
      }
      if picture.shape != size {
        throw FormatError(
          file: file,
          reason: "\(picture.shape[1]) x \(picture.shape[0]) pixels, while \(names[0]) has"
            + " \(size[1]) x \(size[0])")
      }
      bytes += picture.bytes
    }
    if names.isEmpty { throw FormatError(file: path, reason: "no .png files in the folder") }
    return NumericArray(shape: [names.count] + size, type: .uint8, bytes: bytes)
  }

  /// Writes the pictures P x H x W as `00000.png`, `00001.png` and so on into a folder that is new
  /// or empty.
  ///
  /// After a failure, what was written is removed again.
  public static func writeFolder(
    _ pictures: NumericArray, to path: String
  ) throws(FormatError) {
    precondition(pictures.shape.count == 3, "pictures are P x H x W, not \(pictures.shape)")
    let isNew = unsafe mkdir(path, 0o777) == 0
    if !isNew {
      let code = errno
      if code != EEXIST { throw .system(code, file: path, category: .cannotWrite) }
      try requireEmpty(path)
    }
    var written: [String] = []
    do throws(FormatError) {
      for index in 0..<pictures.rowCount {
        let digits = String(index)
        let name = String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".png"
        let file = path.hasSuffix("/") ? path + name : path + "/" + name
        try write(pictures.picture(index), to: file)
        written.append(file)
      }
    } catch {
      for file in written { _ = unsafe unlink(file) }
      if isNew { _ = unsafe rmdir(path) }
      throw error
    }
  }

  private static func requireEmpty(_ path: String) throws(FormatError) {
    let names: [String]
    do throws(FormatError) {
      names = try namesInFolder(path)
    } catch {
      throw FormatError(file: path, reason: error.reason, category: .cannotWrite)
    }
    if let name = names.min() {
      throw FormatError(
        file: path, reason: "the folder is not empty (it has \(name))", category: .cannotWrite)
    }
  }

  /// All names in a folder but `.` and `..`, in no order.
  private static func namesInFolder(_ path: String) throws(FormatError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw .system(errno, file: path, category: .unreadable)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let item = unsafe readdir(folder) else {
        if errno == 0 { return names }
        throw .system(errno, file: path, category: .unreadable)
      }
      let name = unsafe withUnsafeBytes(of: &item.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }
}

extension NumericArray {
  /// Row `index` of the first axis, without that axis.
  func picture(_ index: Int) -> NumericArray {
    rows(index..<index + 1).reshaped(to: Array(shape.dropFirst()))
  }
}
