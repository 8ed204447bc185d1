internal import Foundation

/// Wall-clock time.
enum Stopwatch {
  /// Seconds that `body` takes.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start) / .seconds(1)
  }

  /// Seconds of every run of one turn of a contest.
  ///
  /// Work of 50 ms and more runs once. Shorter work runs once for warming up, and then until 50 ms
  /// are over. The peers keep the same rule (peers/peer.py).
  static func turn(_ body: () throws -> Void) rethrows -> [Double] {
    let enough = 0.05
    let first = try seconds(body)
    if first >= enough { return [first] }
    var runs: [Double] = []
    var total = 0.0
    while total < enough, runs.count < 200 {
      runs.append(try seconds(body))
      total += runs.last!
    }
    return runs
  }

  /// Lets threads that still spin after their work go to sleep.
  static func rest() { Thread.sleep(forTimeInterval: 0.15) }
}

extension [Double] {
  /// The median: of an even number of values, the mean of the two in the middle.
  var median: Double {
    precondition(!isEmpty, "no value to take the median of")
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
