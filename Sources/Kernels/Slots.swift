internal import Synchronization

/// A place a part for the results of parallel work, and the count of those that are done.
package final class Slots<Result: Sendable>: Sendable {
  private let results: Mutex<(values: [Result?], done: Int)>
  private nonisolated(unsafe) let progress: ((Int) -> Void)?

  package init(count: Int, progress: ((Int) -> Void)? = nil) {
    results = Mutex(([Result?](repeating: nil, count: count), 0))
    unsafe self.progress = progress
  }

  /// Sets the result of one part, and reports progress, one call at a time.
  package subscript(part: Int) -> Result {
    get { results.withLock { $0.values[part]! } }
    set {
      results.withLock {
        $0.values[part] = newValue
        $0.done += 1
        unsafe progress?($0.done)
      }
    }
  }

  /// All results, once every part has one.
  package var all: [Result] { results.withLock { $0.values.map { $0! } } }
}
