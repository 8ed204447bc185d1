extension NumericArray {
  /// The number at a flat index in C order, as a `Double`.
  ///
  /// Integers beyond 2^53 are rounded to the nearest `Double`.
  public subscript(index: Int) -> Double {
    precondition(index >= 0 && index < count, "index \(index) of \(count) numbers")
    return run(ReadOne(index: index))
  }

  /// All numbers as `Double`, integers beyond 2^53 rounded to the nearest.
  ///
  /// - Complexity: O(count).
  public func doubles() -> [Double] { run(ToDoubles()) }

  /// All numbers as `Float`, rounded to the nearest.
  ///
  /// - Complexity: O(count).
  public func floats() -> [Float] { run(ToFloats()) }

  /// The flat index of the first NaN or infinity, nil if every number is finite.
  ///
  /// - Complexity: O(count); O(1) for types that hold neither.
  public func firstNonFinite() -> Int? { type.isFloatingPoint ? run(FindNonFinite()) : nil }

  /// The distinct values in rising order, or nil once more than `limit` of them were met.
  ///
  ///     array.distinctValues(limit: 3)  // [-1, 1] for an array of spins
  ///
  /// Each NaN counts as a value of its own; look for `firstNonFinite()` before.
  ///
  /// - Complexity: O(count * limit); up to a limit of 4 vectorized, and damage or grey data
  ///   end the search where the limit is passed.
  public func distinctValues(limit: Int) -> [Double]? {
    precondition(limit >= 0, "a limit of \(limit) values")
    return run(FindDistinct(limit: limit))
  }

  /// +1 where the number is above `threshold`, -1 elsewhere (a NaN is not above).
  ///
  ///     array.signs(above: 127)  // grey values of 128 and more are +1
  ///
  /// Numbers are compared exactly, whatever their type.
  ///
  /// - Complexity: O(count).
  public func signs(above threshold: Double) -> [Int8] { run(Signs(threshold: threshold)) }
}

/// How many numbers a pass looks at before it asks whether to go on.
private let blockLength = 4096

private struct ReadOne: ElementPass {
  let index: Int
  func run<Element: RealElement>(over elements: Span<Element>) -> Double { elements[index].double }
}

private struct ToDoubles: ElementPass {
  func run<Element: RealElement>(over elements: Span<Element>) -> [Double] {
    mapped(elements) { $0.double }
  }
}

private struct ToFloats: ElementPass {
  func run<Element: RealElement>(over elements: Span<Element>) -> [Float] {
    mapped(elements) { $0.float }
  }
}

private struct FindNonFinite: ElementPass {
  func run<Element: RealElement>(over elements: Span<Element>) -> Int? {
    for start in stride(from: 0, to: elements.count, by: blockLength) {
      let block = start..<min(start + blockLength, elements.count)
      if holdsSomewhere(in: block, of: elements, { $0.isFiniteNumber ? 0 : 1 }) {
        return block.first { !elements[$0].isFiniteNumber }
      }
    }
    return nil
  }
}

private struct FindDistinct: ElementPass {
  let limit: Int

  func run<Element: RealElement>(over elements: Span<Element>) -> [Double]? {
    var known: [Element] = []
    for start in stride(from: 0, to: elements.count, by: blockLength) {
      let block = start..<min(start + blockLength, elements.count)
      if !known.isEmpty && known.count <= 4 && !hasOthers(elements, block, than: known) { continue }
      for i in block where !known.contains(elements[i]) {
        if known.count == limit { return nil }
        known.append(elements[i])
      }
    }
    return known.sorted().map(\.double)
  }

  /// Whether the block has a value that is none of the up to four known ones.
  private func hasOthers<Element: RealElement>(
    _ elements: Span<Element>, _ block: Range<Int>, than known: [Element]
  ) -> Bool {
    let a = known[0]
    let b = known.count > 1 ? known[1] : a
    let c = known.count > 2 ? known[2] : a
    let d = known.count > 3 ? known[3] : a
    return holdsSomewhere(in: block, of: elements) {
      // Without branches: `&&` would keep the loop from being vectorized.
      ($0 != a ? 1 : 0) & ($0 != b ? 1 : 0) & ($0 != c ? 1 : 0) & ($0 != d ? 1 : 0)
    }
  }
}

private struct Signs: ElementPass {
  let threshold: Double

  func run<Element: RealElement>(over elements: Span<Element>) -> [Int8] {
    // The threshold in the numbers' own type: integers are then compared as integers.
    if threshold.isNaN { return [Int8](repeating: -1, count: elements.count) }
    guard let limit = Element.largest(notAbove: threshold) else {
      return [Int8](repeating: 1, count: elements.count)
    }
    return mapped(elements) { $0 > limit ? 1 : -1 }
  }
}
