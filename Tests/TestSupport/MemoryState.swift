package import HopfieldPatterns

/// States that can be told apart.
package protocol ComparableState: Equatable {
  /// The largest difference of any site.
  func deviation(from other: Self) -> Double
}

/// States on which the symmetries of a memory act.
package protocol MemoryState: ComparableState {
  /// The number of sites.
  var siteCount: Int { get }
  /// Every site reversed.
  static prefix func - (state: Self) -> Self
  /// Every site times its sign (the gauge of Mattis 1976).
  func gauged(by signs: Pattern) -> Self
  /// Site k of the result is site `order[k]` of this state.
  func relabelled(by order: [Int]) -> Self
}

extension Pattern: MemoryState {
  package var siteCount: Int { size }
  package func relabelled(by order: [Int]) -> Pattern { Pattern(order.map { self[$0] }) }
  package func deviation(from other: Pattern) -> Double { self == other ? 0 : 2 }
}

extension Array: MemoryState where Element: BinaryFloatingPoint {
  package var siteCount: Int { count }
  package static prefix func - (state: Self) -> Self { state.map { -$0 } }
  package func gauged(by signs: Pattern) -> Self {
    enumerated().map { $1 * Element(signs[$0]) }
  }
  package func relabelled(by order: [Int]) -> Self { order.map { self[$0] } }
}

extension Array: ComparableState where Element: BinaryFloatingPoint {
  package func deviation(from other: Self) -> Double {
    zip(self, other).reduce(0) { Swift.max($0, Double(abs($1.0 - $1.1))) }
  }
}
