/// Whom a `SettledDescent` visits: how far a field has to be from turning to be left alone.
///
///     let choice = SettledChoice(motion: .sequential, step: 3_000, gone: 0)
///     let margin = choice.bestMargin(of: margins, worthwhile: 0.7)      // nil: all may as well be visited
///
/// Few neurons are visited quickly, but the others soon may turn, and all fields have to be computed for
/// the next choice. Times are in passes over all patterns.
struct SettledChoice {
  /// Of the overlaps' change, by which a field is taken to move at the most.
  static let deviations = 8.0
  /// How many of the neurons may be chosen.
  private static let shares = [0.01, 0.02, 0.03, 0.05, 0.07]

  let motion: TransitionExperiment.Motion
  /// How far the overlaps move in a step.
  let step: Double
  /// How far they already are from those that margins were computed from.
  let gone: Double

  /// The margin up to which neurons are chosen, nil where all may as well be visited.
  ///
  /// That is where a step would cost more than the worthwhile part of one with all; but a descent in any
  /// order has to choose.
  ///
  /// - Parameter margins: how far N s_i h_i is from turning each spin.
  /// - Complexity: O(1): by a sample of some thousand.
  func bestMargin(of margins: [Int32], worthwhile: Double) -> Int32? {
    let some = stride(from: 0, to: margins.count, by: max(1, margins.count >> 13)).map {
      margins[$0]
    }.sorted()
    let costs = Self.shares.map { share in
      let margin = some[Int(share * Double(some.count))]
      return (margin: margin, cost: cost(margin: margin, share: share))
    }
    let best = costs.min { $0.cost < $1.cost }!
    if best.cost < worthwhile { return best.margin }
    return motion == .permuted ? max(costs.last!.margin, 0) : nil
  }

  /// What a step costs on the average until the next choice.
  private func cost(margin: Int32, share: Double) -> Double {
    // Single visits read the overlaps themselves, and no tables; a choice in parallel motion computes the
    // fields of two steps, which are taken by that.
    let (visit, choice, taken) =
      switch motion {
      case .sequential: (1.0, 1.5, 0.0)
      case .permuted: (2.0, 2.0, 0.0)
      case .parallel: (1.0, 2.5, 2.0)
      }
    // A sweep in order is not broken off: the next one counts beforehand.
    let reach = Double(margin) / Self.deviations - gone - (motion == .sequential ? 1.5 * step : 0)
    guard reach > 0 else { return .infinity }
    let steps = (reach / step) * (reach / step)
    return (choice / steps + share * visit) / (1 + taken / steps)
  }
}
