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
    self.init(
      storing: patterns, learned: learned, rule: rule, threads: threads ?? Parallel.processors)
  }

  /// Learns one more pattern by the network's own rule, and returns its index.
  ///
  ///     var network = try HopfieldNetwork(storing: patterns, by: .projection)
  ///     let index = try network.learn(pattern)
  ///
  /// What comes out is what learning all patterns at once would have made, to rounding. The rule has
  /// to be an incremental one (`LearningRule.isIncremental`).
  ///
  /// - Parameter pattern: N spins.
  /// - Throws: `LearningError`, or what a rule of your own throws; the network is then as it was.
  /// - Complexity: the rule's, and O(N P²) additions for low-rank couplings or O(N²) for a matrix.
  @discardableResult
  public mutating func learn(_ pattern: Pattern) throws -> Int {
    precondition(pattern.size == size, "a pattern of \(pattern.size) spins for \(size) neurons")
    guard let rule, let add = rule.add else {
      preconditionFailure("\(rule?.name ?? "no rule") learns all patterns together")
    }
    if case .hebbian = form { return store(pattern) }
    var learned = learned
    try add(&learned, patterns, pattern)
    var patterns = patterns
    let index = patterns.insert(pattern)
    self = HopfieldNetwork(storing: patterns, learned: learned, rule: rule)
    return index
  }

  /// What the rule has learned so far, and the user's thresholds.
  private var learned: Learned {
    let couplings: Couplings =
      switch form {
      case .hebbian: .hebbian
      case .lowRank(let couplings): .lowRank(factor: couplings.compactFactor)
      case .dense(let matrix): .dense(matrix.elements)
      }
    return Learned(couplings, thresholds: thresholds, selfCoupling: selfCoupling)
  }
}
