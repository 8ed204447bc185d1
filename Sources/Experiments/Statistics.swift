#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A number that was measured, and the standard error of it.
///
///     let overlap = Estimate(of: overlaps)          // mean and standard error of the mean
///     print(overlap.value, overlap.error)
public struct Estimate: Sendable, Equatable {
  public let value: Double
  /// One standard deviation of `value`.
  public let error: Double

  public init(_ value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  /// The mean of independent samples; the error of a single one is not known, NaN.
  public init(of samples: [Double]) {
    precondition(!samples.isEmpty, "the mean of 0 samples")
    let count = Double(samples.count)
    let mean = samples.reduce(0, +) / count
    let squares = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(mean, error: count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan)
  }

  /// The mean of independent samples, each of which counts events among `chances`: with an error of one
  /// event in all of them at least, where few samples happen to agree.
  init(of samples: [Double], chances: Int) {
    let mean = Estimate(of: samples)
    let least = 1 / Double(chances * samples.count)
    self.init(mean.value, error: mean.error > least ? mean.error : least)
  }

  /// The share of `successes` in `trials`, with an error that is not 0 where all or none succeeded.
  ///
  /// - Source: Agresti and Coull 1998, with two successes and two failures added for the error.
  public init(successes: Int, of trials: Int) {
    precondition(trials > 0 && (0...trials).contains(successes), "\(successes) of \(trials)")
    let added = (Double(successes) + 2) / (Double(trials) + 4)
    self.init(
      Double(successes) / Double(trials),
      error: (added * (1 - added) / (Double(trials) + 4)).squareRoot())
  }

  /// The mean of overlaps of states of `size` spins with their patterns, with an error that is not 0 where
  /// none had a wrong spin.
  init(ofOverlaps overlaps: [Double], size: Int) {
    let spread = Estimate(of: overlaps)
    let wrong = overlaps.reduce(0) { $0 + (1 - $1) / 2 * Double(size) }
    let spins = Estimate(successes: Int(wrong.rounded()), of: overlaps.count * size)
    self.init(
      spread.value, error: spread.error.isNaN ? 2 * spins.error : max(spread.error, 2 * spins.error)
    )
  }

  /// How many joint standard errors lie between two numbers; a number without error is exact.
  public func deviation(from other: Estimate) -> Double {
    let joint = (error * error + other.error * other.error).squareRoot()
    let distance = abs(value - other.value)
    return distance == 0 ? 0 : distance / joint
  }
}

/// The standard error of a share of `trials`, as `Estimate` has it.
func errorOfShare(_ share: Double, of trials: Int) -> Double {
  Estimate(successes: Int((share * Double(trials)).rounded()), of: trials).error
}

extension Array where Element == Double {
  /// The middle of the sorted numbers, or the mean of the two in the middle.
  package var median: Double {
    precondition(!isEmpty, "the median of 0 numbers")
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}

/// Where the curve through (x, y) first crosses `level`, by straight lines between its points; nil where
/// it does not.
package func crossing(_ x: [Double], _ y: [Double], level: Double) -> Double? {
  for k in x.indices.dropFirst() where (y[k - 1] - level) * (y[k] - level) <= 0 && y[k - 1] != y[k]
  {
    return x[k - 1] + (level - y[k - 1]) / (y[k] - y[k - 1]) * (x[k] - x[k - 1])
  }
  return nil
}
