internal import HopfieldKernels
public import HopfieldPatterns
internal import HopfieldTheory

/// How well the stored patterns stand: whether a network can work at all.
extension HopfieldNetwork {
  /// How many patterns of N neurons Hebb's rule holds: 0.1379 N random ones come back with 1.6 % of
  /// wrong bits (Amit, Gutfreund and Sompolinsky 1985, at T = 0).
  public static func capacity(size: Int) -> Double { MeanField.retrievalLimit() * Double(size) }

  /// The bits of a pattern that are against their fields; a bit at zero field is stable.
  ///
  /// - Complexity: O(N P).
  public func unstableBits(of index: Int) -> Int {
    unstableBits(of: index, threads: Parallel.processors)
  }

  /// The unstable bits of every stored pattern, in ascending order of their indices.
  ///
  ///     let stable = network.unstableBits().filter { $0 == 0 }.count
  ///
  /// - Parameters:
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the number of patterns done, one call at a time.
  /// - Complexity: O(N P²).
  public func unstableBits(threads: Int? = nil, progress: ((Int) -> Void)? = nil) -> [Int] {
    let indices = patterns.indices
    let counts = Slots<Int>(count: indices.count, progress: progress)
    Parallel.forEach(indices.count, threads: threads ?? Parallel.processors) { k in
      counts[k] = unstableBits(of: indices[k], threads: 1)
    }
    return counts.all
  }

  private func unstableBits(of index: Int, threads: Int) -> Int {
    var engine = engine(at: patterns[index], threads: threads)
    return engine.update(noise: nil)
  }

  /// The share of bits of as many random patterns that one step would get wrong, where theory knows it of
  /// the network's rule: Φ(−1/√α) for Hebb's.
  ///
  /// - Source: Hertz, Krogh and Palmer 1991, eq. 2.15; N → ∞ at fixed α = P / N.
  public var expectedBitError: Double? { patterns.isEmpty ? 0 : rule?.bitError(patterns) }

  /// How many random patterns the network's rule holds, where theory or its authors say.
  public var capacity: Double? { rule?.capacity(patterns) }
}

extension PatternSet {
  /// The mean overlap of two patterns, and the largest in size.
  ///
  /// - Parameters:
  ///   - threads: at most this many; nil for all processors.
  ///   - progress: called with the number of patterns done, one call at a time.
  /// - Complexity: O(N P²).
  public func correlation(
    threads: Int? = nil, progress: ((Int) -> Void)? = nil
  ) -> (mean: Double, largest: Double) {
    let indices = indices
    guard indices.count > 1 else { return (0, 0) }
    let sums = Slots<(sum: Int, largest: Int)>(count: indices.count, progress: progress)
    Parallel.forEach(indices.count, threads: threads ?? Parallel.processors) { k in
      let row = tiles.overlaps(with: tiles.words(ofSlot: indices[k]).span, threads: 1)
      var sum = 0
      var largest = 0
      for (slot, overlap) in row.enumerated() where slot != indices[k] {
        sum += Int(overlap)
        largest = max(largest, Int(overlap.magnitude))
      }
      sums[k] = (sum, largest)
    }
    let pairs = Double(indices.count * (indices.count - 1))
    let sum = sums.all.reduce(0) { $0 + $1.sum }
    let largest = sums.all.map(\.largest).max()!
    return (Double(sum) / pairs / Double(size), Double(largest) / Double(size))
  }
}
