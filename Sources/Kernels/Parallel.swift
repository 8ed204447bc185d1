internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
  internal import Dispatch
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

  /// Calls `body` once for each of `parts` indices, on at most `threads` threads; parts are handed out
  /// one by one.
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
      #if os(Linux)
        unsafe withUnsafePointer(to: body) { body in
          unsafe hk_share(
            parts, threads,
            { unsafe $0!.assumingMemoryBound(to: ((Int) -> Void).self).pointee($1) },
            UnsafeMutableRawPointer(mutating: body))
        }
      #else
        nonisolated(unsafe) let body = body
        // Parts are handed out one by one; with fewer threads than processors, in fixed shares.
        let rounds = threads >= processors ? parts : threads
        DispatchQueue.concurrentPerform(iterations: rounds) { first in
          for part in stride(from: first, to: parts, by: rounds) { unsafe body(part) }
        }
      #endif
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

  /// Consecutive ranges that cover 0 ..< count, shorter and shorter, for threads to take.
  ///
  /// For each thread one that together are three fifths of what is left, then again three fifths of that, down
  /// to `atLeast`; all but the last are multiples of it. This is factoring (Hummel, Schonberg and Flynn 1992,
  /// Commun. ACM 35, 90, with halves): long ranges come first, where they share more; the short ones at the
  /// end let a thread that woke late, or whose processor is slower, take less. One thread gets ranges of
  /// `atMost`.
  package static func shares(
    of count: Int, threads: Int, atLeast: Int, atMost: Int
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var from = 0
    while from < count {
      let part = (3 * (count - from) + 5 * threads - 1) / (5 * threads)
      let wanted = threads == 1 ? atMost : (part + atLeast - 1) / atLeast * atLeast
      for _ in 0..<threads where from < count {
        let end = min(count, from + min(atMost, wanted))
        ranges.append(from..<end)
        from = end
      }
    }
    return ranges
  }
}
