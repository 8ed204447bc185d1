internal import HopfieldFormats

/// An input file as rows: P patterns, or C cues, of N numbers each.
struct Dataset {
  let file: String
  let values: NumericArray
  let count: Int
  /// Numbers a row, N.
  let size: Int
  /// Height and width, where the file gives them.
  let picture: (height: Int, width: Int)?

  /// Reads P x N, P x H x W, one row of N, or pictures; refuses no row and numbers not finite.
  init(reading file: String) throws {
    if case .store = ArrayFormat(path: file) {
      throw CommandError.data(file, "reading .hopfield memories is not built in yet")
    }
    let array = try readArray(file)
    self.file = file
    let shape = array.shape
    switch (shape.count, ArrayFormat(path: file)) {
    case (2, .png):
      (count, size, picture) = (1, shape[0] * shape[1], (shape[0], shape[1]))
    case (1, _):
      (count, size, picture) = (1, shape[0], nil)
    case (2, _):
      (count, size, picture) = (shape[0], shape[1], nil)
    case (3, _):
      (count, size, picture) = (shape[0], shape[1] * shape[2], (shape[1], shape[2]))
    default:
      throw CommandError.data(
        file, "an array of \(shape.count) axes; wanted is P x N or P x H x W")
    }
    guard count > 0, size > 0 else {
      let axes = shape.map(String.init).joined(separator: " x ")
      throw CommandError.data(file, "no pattern: the array is \(axes)")
    }
    guard size < 1 << 30, count < 1 << 31 else {
      throw CommandError.data(file, "\(count) x \(size): more than 2^31 rows of 2^30 numbers")
    }
    if let index = array.firstNonFinite() {
      throw CommandError.data(
        file, "row \(index / size), column \(index % size): \(array[index]) is not finite")
    }
    values = array
  }

  /// Throws unless rows are as long as those of the file `other`.
  func requireSize(_ wanted: Int, of other: String) throws {
    guard size == wanted else {
      throw CommandError.data(file, "rows of \(size) numbers, but \(other) has \(wanted)")
    }
  }
}
