import HopfieldClassical

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The naive twin of a Potts network: pairs of sites, summed term by term.
struct ReferencePotts {
  private let patterns: [PottsPattern]
  private let size: Int
  private let colourCount: Int

  init(_ patterns: [PottsPattern], size: Int, colourCount: Int) {
    self.patterns = patterns
    self.size = size
    self.colourCount = colourCount
  }

  /// u(a, b) = q delta - 1.
  private func u(_ a: Int, _ b: Int) -> Int { a == b ? colourCount - 1 : -1 }

  /// N E, a sum over pairs.
  func scaledEnergy(_ state: PottsPattern) -> Double {
    var sum = 0
    for pattern in patterns {
      for i in 0..<size {
        for j in 0..<i { sum -= u(pattern[i], state[i]) * u(pattern[j], state[j]) }
      }
    }
    return Double(sum)
  }

  /// N h of every colour at site i.
  private func fields(_ state: PottsPattern, _ i: Int) -> [Int] {
    (0..<colourCount).map { colour in
      var field = 0
      for pattern in patterns {
        for j in 0..<size where j != i {
          field += u(pattern[i], colour) * u(pattern[j], state[j])
        }
      }
      return field
    }
  }

  private func aligned(_ state: PottsPattern, _ i: Int) -> Int {
    let fields = fields(state, i)
    let largest = fields.max()!
    return fields[state[i]] == largest ? state[i] : fields.firstIndex(of: largest)!
  }

  /// All sites once in ascending order, each seeing the newest state.
  func sweep(_ start: PottsPattern) -> PottsPattern {
    var state = start
    for i in 0..<size { state[i] = aligned(state, i) }
    return state
  }

  /// All sites at once.
  func step(_ state: PottsPattern) -> PottsPattern {
    PottsPattern((0..<size).map { UInt8(aligned(state, $0)) }, colourCount: colourCount)
  }

  static func boltzmann(_ energies: [Double], temperature: Double) -> [Double] {
    let weights = energies.map { exp(-$0 / temperature) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
