internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How many threads a piece of work may use.
///
/// Results never depend on it: work is divided into independent parts, and sums are of integers.
package enum Parallel {
  /// The processors that are online.
  package static let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Work below this many elementary operations stays on the calling thread: waking another
  /// one takes tens of microseconds.
  package static let worthwhile = 1 << 25

  /// Calls `body` once for each of `parts` indices, on at most `threads` threads.
  ///
  /// What `body` does for different indices must not touch the same memory: that is its author's
  /// promise.
  package static func forEach(_ parts: Int, threads: Int, _ body: (Int) -> Void) {
    let threads = min(parts, threads)
    guard threads > 1 else {
      for part in 0..<parts { body(part) }
      return
    }
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      // Parts are handed out one by one; with fewer threads than processors, in fixed shares.
      let rounds = threads >= processors ? parts : threads
      DispatchQueue.concurrentPerform(iterations: rounds) { first in
        for part in stride(from: first, to: parts, by: rounds) { unsafe body(part) }
      }
    }
  }

  /// Calls `body` with consecutive ranges that cover 0 ..< count and start at multiples of
  /// `multiple`: one range a thread, or `parts` of them.
  ///
  /// Several ranges a thread balance short work, for which the second thread wakes late.
  package static func forEachRange(
    of count: Int, multiple: Int, parts: Int? = nil, threads: Int,
    _ body: (_ part: Int, Range<Int>) -> Void
  ) {
    let units = (count + multiple - 1) / multiple
    let parts = max(1, min(threads > 1 ? parts ?? threads : 1, units))
    forEach(parts, threads: threads) { part in
      let from = units * part / parts * multiple
      let to = min(count, units * (part + 1) / parts * multiple)
      body(part, from..<to)
    }
  }
}
