internal import HopfieldKernels

/// How vectors are compared: a measure, the sign that makes it a similarity, and where it looks.
struct Measuring: Sendable {
  let measure: Measure
  /// Similarity = factor * measure.
  let factor: Double
  let known: [Bool]?
}

/// The strongest rival of each of some memories, from which separations follow: kept up to date.
///
/// All memories are in it while there are at most 4096 of them at the start, else evenly spaced ones.
struct RivalTable: Sendable {
  static let most = 4096

  private struct Entry: Sendable {
    var row: Int
    var rival: (row: Int, measure: Double)?
  }

  private var entries: [Entry]

  init(of rows: VectorRows, _ measuring: Measuring) {
    let count = min(rows.count, Self.most)
    let chosen = (0..<count).map { rows.count * $0 / count }
    entries = zip(chosen, rows.rivals(of: chosen, measuring)).map { Entry(row: $0, rival: $1) }
  }

  /// A row was added at the end.
  mutating func append(_ row: Int, _ rows: VectorRows, _ measuring: Measuring) {
    let measures = rows.measures(
      measuring.measure, with: rows[row], known: measuring.known, threads: Parallel.processors)
    for i in entries.indices {
      let measure = measures[entries[i].row]
      let isStronger = entries[i].rival.map { measuring.isStronger(measure, than: $0.measure) }
      if isStronger ?? true { entries[i].rival = (row, measure) }
    }
    guard entries.count < Self.most else { return }
    var strongest: (row: Int, measure: Double)?
    for j in 0..<row
    where strongest.map({ measuring.isStronger(measures[j], than: $0.measure) }) ?? true {
      strongest = (j, measures[j])
    }
    entries.append(Entry(row: row, rival: strongest))
  }

  /// `row` was removed, and the last row has taken its place.
  mutating func remove(_ row: Int, _ rows: VectorRows, _ measuring: Measuring) {
    let last = rows.count
    entries.removeAll { $0.row == row }
    for i in entries.indices {
      if entries[i].row == last { entries[i].row = row }
      guard let rival = entries[i].rival else { continue }
      if rival.row == row {
        entries[i].rival = rows.rivals(of: [entries[i].row], measuring)[0]
      } else if rival.row == last {
        entries[i].rival = (row, rival.measure)
      }
    }
  }

  /// Δ of each entry that has a rival.
  func separations(self own: (Int) -> Double, _ measuring: Measuring) -> [Double] {
    entries.compactMap { entry in
      entry.rival.map { own(entry.row) - measuring.factor * $0.measure }
    }
  }
}

extension Measuring {
  func isStronger(_ a: Double, than b: Double) -> Bool { factor * a > factor * b }
}

extension VectorRows {
  func rivals(of chosen: [Int], _ measuring: Measuring) -> [(row: Int, measure: Double)?] {
    rivals(
      of: chosen, measuring.measure, sign: measuring.factor > 0 ? 1 : -1, known: measuring.known,
      threads: Parallel.processors)
  }
}

extension ModernHopfieldNetwork {
  /// What similarities are computed from.
  var memoriesAsCompared: VectorRows { directions ?? memories }

  var measuring: Measuring {
    switch similarity {
    case .dot, .cosine: Measuring(measure: .dot, factor: 1, known: known)
    case .negativeSquaredDistance:
      Measuring(measure: .squaredDistance, factor: -0.5, known: known)
    case .negativeManhattanDistance: Measuring(measure: .manhattan, factor: -1, known: known)
    }
  }

  /// z(x, x) of the memory in `row`.
  func ownSimilarity(row: Int) -> Double {
    switch similarity {
    case .dot: squaredNorms[row]
    case .cosine: squaredNorms[row] > 0 ? 1 : 0
    case .negativeSquaredDistance, .negativeManhattanDistance: 0
    }
  }

  /// See ``beta``.
  var automaticBeta: Double {
    let radius = largestSquaredNorm
    let fallback = radius > 0 ? 1 / radius : 1
    let positive = rivals!.separations(self: ownSimilarity, measuring).filter { $0 > 0 }.sorted()
    guard !positive.isEmpty else { return fallback.isFinite ? fallback : 1 }
    let median = positive[positive.count / 2]
    let delta = positive.first { $0 >= median / 100 }!
    let count = Double(self.count)
    // βΔ = 2/M + ln(A βΔ): from above, the iteration falls to the larger root.
    let a = 2 * (count - 1) * count * max(radius / delta, 0.5)
    var product = 1000.0
    for _ in 0..<100 { product = 2 / count + logarithm(a * product) }
    product = max(product, logarithm(2 * exponential(1) * (count - 1) / 1e-9))
    if let margin = separation.margin { product = min(product, 2 * margin) }
    let beta = product / delta
    return beta.isFinite ? beta : fallback
  }
}
