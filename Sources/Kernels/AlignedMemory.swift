internal import CKernels

/// Memory on a cache line's boundary, freed with its last reference.
///
/// Whoever writes must hold the only reference: `PatternTiles` sees to it by copying first.
@safe package final class AlignedMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  package let count: Int

  /// Zeros.
  package convenience init(count: Int) { unsafe self.init(count: count, by: hk_allocate) }

  /// Whatever was there before: for memory that is written before it is read.
  ///
  /// Zeros in pages that another array has left would have to be written first.
  package static func unset(count: Int) -> AlignedMemory {
    unsafe AlignedMemory(count: count, by: hk_allocate_unset)
  }

  private init(count: Int, by allocate: (Int) -> UnsafeMutableRawPointer?) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, let memory = unsafe allocate(bytes) else {
      fatalError("no memory for \(count) elements of \(MemoryLayout<Element>.stride) bytes")
    }
    unsafe start = memory.assumingMemoryBound(to: Element.self)
    self.count = count
  }

  package convenience init(copying elements: [Element]) {
    unsafe self.init(count: elements.count, by: hk_allocate_unset)
    unsafe start.update(from: elements, count: elements.count)
  }

  deinit { unsafe hk_deallocate(start) }

  package func copy() -> AlignedMemory {
    let other = AlignedMemory.unset(count: count)
    unsafe other.start.update(from: start, count: count)
    return other
  }
}
