internal import HopfieldEnergy
internal import HopfieldKernels

/// A Potts network in motion: the patterns' planes, and P integer overlaps.
///
/// With V as in `PottsPlanes`, n_a the number of patterns that have colour a at the site and B_a the sum
/// of V over these, fields are, up to what all colours have in common,
///
///     (4 N / q) h(a) = q B_a − n_a ((q − 2)² N − 4 + 4 q δ(a, s))
struct PottsEngine {
  private let planes: PottsPlanes
  private(set) var state: PottsPattern
  /// V of every slot, and its sum.
  private var overlaps: [Int32]
  private var total: Int

  init(_ planes: PottsPlanes, state: PottsPattern) {
    self.planes = planes
    self.state = state
    overlaps = planes.overlaps(with: state)
    total = overlaps.reduce(0) { $0 + Int($1) }
  }

  /// Σ_i u(ξᵢ^μ, sᵢ) of every slot; 0 for an empty one.
  var projections: [Int] {
    let agreements = planes.agreements(overlaps)
    return agreements.indices.map {
      planes.isActive($0) ? planes.colourCount * agreements[$0] - planes.size : 0
    }
  }

  var energy: Double {
    let (q, size) = (planes.colourCount, planes.size)
    // The sum of u² over the sites is (q - 2) M + (q - 1) N.
    var sum = 0
    for m in projections { sum += m * m - (q - 2) * m }
    sum -= planes.count * (q - 1) * size
    // From 0, so that an energy of nothing is not -0.
    return (0 - Double(sum) / 2) / Double(size)
  }

  /// (4 N / q) h of every colour at site i, up to a common term.
  private func fields(at i: Int) -> [Int] {
    let (q, size) = (planes.colourCount, planes.size)
    return (0..<q).map { colour in
      let above = (planes.signedSum(of: colour, at: i, overlaps: overlaps) + total) / 2
      let own = colour == state[i] ? 4 * q : 0
      let patterns = planes.count(of: colour, at: i)
      return q * above - patterns * ((q - 2) * (q - 2) * size - 4 + own)
    }
  }

  /// The colour of the largest field; its own among equals, else the lowest.
  private func aligned(_ i: Int) -> Int {
    let fields = fields(at: i)
    var best = state[i]
    for colour in fields.indices where fields[colour] > fields[best] { best = colour }
    return best
  }

  /// A colour with probability exp(h / T) / Z: the first at which the sum of probabilities passes u.
  private func drawn(_ i: Int, temperature: Double, u: Double) -> Int {
    let fields = fields(at: i)
    let largest = fields.max()!
    let scale = Double(planes.colourCount) / (4 * Double(planes.size) * temperature)
    let weights = fields.map { exponential(Double($0 - largest) * scale) }
    var rest = u * weights.reduce(0, +)
    for colour in weights.indices {
      rest -= weights[colour]
      if rest < 0 { return colour }
    }
    return weights.lastIndex { $0 > 0 }!
  }

  private mutating func set(_ i: Int, to colour: Int) {
    total += 4 * (planes.count(of: colour, at: i) - planes.count(of: state[i], at: i))
    planes.move(&overlaps, site: i, from: state[i], to: colour)
    state[i] = colour
  }

  func isStable() -> Bool { (0..<planes.size).allSatisfy { aligned($0) == state[$0] } }

  /// Visits sites one after another, at T = 0 where the temperature is nil; returns the number of
  /// changes.
  mutating func visit(
    _ sites: [UInt32], temperature: Double?, using generator: inout some RandomNumberGenerator
  ) -> Int {
    var changes = 0
    for site in sites {
      let i = Int(site)
      let colour =
        temperature.map { drawn(i, temperature: $0, u: generator.unit()) } ?? aligned(i)
      guard colour != state[i] else { continue }
      set(i, to: colour)
      changes += 1
    }
    return changes
  }

  /// Updates all sites at once; returns the number of changes.
  mutating func update(
    temperature: Double?, using generator: inout some RandomNumberGenerator
  ) -> Int {
    let next = (0..<planes.size).map { i in
      temperature.map { drawn(i, temperature: $0, u: generator.unit()) } ?? aligned(i)
    }
    let changing = next.indices.filter { next[$0] != state[$0] }
    for i in changing { set(i, to: next[i]) }
    return changing.count
  }
}
