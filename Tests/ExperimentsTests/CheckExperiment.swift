import HopfieldExperiments
import HopfieldPatterns
import Synchronization
import Testing

/// Holds an experiment to what all promise: the same rows on any number of threads, a resumed run that is
/// the uninterrupted one, rows of `other` (another seed) not taken for its own, progress to the end, and
/// figures of all rows, which have these texts, and of some.
func checkRuns<E: Experiment>(
  _ experiment: E, unlike other: E, showing texts: [String] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let (conditions, each) = (experiment.conditions, experiment.rowsPerCondition)
  let told = Mutex<[Int]>([])
  let whole = experiment.measure(
    threads: 1, progress: { done, _ in told.withLock { $0.append(done) } })
  #expect(whole.count == conditions * each, sourceLocation: sourceLocation)
  #expect(experiment.measure(threads: 2) == whole, sourceLocation: sourceLocation)
  let total = conditions * experiment.trials
  #expect(told.withLock(\.self) == Array(1...total), sourceLocation: sourceLocation)

  // Half of the conditions, and a part of the next one.
  var measured = 0
  let done = Array(whole.prefix(conditions / 2 * each + each - 1))
  let resumed = experiment.measure(resuming: done, onRows: { _ in measured += 1 })
  #expect(resumed == whole, sourceLocation: sourceLocation)
  #expect(measured == conditions - conditions / 2, sourceLocation: sourceLocation)
  for (index, row) in whole.enumerated() {
    #expect(experiment.isRow(row, of: index / each), sourceLocation: sourceLocation)
    #expect(!other.isRow(row, of: index / each), sourceLocation: sourceLocation)
  }
  #expect(other.measure(resuming: whole) == other.measure(), sourceLocation: sourceLocation)

  let figure = experiment.figure(of: whole)
  for text in texts { #expect(figure.contains(text), sourceLocation: sourceLocation) }
  for rows in [Array(whole.prefix(each)), []] {
    #expect(experiment.figure(of: rows).contains("<svg"), sourceLocation: sourceLocation)
  }
}

/// The mean of `count` trials by plain loops, with random numbers that no experiment of these tests draws.
func plainTrials(_ count: Int, _ trial: (inout SeededGenerator) -> Double) -> Estimate {
  plainTrials(count) { [trial(&$0)] }[0]
}

/// The means of several numbers that each trial gives.
func plainTrials(_ count: Int, _ trial: (inout SeededGenerator) -> [Double]) -> [Estimate] {
  let results = (0..<count).map { k in
    var random = SeededGenerator(seed: 0xBEEF, stream: k)
    return trial(&random)
  }
  return results[0].indices.map { column in Estimate(of: results.map { $0[column] }) }
}

extension SeededGenerator {
  /// A number in 0..<1.
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// `count` random patterns.
  mutating func patterns(_ count: Int, size: Int) -> [Pattern] {
    (0..<count).map { _ in .random(size: size, using: &self) }
  }
}
