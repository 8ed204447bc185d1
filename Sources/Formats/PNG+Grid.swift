extension PNG {
  /// Writes the pictures P x H x W as one: alone if it is one, else as a grid.
  public static func writeGrid(
    _ pictures: NumericArray, columns: Int? = nil, to path: String
  ) throws(FormatError) {
    try write(grid(of: pictures, columns: columns), to: path)
  }

  /// The pictures P x H x W in reading order, `columns` or ceil(sqrt(P)) of them a row, one pixel
  /// of mid-grey between them; what the last row lacks is mid-grey too.
  ///
  ///     PNG.grid(of: fivePictures).shape  // [2 * H + 1, 3 * W + 2]
  ///
  /// - Complexity: O(pixels of the result).
  public static func grid(of pictures: NumericArray, columns: Int? = nil) -> NumericArray {
    precondition(
      pictures.shape.count == 3 && pictures.type == .uint8 && pictures.count > 0,
      "pictures are P x H x W of uint8, not \(pictures.shape) of \(pictures.type)")
    let (count, height, width) = (pictures.shape[0], pictures.shape[1], pictures.shape[2])
    precondition(columns ?? 1 > 0, "\(columns ?? 1) columns")
    let columns = columns ?? (1...count).first { $0 * $0 >= count }!
    let rows = (count + columns - 1) / columns
    let gridWidth = columns * (width + 1) - 1
    let gridHeight = rows * (height + 1) - 1
    var pixels = [UInt8](repeating: 128, count: gridWidth * gridHeight)
    for index in 0..<count {
      let corner = index / columns * (height + 1) * gridWidth + index % columns * (width + 1)
      for y in 0..<height {
        let source = (index * height + y) * width
        let target = corner + y * gridWidth
        pixels.replaceSubrange(
          target..<target + width, with: pictures.bytes[source..<source + width])
      }
    }
    return NumericArray(shape: [gridHeight, gridWidth], pixels)
  }
}
