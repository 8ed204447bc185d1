/// How a recall ended.
///
/// Not converging is an outcome, not an error.
public enum Outcome: Hashable, Sendable {
  /// Nothing moves any more.
  case fixedPoint
  /// A parallel dynamics repeats `period` states, from step `transient` on.
  case cycle(period: Int, transient: Int)
  /// The allowed number of steps was used up.
  case stepLimit
}
