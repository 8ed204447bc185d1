public import HopfieldEnergy
public import HopfieldPatterns

/// The engine of a classical network in motion: the one that its couplings are cheapest on.
///
/// Patterns' bits for Hebb's rule, patterns and a factor of P x P for low-rank couplings, a matrix for
/// any others: see `Couplings`. The recall that comes out is the same thing in each case.
public struct ClassicalEngine: SpinEngine {
  private var engine: any FieldEngine

  init(_ engine: any FieldEngine) { self.engine = engine }

  public var size: Int { engine.size }

  /// Couplings are symmetric, so parallel updates end in cycles of two at the longest.
  public static var longestCycle: Int? { 2 }

  public var state: Pattern { engine.state }
  public var energy: Double { engine.energy }
  public mutating func sweep(noise: [Double]?) -> Int { engine.sweep(noise: noise) }
  public mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    engine.visit(sites, noise: noise)
  }
  public mutating func update(noise: [Double]?) -> Int { engine.update(noise: noise) }
  public mutating func flipSteepest() -> Int { engine.flipSteepest() }
  public mutating func isStable() -> Bool { engine.isStable() }

  var overlaps: [Int32]? { engine.overlaps }
  mutating func localFields() -> [Double] { engine.localFields() }
}

/// What the engines of this room have in common.
protocol FieldEngine: SpinEngine where State == Pattern {
  /// Σ_i ξᵢ^μ sᵢ for every slot, where the engine keeps it.
  var overlaps: [Int32]? { get }
  /// h_i = Σ_j w_ij s_j − θ_i.
  mutating func localFields() -> [Double]
}
