public import HopfieldClassical
public import HopfieldDense
internal import HopfieldEnergy
internal import HopfieldModern
internal import HopfieldPatterns

/// A memory of spins that an experiment puts to the test: a network and how it learns.
///
///     let memory = StudiedMemory.classical(.projection)
///     let network = try memory.storing(patterns, seed: 7)
public enum StudiedMemory: Sendable {
  /// Hopfield's network by a learning rule.
  case classical(LearningRule)
  /// A dense associative memory.
  case dense(Interaction)

  /// What tables call it: the rule's name, or the interaction's.
  public var name: String {
    switch self {
    case .classical(let rule): rule.name
    case .dense(.polynomial(let degree)): "polynomial-\(degree)"
    case .dense(.rectified(let degree)): "rectified-\(degree)"
    case .dense(.exponential): "exponential"
    }
  }

  /// The network that stores `patterns`, for use by one thread.
  func storing(_ patterns: PatternSet) throws -> any SpinMemory<Pattern, Cue> {
    switch self {
    case .classical(let rule): try HopfieldNetwork(storing: patterns, by: rule, threads: 1)
    case .dense(let interaction):
      DenseAssociativeMemory(storing: patterns, interaction: interaction)
    }
  }
}

extension SpinMemory<Pattern, Cue> {
  /// The recall from `cue` on one thread.
  func recall(
    _ cue: Pattern, by dynamics: Dynamics = .asynchronous(), maxSteps: Int = 1000,
    random: SeededGenerator
  ) -> Recall<Pattern> {
    var random = random
    return recall(
      from: Cue(cue), by: dynamics, maxSteps: maxSteps, threads: 1, using: &random)
  }
}

/// round(load N), one at the least.
func patternCount(load: Double, size: Int) -> Int {
  max(1, Int((load * Double(size)).rounded()))
}
