internal import HopfieldFormats

/// The memory of a command: numbers, or packed bits that stay in their file until they are stored.
enum MemoryFile {
  case array(Dataset)
  case packed(PackedMemory)

  /// Reads the file at `path`; `packed` is the number of spins of a row where rows are packed bits.
  init(reading path: String, packed: Int?) throws {
    if let packed {
      self = .packed(PackedMemory(file: path, size: packed))
    } else {
      self = .array(try Dataset(reading: path))
    }
  }

  var file: String {
    switch self {
    case .array(let dataset): dataset.file
    case .packed(let packed): packed.file
    }
  }

  /// The numbers of a row, N.
  var size: Int {
    switch self {
    case .array(let dataset): dataset.size
    case .packed(let packed): packed.size
    }
  }

  /// Height and width, where the file gives them.
  var picture: (height: Int, width: Int)? {
    if case .array(let dataset) = self { dataset.picture } else { nil }
  }

  /// Whether the data is spins as it is.
  var isTwoValued: Bool {
    if case .array(let dataset) = self {
      dataset.values.distinctValues(limit: 2) != nil
    } else {
      true
    }
  }
}
