import HopfieldClassical
import HopfieldPatterns

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The naive twin of a sequence network: N times its couplings as matrices, summed term by term.
struct ReferenceSequence {
  private let transitions: [[Double]]
  private let hebb: [[Double]]
  private let size: Int
  private var delay = SequenceNetwork.Delay.step(time: 1)
  /// The state as the transitions see it, each with its weight, for a step; its average otherwise.
  private var past: [[Double]] = []
  private var average: [Double] = []

  init(_ patterns: PatternSet, pairs: [(Int, Int)]) {
    let size = patterns.size
    let spins = patterns.indices.map { patterns[$0].spins.map(Double.init) }
    self.size = size
    transitions = (0..<size).map { i in
      (0..<size).map { j in pairs.reduce(0) { $0 + spins[$1.1][i] * spins[$1.0][j] } }
    }
    hebb = (0..<size).map { i in
      (0..<size).map { j in i == j ? 0 : spins.reduce(0) { $0 + $1[i] * $1[j] } }
    }
  }

  private static func product(_ row: [Double], _ vector: [Double]) -> Double {
    zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// N times the fields of the transitions.
  func fields(of state: Pattern) -> [Double] {
    let spins = state.spins.map(Double.init)
    return transitions.map { Self.product($0, spins) }
  }

  /// All spins at once, without delay.
  func step(_ state: Pattern) -> Pattern {
    let fields = fields(of: state)
    return Pattern((0..<size).map { fields[$0] == 0 ? Double(state[$0]) : fields[$0] })
  }

  /// Starts with a past of this one state, or of silence.
  mutating func begin(_ delay: SequenceNetwork.Delay, after state: Pattern?) {
    self.delay = delay
    let spins = state.map { $0.spins.map(Double.init) } ?? [Double](repeating: 0, count: size)
    average = spins
    if case .step(let time) = delay { past = [[Double]](repeating: spins, count: time) }
  }

  /// One step with the delayed transitions beside Hebb's couplings.
  mutating func delayedStep(_ state: Pattern, strength: Double, isParallel: Bool) -> Pattern {
    var spins = state.spins.map(Double.init)
    switch delay {
    case .exponential(let time):
      average = zip(average, spins).map { $0 + ($1 - $0) / time }
    case .step(let time):
      past.removeFirst()
      past.append(spins)
      average = (0..<size).map { i in past.reduce(0) { $0 + $1[i] } / Double(time) }
    }
    let drive = transitions.map { Self.product($0, average) }
    let old = spins
    for i in 0..<size {
      let field = Self.product(hebb[i], isParallel ? old : spins) + strength * drive[i]
      // Real strengths make no ties but by rounding.
      if abs(field) > 1e-9 { spins[i] = field > 0 ? 1 : -1 }
    }
    return Pattern(spins)
  }

  /// ln 2 - ln(1 - 1 / lambda).
  static func exponentialStay(strength: Double) -> Double { log(2) - log(1 - 1 / strength) }
}
