internal import CKernels

/// Zeroed memory on a cache line's boundary, freed with its last reference.
///
/// Whoever writes must hold the only reference: `PatternTiles` sees to it by copying first.
@safe package final class AlignedMemory<Element: BitwiseCopyable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  package let count: Int

  package init(count: Int) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, let memory = unsafe hk_allocate(bytes) else {
      fatalError("no memory for \(count) elements of \(MemoryLayout<Element>.stride) bytes")
    }
    unsafe start = memory.assumingMemoryBound(to: Element.self)
    self.count = count
  }

  package convenience init(copying elements: [Element]) {
    self.init(count: elements.count)
    unsafe start.update(from: elements, count: elements.count)
  }

  deinit { unsafe hk_deallocate(start) }

  package func copy() -> AlignedMemory {
    let other = AlignedMemory(count: count)
    unsafe other.start.update(from: start, count: count)
    return other
  }
}
