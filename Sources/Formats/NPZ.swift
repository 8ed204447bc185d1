/// NumPy's format for several arrays by name: `.npz`, a zip archive of `.npy` files.
///
///     let memory = try NPZ.read("data.npz", array: "patterns")
///     try NPZ.write(["states": states], to: "states.npz")
///
/// Members may be stored or deflated, as `numpy.savez` and `savez_compressed` write them. Written
/// are stored members with a fixed date, so that equal arrays give equal bytes.
public enum NPZ {
  /// One array of the archive at `path`: the one called `name`, with or without ".npy", or the
  /// first in archive order.
  ///
  /// Only that member is read, in full, and its checksum is verified. Two members of one name
  /// make the archive bad data.
  public static func read(
    _ path: String, array name: String? = nil
  ) throws(FormatError) -> NumericArray {
    try read(ZipArchive(path: path), array: name)
  }

  /// The same from `bytes`, the contents of a file that messages call `file`.
  public static func parse(
    bytes: [UInt8], file: String, array name: String? = nil
  ) throws(FormatError) -> NumericArray {
    try read(ZipArchive(bytes: bytes, file: file), array: name)
  }

  /// Writes the arrays in this order under these names, to which ".npy" is added.
  public static func write(
    _ arrays: KeyValuePairs<String, NumericArray>, to path: String
  ) throws(FormatError) {
    try OutputFile.write(encode(arrays), to: path)
  }

  /// The bytes of an archive with the arrays.
  public static func encode(_ arrays: KeyValuePairs<String, NumericArray>) -> [UInt8] {
    precondition(
      Set(arrays.map(\.key)).count == arrays.count, "two arrays of one name: \(arrays.map(\.key))")
    let bytes = zipArchive(of: arrays.map { ($0.key + suffix, NPY.encode($0.value)) })
    guard let bytes else { preconditionFailure("out of memory for an archive in memory") }
    return bytes
  }

  private static let suffix = ".npy"

  private static func read(
    _ archive: ZipArchive, array name: String?
  ) throws(FormatError) -> NumericArray {
    let arrays = archive.entries.filter { $0.name.hasSuffix(suffix) }
    var names: Set<String> = []
    for array in arrays where !names.insert(array.name).inserted {
      throw FormatError(
        file: archive.file, place: "entry \(array.name)", reason: "two members of this name")
    }
    if arrays.isEmpty {
      throw FormatError(file: archive.file, reason: "the archive holds no array (no .npy member)")
    }
    let chosen =
      name.map { name in arrays.first { $0.name == name || $0.name == name + suffix } } ?? arrays[0]
    guard let chosen else {
      let known = arrays.prefix(8).map { String($0.name.dropLast(suffix.count)) }
      throw FormatError(
        file: archive.file, place: "entry \(name!)",
        reason: "no such array; the archive holds \(known.joined(separator: ", "))"
          + (arrays.count > 8 ? ", ..." : ""))
    }
    var reader = try NPYReader(ByteReader(member: archive.open(chosen), file: archive.file))
    return try reader.readRest()
  }
}
