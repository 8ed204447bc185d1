internal import HopfieldKernels
internal import HopfieldPatterns

extension LearningRule {
  /// Minimum probability flow without thresholds, to a hundredth of a pattern.
  ///
  /// See `minimumProbabilityFlow(thresholds:tolerance:iterations:)`.
  public static let minimumProbabilityFlow = minimumProbabilityFlow(thresholds: false)

  /// Couplings that let as little probability as possible flow away from the patterns.
  ///
  ///     let network = try HopfieldNetwork(
  ///       storing: patterns, by: .minimumProbabilityFlow(thresholds: true))
  ///
  /// Of all symmetric couplings with w_ii = 0 the rule finds those with the least
  ///
  ///     K = Σ_μ Σᵢ exp[(E(ξ^μ) − E(ξ^μ with spin i reversed)) / 2] = Σ_μ Σᵢ exp(−ξᵢ^μ hᵢ^μ),
  ///
  /// the flow at T = 1 from the patterns to states that are one flip away; K is convex. Where the patterns
  /// can all be strict minima of an energy, K has no least value but sinks to zero as couplings grow. The
  /// rule stops on the way, which is one of short moves, and K < 1 already means that every pattern
  /// is a strict minimum. Where they can't, or were drawn from a warm network and are in the set as
  /// often as they came, the couplings estimate those of the law exp(−E) behind them, consistently
  /// and without its partition function. 500 random patterns of 1000 neurons, far above Hebb's capacity,
  /// all came back from a tenth of wrong bits (measured here).
  ///
  /// The gradient of w_ij is a sum over patterns of −ξᵢ ξⱼ (exp(−ξᵢ hᵢ) + exp(−ξⱼ hⱼ)): local, and Hebb's
  /// rule while the couplings are zero. Not incremental: all patterns are learned together, by Newton's
  /// method with conjugate gradients inside; learning ends when no component of the gradient is larger
  /// than the tolerance. A bit at zero field counts 1.
  ///
  /// - Parameters:
  ///   - thresholds: whether thresholds are learned as well.
  ///   - tolerance: the largest component of the gradient, above 0.
  ///   - iterations: at most this many of Newton's moves.
  /// - Throws: On learning, `LearningError.notConverged` after that many.
  /// - Complexity: a product of the curvature with a direction is two of an N x N matrix with N x P spins;
  ///   random patterns take about 50 of them at P = N / 2, and 100 near P = N. N² floats in the end,
  ///   40 N² + 50 N P bytes on the way.
  /// - Source: Sohl-Dickstein, Battaglino and DeWeese 2011, "New method for parameter estimation in
  ///   probabilistic models: minimum probability flow"; Hillar, Sohl-Dickstein and Koepsell 2012,
  ///   "Efficient and optimal binary Hopfield associative memory storage using minimum probability flow".
  public static func minimumProbabilityFlow(
    thresholds: Bool, tolerance: Double = 0.01, iterations: Int = 100
  ) -> LearningRule {
    precondition(tolerance > 0, "a tolerance of \(tolerance), not above 0")
    precondition(iterations > 0, "\(iterations) iterations")
    return LearningRule(
      name: "minimum-probability-flow",
      source: "Sohl-Dickstein, Battaglino and DeWeese 2011", isLocal: true,
      learn: { patterns, lesson in
        try requireMatrix(of: patterns.size)
        let flow = ProbabilityFlow(of: patterns, thresholds: thresholds, threads: lesson.threads)
        let least = try flow.minimised(
          to: tolerance, iterations: iterations, progress: lesson.progress)
        let couplings = least.couplings
        return try Learned(
          .dense(
            Lesson(threads: lesson.threads).matrix(of: patterns.size) { i, row in
              for j in 0..<patterns.size {
                row[j] = i == j ? 0 : Float(couplings[Parameters.index(max(i, j), min(i, j))])
              }
            }), thresholds: thresholds ? least.thresholds : nil)
      })
  }
}

extension ProbabilityFlow {
  /// Where the flow is least, from zero couplings.
  fileprivate func minimised(
    to tolerance: Double, iterations: Int, progress: (Double) -> Void
  ) throws -> Parameters {
    var here = Parameters(neurons: neurons, thresholds: hasThresholds)
    var margins = [Double](repeating: 0, count: neurons * count)
    var gradient = gradient(at: margins)
    var largest = gradient.largest
    let start = largest
    var smallest = start
    for _ in 0..<iterations where largest > tolerance {
      let (move, change) = newtonMove(at: margins, gradient: gradient)
      let step = step(along: change, from: margins, slope: gradient.dot(move))
      here.add(move, scaledBy: step)
      for k in change.indices { margins[k] += step * change[k] }
      gradient = self.gradient(at: margins)
      largest = gradient.largest
      smallest = min(smallest, max(largest, tolerance))
      progress(logarithm(start / smallest) / logarithm(start / tolerance))
    }
    guard largest <= tolerance else {
      throw LearningError.notConverged(sweeps: iterations, unstable: margins.count { $0 <= 0 })
    }
    progress(1)
    return here
  }

  /// Newton's move, by conjugate gradients until three tenths of the gradient are left, and what it
  /// does to the margins.
  ///
  /// From zero, so that of all moves that lower the flow alike it is among the shortest: couplings stay
  /// small for the margins that they make, and basins wide.
  private func newtonMove(
    at margins: [Double], gradient: Parameters
  ) -> (move: Parameters, change: [Double]) {
    var move = Parameters(neurons: neurons, thresholds: hasThresholds)
    var change = [Double](repeating: 0, count: margins.count)
    var residual = gradient
    residual.scale(by: -1)
    var direction = residual
    var square = residual.dot(residual)
    let enough = 0.09 * square
    for _ in 0..<Self.mostProducts where square > enough {
      let along = self.margins(of: direction)
      let image = curvature(at: margins, along: along)
      let product = direction.dot(image)
      guard product > 0 else { break }
      let step = square / product
      move.add(direction, scaledBy: step)
      for k in change.indices { change[k] += step * along[k] }
      residual.add(image, scaledBy: -step)
      let next = residual.dot(residual)
      direction.scale(by: next / square)
      direction.add(residual, scaledBy: 1)
      square = next
    }
    return (move, change)
  }

  /// The most products with the curvature that one of Newton's moves may take.
  private static var mostProducts: Int { 100 }

  /// How much of a move to make: until the slope has fallen to a tenth, by Newton's steps in a bracket.
  private func step(along change: [Double], from margins: [Double], slope start: Double) -> Double {
    var bracket = (low: 0.0, high: Double.infinity)
    var step = 1.0
    // After 60 halvings nothing is left of a bracket.
    for _ in 0..<60 {
      let (slope, curvature) = slope(at: step, along: change, from: margins)
      if abs(slope) <= -start / 10 { return step }
      // Far too far an exponential overflows, and the slope with it.
      if slope < 0 { bracket.low = step } else { bracket.high = step }
      let newton = step - slope / curvature
      let isInside = newton > bracket.low && newton < bracket.high
      step = isInside ? newton : (bracket.low + min(bracket.high, 2 * step)) / 2
    }
    return bracket.low
  }
}
