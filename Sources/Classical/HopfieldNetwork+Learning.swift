internal import HopfieldKernels
public import HopfieldPatterns

/// Learning by any rule: see `LearningRule`.
extension HopfieldNetwork {
  /// The network that learns `patterns` by `rule`.
  ///
  ///     let network = try HopfieldNetwork(storing: patterns, by: .projection)
  ///
  /// - Parameters:
  ///   - patterns: P patterns of N spins.
  ///   - rule: how couplings come from them.
  ///   - thresholds: θ_i for each neuron, added to those that the rule learns.
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the share of the work done, one call at a time.
  /// - Throws: `LearningError`, or what a rule of your own throws.
  /// - Complexity: the rule's.
  public init(
    storing patterns: PatternSet, by rule: LearningRule, thresholds: [Double]? = nil,
    threads: Int? = nil, progress: @escaping (Double) -> Void = { _ in }
  ) throws {
    var learned = try rule.learn(
      patterns, Lesson(threads: threads ?? Parallel.processors, progress: progress))
    if let thresholds {
      precondition(
        thresholds.count == patterns.size,
        "\(thresholds.count) thresholds for \(patterns.size) neurons")
      learned.thresholds = learned.thresholds.map { zip($0, thresholds).map(+) } ?? thresholds
    }
    self.init(storing: patterns, learned: learned, rule: rule)
  }
}
