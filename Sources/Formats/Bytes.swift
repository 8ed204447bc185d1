// Numbers and their bytes. An array's storage comes from the allocator, which aligns it for every
// type here; that is the invariant behind each `unsafe` in this file.

/// Calls `body` with the numbers whose bytes in native order `bytes` are.
func withElements<Element: BitwiseCopyable, Result>(
  of bytes: [UInt8], as element: Element.Type, _ body: (Span<Element>) -> Result
) -> Result {
  unsafe bytes.withUnsafeBytes { raw in
    body(unsafe Span(_unsafeElements: raw.bindMemory(to: Element.self)))
  }
}

/// An array of `count` elements that `body` writes, every one of them.
func filled<Element: BitwiseCopyable>(
  count: Int, _ body: (inout MutableSpan<Element>) -> Void
) -> [Element] {
  unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    guard count > 0 else { return }
    unsafe UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, repeating: 0)
    var span = unsafe MutableSpan(
      _unsafeElements: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    body(&span)
    initialized = count
  }
}

/// What `transform` makes of each element; a loop without checks, which the compiler vectorizes.
@inline(__always)
func mapped<Element: BitwiseCopyable, Value: BitwiseCopyable>(
  _ elements: Span<Element>, _ transform: (Element) -> Value
) -> [Value] {
  let count = elements.count
  return unsafe elements.withUnsafeBufferPointer { source in
    unsafe [Value](unsafeUninitializedCapacity: count) { target, initialized in
      for i in 0..<count { unsafe target.initializeElement(at: i, to: transform(source[i])) }
      initialized = count
    }
  }
}

/// Whether `test` gives 1, not 0, for an element of the block; it looks at all, vectorized too.
@inline(__always)
func holdsSomewhere<Element: BitwiseCopyable>(
  in block: Range<Int>, of elements: Span<Element>, _ test: (Element) -> UInt8
) -> Bool {
  precondition(block.lowerBound >= 0 && block.upperBound <= elements.count)
  return unsafe elements.withUnsafeBufferPointer { source in
    var found: UInt8 = 0
    for i in block { found |= unsafe test(source[i]) }
    return found != 0
  }
}

/// The bytes of `values` in native order.
func copiedBytes<Element: BitwiseCopyable>(of values: [Element]) -> [UInt8] {
  unsafe values.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// Reverses the bytes of each group of `size`.
func swapBytes(_ bytes: inout [UInt8], size: Int) {
  switch size {
  case 2: swapElements(&bytes, as: UInt16.self)
  case 4: swapElements(&bytes, as: UInt32.self)
  case 8: swapElements(&bytes, as: UInt64.self)
  default:
    for start in stride(from: 0, to: bytes.count, by: size) where size > 1 {
      bytes[start..<start + size].reverse()
    }
  }
}

private func swapElements<Word: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: inout [UInt8], as word: Word.Type
) {
  unsafe bytes.withUnsafeMutableBytes { raw in
    let words = unsafe raw.bindMemory(to: Word.self)
    for index in words.indices { unsafe words[index] = words[index].byteSwapped }
  }
}

/// The elements of `size` bytes of an array of this shape, from Fortran order into C order.
///
/// - Complexity: O(count); the reads run along 64 columns at a time, the writes along rows.
func rowMajor(_ bytes: [UInt8], shape: [Int], size: Int) -> [UInt8] {
  guard shape.count > 1, !bytes.isEmpty else { return bytes }
  return switch size {
  case 1: transposed(bytes, shape: shape, as: UInt8.self)
  case 2: transposed(bytes, shape: shape, as: UInt16.self)
  case 4: transposed(bytes, shape: shape, as: UInt32.self)
  default: transposed(bytes, shape: shape, as: UInt64.self)
  }
}

private func transposed<Word: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: [UInt8], shape: [Int], as word: Word.Type
) -> [UInt8] {
  let rows = shape[0]
  let rowLength = shape.dropFirst().reduce(1, *)
  // The position in a row of C order, for 64 successive positions in a row of Fortran order.
  var place = [Int](repeating: 0, count: shape.count)
  let strides = shape.indices.map { axis in shape[(axis + 1)...].reduce(1, *) }
  let words: [Word] = withElements(of: bytes, as: word) { source in
    filled(count: source.count) { target in
      for block in stride(from: 0, to: rowLength, by: 64) {
        let columns = (block..<min(block + 64, rowLength)).map { _ in
          let position = zip(place, strides).dropFirst().reduce(0) { $0 + $1.0 * $1.1 }
          var axis = 1
          repeat {
            place[axis] += 1
            if place[axis] < shape[axis] { break }
            place[axis] = 0
            axis += 1
          } while axis < shape.count
          return position
        }
        for row in 0..<rows {
          for (offset, column) in columns.enumerated() {
            target[row * rowLength + column] = source[(block + offset) * rows + row]
          }
        }
      }
    }
  }
  return copiedBytes(of: words)
}
