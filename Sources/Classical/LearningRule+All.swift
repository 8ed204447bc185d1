extension LearningRule {
  /// The rules of this package, with their usual settings: each has its file in `Rules`, and its test.
  public static let all: [LearningRule] = [
    .hebbian, .covariance, .projection, .projection(selfCoupling: true), .storkey,
    .storkeySecondOrder, .perceptron,
    .minimumProbabilityFlow, .unlearning, .marginalist, .boundedSynapses, .diluted,
  ]

  /// The rule of this name in `all`.
  ///
  ///     let rule = LearningRule.named("hebbian")
  public static func named(_ name: String) -> LearningRule? { all.first { $0.name == name } }

  /// The most neurons that a matrix of couplings is made for: 4 GiB of floats.
  public static let largestMatrix = 32_768

  /// Throws where couplings of `neurons` neurons would not fit in a matrix.
  static func requireMatrix(of neurons: Int) throws {
    guard neurons <= largestMatrix else {
      throw LearningError.tooLarge(neurons: neurons, limit: largestMatrix)
    }
  }
}
