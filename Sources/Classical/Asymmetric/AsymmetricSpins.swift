public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// An asymmetric network in motion, on the couplings that it has.
public struct AsymmetricSpins: MovingSpins {
  private var spins: any DirectedSpins
  let patterns: PatternSet

  init(_ spins: any DirectedSpins, patterns: PatternSet) {
    self.spins = spins
    self.patterns = patterns
  }

  /// Without symmetry parallel updates end in cycles of any period.
  public static var longestCycle: Int? { nil }

  public var size: Int { spins.size }
  public var state: Pattern { spins.state }
  public mutating func sweep(noise: [Double]?) -> Int { spins.sweep(noise: noise) }
  public mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    spins.visit(sites, noise: noise)
  }
  public mutating func update(noise: [Double]?) -> Int { spins.update(noise: noise) }
  public mutating func isStable() -> Bool { spins.isStable() }

  func localFields() -> [Double] { spins.localFields() }
}

extension AsymmetricSpins: OverlappingSpins {
  var overlaps: [Int32] {
    patterns.tiles.overlaps(with: state.words.span, threads: Parallel.processors)
  }
}

/// What the couplings of an asymmetric network move.
protocol DirectedSpins: MovingSpins where State == Pattern {
  /// h_i = Σ_j w_ij s_j − θ_i.
  func localFields() -> [Double]
}

/// Its energy means nothing here; its fields and flips do.
extension CouplingEngine: DirectedSpins {}
