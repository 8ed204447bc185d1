public import HopfieldEnergy
internal import HopfieldKernels

/// The weights with which memories answer a query: attention's weights.
///
///     let association = network.association(for: query)
///     print(association.kind, association.holders(), association.largest(3))
///
/// Memories of weight zero are left out: under sparse separations few remain.
public struct Association: Equatable, Sendable {
  /// How many memories hold the weight.
  ///
  /// The kinds of fixed point of Ramsauer et al. 2021, section 2.
  public enum Kind: String, Hashable, Sendable {
    /// One memory: a fixed point beside it.
    case single
    /// Some: a metastable state.
    case metastable
    /// More than half of all: the mean of everything.
    case global
  }

  /// The memories of non-zero weight with their weights, by ascending index.
  public let parts: [Identity.Part]
  /// The number of memories stored.
  public let count: Int

  init(_ weights: [Double], slots: SlotTable) {
    count = weights.count
    parts = weights.indices.lazy.filter { weights[$0] > 0 }
      .map { Identity.Part(pattern: slots.slotOfRow[$0], weight: weights[$0]) }
      .sorted { $0.pattern < $1.pattern }
  }

  /// The weight of the memory at `index`.
  public subscript(index: Int) -> Double {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].pattern < index { low = middle + 1 } else { high = middle }
    }
    return low < parts.count && parts[low].pattern == index ? parts[low].weight : 0
  }

  /// The `count` largest weights, the largest first and the lowest index among equals.
  public func largest(_ count: Int) -> [Identity.Part] {
    var ranked: [Identity.Part] = []
    for part in parts where ranked.count < count || part.weight > ranked.last!.weight {
      let place = ranked.firstIndex { $0.weight < part.weight } ?? ranked.count
      ranked.insert(part, at: place)
      if ranked.count > count { ranked.removeLast() }
    }
    return ranked
  }

  /// The smallest number of memories that hold `share` of the weight together.
  ///
  /// - Complexity: O(n log n) for n weights above zero.
  public func holders(of share: Double = 0.9) -> Int {
    precondition(share >= 0 && share <= 1, "a share of \(share), not 0 to 1")
    let total = parts.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    for (i, part) in parts.sorted(by: { $0.weight > $1.weight }).enumerated() {
      sum += part.weight
      if sum >= share * total * (1 - 1e-12) { return i + 1 }
    }
    return parts.count
  }

  /// Whether one memory, some, or more than half of all hold 90 % of the weight.
  public var kind: Kind {
    let holders = holders()
    return holders <= 1 ? .single : 2 * holders > count ? .global : .metastable
  }
}

extension ModernHopfieldNetwork {
  /// The weights p with which memories answer `query`.
  ///
  /// - Complexity: O(M d).
  public func association(for query: [Double]) -> Association {
    check(query)
    let similarities = similarities(with: query, threads: 1)
    return Association(weigh(similarities, null: nullSimilarity(of: query)).weights, slots: slots)
  }

  /// The weights with which memories answer a query of single precision.
  public func association(for query: some Sequence<Float>) -> Association {
    association(for: query.map(Double.init))
  }

  /// Σ p v: what `retrieve` makes of these weights.
  public func value(of association: Association) -> [Double] {
    var weights = [Double](repeating: 0, count: count)
    for part in association.parts { weights[row(of: part.pattern)] = part.weight }
    return value(of: weights, threads: 1)
  }

  /// Σ p v for weights by row.
  func value(of weights: [Double], threads: Int) -> [Double] {
    if let values { return values.combined(weights, threads: threads) }
    let sum = memoriesAsCompared.combined(weights, threads: threads)
    return similarity == .cosine ? direction(of: sum) ?? sum : sum
  }
}
