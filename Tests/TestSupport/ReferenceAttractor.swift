/// A cycle of a deterministic map of states, and how many states end in it.
package struct ReferenceAttractor: Hashable, Sendable, Decodable {
  /// The cycle, from its lowest state on.
  package let states: [Int]
  package let period: Int
  package let basinSize: Int

  enum CodingKeys: String, CodingKey {
    case states, period
    case basinSize = "basin_size"
  }

  package init(states: [Int], basinSize: Int) {
    self.states = states
    self.period = states.count
    self.basinSize = basinSize
  }

  /// All cycles of the map that takes state k to `successors[k]`, by lowest state.
  package static func all(of successors: [Int]) -> [ReferenceAttractor] {
    var basins: [[Int]: Int] = [:]
    for start in successors.indices {
      basins[orbit(of: start, under: successors).cycle.rotatedToLowest, default: 0] += 1
    }
    return basins.map { ReferenceAttractor(states: $0.key, basinSize: $0.value) }
      .sorted { $0.states[0] < $1.states[0] }
  }

  /// The states met before the cycle, and the cycle from the state where it is entered.
  package static func orbit(
    of start: Int, under successors: [Int]
  ) -> (transient: Int, cycle: [Int]) {
    var visited = [start]
    while true {
      let next = successors[visited.last!]
      if let first = visited.firstIndex(of: next) { return (first, Array(visited[first...])) }
      visited.append(next)
    }
  }
}

extension [Int] {
  fileprivate var rotatedToLowest: [Int] {
    let first = firstIndex(of: self.min()!)!
    return Array(self[first...] + self[..<first])
  }
}
