package import HopfieldClassical
import HopfieldPatterns
import TestSupport

extension PatternPair: ComparableState {
  package func deviation(from other: PatternPair) -> Double {
    max(x.deviation(from: other.x), y.deviation(from: other.y))
  }
}

extension PottsPattern: ComparableState {
  package func deviation(from other: PottsPattern) -> Double { self == other ? 0 : 1 }
}
