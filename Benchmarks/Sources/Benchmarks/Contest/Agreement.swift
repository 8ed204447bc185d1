internal import HopfieldFormats

/// Whether two answers to the same question are the same.
enum Agreement {
  /// Number for number.
  case exact
  /// No number further apart than this.
  case within(Double)
  /// Another question, or an approximate answer: not compared.
  case notCompared

  /// What the comparison found, and whether it is good enough.
  struct Finding: Codable {
    let agrees: Bool
    let text: String
  }

  func compare(_ ours: NumericArray?, _ theirs: NumericArray?) -> Finding? {
    guard let ours, let theirs else { return nil }
    guard ours.shape == theirs.shape else {
      return Finding(agrees: false, text: "shapes \(ours.shape) and \(theirs.shape)")
    }
    let (a, b) = (ours.doubles(), theirs.doubles())
    switch self {
    case .notCompared: return nil
    case .exact:
      let different = zip(a, b).count { $0 != $1 }
      return different == 0
        ? Finding(agrees: true, text: "equal")
        : Finding(agrees: false, text: "\(different) of \(a.count) numbers differ")
    case .within(let tolerance):
      // Written so that a NaN never passes.
      let largest = zip(a, b).reduce(0.0) { largest, pair in
        let difference = abs(pair.0 - pair.1)
        return difference.isNaN ? .infinity : max(largest, difference)
      }
      let digits = largest > 0 ? "within \(largest.inExponents)" : "equal"
      return Finding(agrees: largest <= tolerance, text: digits)
    }
  }
}
