public import HopfieldPatterns

/// How couplings come from patterns: a name, a source, and a function.
///
///     let network = try HopfieldNetwork(storing: patterns, by: .projection)
///     for rule in LearningRule.all { print(rule.name, rule.source) }
///
/// Rules are values, so that a network is given one as `.storkey`, and anyone can write another:
///
///     let anti = LearningRule(name: "anti-hebbian", source: "Hebb, reversed") { patterns, _ in
///       let w: [Float] = HopfieldNetwork(storing: patterns).couplings()
///       return Learned(.dense(w.map { -$0 }))
///     }
///
/// Couplings are symmetric, or there would be no energy: rules that make others are networks of their
/// own (`AsymmetricNetwork`, `SequenceNetwork`).
public struct LearningRule: Sendable {
  /// What the rule is called, and what `hopfield recall --rule` takes.
  public let name: String
  /// Author and year.
  public let source: String
  /// Whether a coupling is learned from the states and fields of the two neurons it joins.
  public let isLocal: Bool
  /// Whether a pattern can be added without the others at hand.
  public let isIncremental: Bool
  /// How many random patterns the rule holds, of the size and the coding level of these, where theory or
  /// its authors say.
  public let capacity: @Sendable (PatternSet) -> Double?
  /// The share of bits that one step would get wrong in as many random patterns, where theory says.
  public let bitError: @Sendable (PatternSet) -> Double?

  let learn: @Sendable (PatternSet, Lesson) throws -> Learned
  let add: (@Sendable (inout Learned, PatternSet, Pattern) throws -> Void)?

  /// A rule.
  ///
  /// - Parameters:
  ///   - name: lower case, words joined by hyphens.
  ///   - source: author and year.
  ///   - isLocal: whether a coupling needs only what its two neurons know.
  ///   - capacity: the number of random patterns that as many neurons hold.
  ///   - bitError: the share of wrong bits after one step, in as many random patterns.
  ///   - add: learns one more pattern, given what was learned, with the thresholds that the user has
  ///     added, and the patterns before it, which will store the new one at the lowest empty index;
  ///     nil where all patterns have to be learned together.
  ///   - learn: couplings from patterns; throws `LearningError` where that can't be.
  public init(
    name: String, source: String, isLocal: Bool = false,
    capacity: @escaping @Sendable (PatternSet) -> Double? = { _ in nil },
    bitError: @escaping @Sendable (PatternSet) -> Double? = { _ in nil },
    add: (@Sendable (inout Learned, PatternSet, Pattern) throws -> Void)? = nil,
    learn: @escaping @Sendable (PatternSet, Lesson) throws -> Learned
  ) {
    self.name = name
    self.source = source
    self.isLocal = isLocal
    isIncremental = add != nil
    self.capacity = capacity
    self.bitError = bitError
    self.add = add
    self.learn = learn
  }
}

/// What a rule has learned: couplings, and the thresholds that go with them.
public struct Learned: Sendable {
  /// Symmetric couplings, in the cheapest form that holds them.
  public var couplings: Couplings
  /// θ_i of each neuron, in units of the local field; nil for none.
  public var thresholds: [Double]?
  /// Whether w_ii is kept.
  public var selfCoupling: Bool

  public init(_ couplings: Couplings, thresholds: [Double]? = nil, selfCoupling: Bool = false) {
    self.couplings = couplings
    self.thresholds = thresholds
    self.selfCoupling = selfCoupling
  }
}

/// How a rule is to learn: on how many threads, and whom to tell how far it is.
public struct Lesson {
  /// At most this many threads.
  public let threads: Int
  /// Called with the share of the work done, 0 to 1, one call at a time; never with less than before.
  public let progress: (Double) -> Void

  public init(threads: Int, progress: @escaping (Double) -> Void = { _ in }) {
    self.threads = threads
    self.progress = progress
  }
}

/// Why patterns could not be learned.
public enum LearningError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Pattern `index` is a linear combination of those before it, to rounding.
  case dependent(index: Int)
  /// After `sweeps` passes over the patterns, `unstable` of their bits still lacked the margin.
  case notConverged(sweeps: Int, unstable: Int)
  /// A matrix of N x N would not fit: `neurons` is over `limit`.
  case tooLarge(neurons: Int, limit: Int)
  /// All spins of all patterns are `spin`: nothing varies.
  case uniform(spin: Int)

  public var description: String {
    switch self {
    case .dependent(let index):
      "pattern \(index) is a linear combination of the patterns before it; use a ridge"
    case .notConverged(let sweeps, let unstable):
      "\(unstable) bits lack the margin after \(sweeps) sweeps over the patterns"
    case .tooLarge(let neurons, let limit):
      "\(neurons) neurons need a matrix of couplings larger than \(limit) x \(limit)"
    case .uniform(let spin):
      "all spins of all patterns are \(spin): there is no covariance"
    }
  }
}
