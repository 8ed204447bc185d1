internal import HopfieldKernels
internal import HopfieldPatterns

/// Potts patterns as q planes of bits: plane a has bit +1 where the colour is a.
///
/// So the kernels of spins serve. With O_a the overlaps of the planes and A^μ the number of sites at
/// which pattern μ and the state agree, each disagreement differs in two planes:
///
///     V^μ = Σ_a O_a^μ = q N − 4 (N − A^μ)
///
/// V is what the engine keeps. A site that goes from colour a to b changes planes a and b, and V with
/// them.
struct PottsPlanes: Sendable {
  let size: Int
  let colourCount: Int
  private var planes: [PatternTiles]
  /// The number of patterns that have colour a at site i, at i q + a.
  private var counts: [Int32]

  init(size: Int, colourCount: Int, capacity: Int) {
    self.size = size
    self.colourCount = colourCount
    planes = (0..<colourCount).map { _ in PatternTiles(neurons: size, capacity: capacity) }
    counts = [Int32](repeating: 0, count: size * colourCount)
  }

  var count: Int { planes[0].count }
  var slots: Int { planes[0].slots }
  func isActive(_ slot: Int) -> Bool { planes[0].isActive(slot) }

  mutating func insert(_ pattern: PottsPattern) -> Int {
    let slot = planes[0].freeSlot
    for (colour, words) in bits(of: pattern).enumerated() {
      planes[colour].set(slot: slot, to: words.span)
    }
    count(pattern, 1)
    return slot
  }

  mutating func remove(_ slot: Int) {
    count(pattern(slot), -1)
    for colour in planes.indices { planes[colour].set(slot: slot, to: nil) }
  }

  private mutating func count(_ pattern: PottsPattern, _ change: Int32) {
    for i in 0..<size { counts[i * colourCount + pattern[i]] += change }
  }

  func pattern(_ slot: Int) -> PottsPattern {
    var colours = [UInt8](repeating: 0, count: size)
    for (colour, plane) in planes.enumerated() {
      let words = plane.words(ofSlot: slot)
      for i in 0..<size where words[i / 64] >> (i % 64) & 1 == 1 { colours[i] = UInt8(colour) }
    }
    return PottsPattern(colours, colourCount: colourCount)
  }

  /// The number of patterns that have `colour` at site i.
  func count(of colour: Int, at i: Int) -> Int { Int(counts[i * colourCount + colour]) }

  /// V of every slot; 0 for an empty one.
  func overlaps(with state: PottsPattern) -> [Int32] {
    var sums = [Int32](repeating: 0, count: slots)
    for (plane, words) in zip(planes, bits(of: state)) {
      let overlaps = plane.overlaps(with: words.span, threads: Parallel.processors)
      for slot in sums.indices { sums[slot] += overlaps[slot] }
    }
    return sums
  }

  /// A of every slot, from V; 0 for an empty one.
  func agreements(_ overlaps: [Int32]) -> [Int] {
    overlaps.indices.map { slot in
      isActive(slot) ? size - (colourCount * size - Int(overlaps[slot])) / 4 : 0
    }
  }

  /// Σ V over the patterns that have `colour` at site i, less that over those that have not.
  func signedSum(of colour: Int, at i: Int, overlaps: [Int32]) -> Int {
    Int(planes[colour].field(of: i, overlaps: overlaps))
  }

  /// Brings V up to date after site i went from one colour to another.
  func move(_ overlaps: inout [Int32], site i: Int, from old: Int, to new: Int) {
    planes[old].flip(&overlaps, neuron: i, to: -1)
    planes[new].flip(&overlaps, neuron: i, to: 1)
  }

  private func bits(of pattern: PottsPattern) -> [[UInt64]] {
    var bits = [[UInt64]](
      repeating: [UInt64](repeating: 0, count: (size + 63) / 64), count: colourCount)
    for (i, colour) in pattern.colours.enumerated() { bits[Int(colour)][i / 64] |= 1 << (i % 64) }
    return bits
  }
}
