internal import Hopfield
internal import HopfieldFormats

/// Patterns as packed bits: a `.npy` of uint8 with P rows of ceil(N / 8) bytes, as `numpy.packbits`
/// writes them (`numpy.packbits(spins > 0, axis=1)`: site 0 in the highest bit of byte 0).
///
/// An eighth of the size of int8 spins, and read in blocks of rows: 10^5 patterns of 10^6 neurons are
/// a file of 12.5 GB, of which a few megabytes are in memory beside the network itself.
struct PackedMemory {
  let file: String
  /// The spins of each row, N.
  let size: Int

  /// Reads all rows into a set of patterns, with progress.
  func patterns() throws -> PatternSet {
    var reader = try reader()
    let count = reader.rowsLeft
    guard count > 0 else { throw CommandError.data(file, "no pattern: the array has no rows") }
    var patterns = PatternSet(size: size, capacity: count)
    let progress = Progress("store", total: count)
    // Blocks of about 8 MB, in whole groups of 16 patterns.
    let rows = max(16, (8 << 20) / rowBytes / 16 * 16)
    while reader.rowsLeft > 0 {
      patterns.append(words: words(of: try reader.read(rows: rows).bytes))
      progress.show(patterns.count)
    }
    progress.finish()
    return patterns
  }

  /// Whether `dataset` has rows of this form.
  func isFormOf(_ dataset: Dataset) -> Bool {
    dataset.size == rowBytes && dataset.size != size && dataset.values.type == .uint8
  }

  /// The rows of a dataset of this form as patterns.
  func patterns(of dataset: Dataset) -> [Pattern] {
    let words = words(of: dataset.values.bytes)
    return (0..<dataset.count).map {
      Pattern(words: Array(words[$0 * wordsPerRow..<($0 + 1) * wordsPerRow]), size: size)
    }
  }

  private var rowBytes: Int { (size + 7) / 8 }
  private var wordsPerRow: Int { (size + 63) / 64 }

  private func reader() throws -> NPYReader {
    guard ArrayFormat(path: file) == .npy else {
      throw CommandError.usage("\(file): --packed goes with a .npy file")
    }
    let reader = try NPYReader(path: file)
    let isForm = reader.shape.count == 2 && reader.shape[1] == rowBytes && reader.type == .uint8
    guard isForm else {
      let axes = reader.shape.map(String.init).joined(separator: " x ")
      throw CommandError.data(
        file, "\(axes) of \(reader.type); \(size) packed spins are rows of \(rowBytes) uint8")
    }
    return reader
  }

  /// Rows of bytes, the highest bit first, as rows of words, the lowest bit first.
  private func words(of bytes: [UInt8]) -> [UInt64] {
    let rows = bytes.count / rowBytes
    var words = [UInt64](repeating: 0, count: rows * wordsPerRow)
    let lastBits = UInt64.max >> UInt64((64 - size % 64) % 64)
    for row in 0..<rows {
      for word in 0..<wordsPerRow {
        let first = row * rowBytes + word * 8
        var value: UInt64 = 0
        for k in 0..<min(8, (row + 1) * rowBytes - first) {
          value |= UInt64(bytes[first + k]) << UInt64(8 * k)
        }
        words[row * wordsPerRow + word] = reversingBytes(value)
      }
      words[(row + 1) * wordsPerRow - 1] &= lastBits
    }
    return words
  }

  /// The bits of every byte in reverse order.
  private func reversingBytes(_ word: UInt64) -> UInt64 {
    var word = (word >> 1) & 0x5555_5555_5555_5555 | (word & 0x5555_5555_5555_5555) << 1
    word = (word >> 2) & 0x3333_3333_3333_3333 | (word & 0x3333_3333_3333_3333) << 2
    return (word >> 4) & 0x0F0F_0F0F_0F0F_0F0F | (word & 0x0F0F_0F0F_0F0F_0F0F) << 4
  }
}
