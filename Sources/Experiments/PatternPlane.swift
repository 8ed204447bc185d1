package import HopfieldClassical
internal import HopfieldKernels
package import HopfieldPatterns

/// The plane through three patterns, as a map: which state belongs to a point of it, what energy that state
/// has, and which point is nearest to a state.
///
///     let plane = PatternPlane(through: [a, b, c], of: network)
///     let corner = plane.point(of: a)                           // the triangle's lower left corner
///     print(plane.energy(at: corner) == network.energy(of: a))  // but for rounding
///
/// A point is Σ aₖ ξᵏ with a₁ + a₂ + a₃ = 1, drawn where X = (a₂ − a₁)/√2 and Y = (2a₃ − a₁ − a₂)/√6: the
/// patterns are the corners of an equilateral triangle. The vectors Σ aₖ ξᵏ themselves are no good states
/// to show: between the patterns all spins shrink, and the mixture sgn(ξ¹ + ξ² + ξ³), an attractor that
/// lies above the middle of the triangle, would not be on the map. There are others above each point.
/// Three patterns divide the sites into four classes: on a quarter they agree, and on another quarter each
/// pattern k stands against the two others. Let spins be +ξ where they agree and have the mean xₖ ξᵏ where
/// k stands alone. Such states fill a cube, −1 ≤ xₖ ≤ 1, and for orthogonal patterns the state's foot on
/// the plane is aₖ = 1/3 + xₖ/2 − (x₁ + x₂ + x₃)/6: along the cube's diagonal. Of all those with
/// the same foot this map shows the one nearest to the mixture,
///
///     xₖ = 2 (aₖ − min a) − 1
///
/// whose energy under Hebb's rule is the lowest. So the three patterns, their mixture (in the middle) and
/// the mixtures ξᵏ + ξˡ − ξᵐ (beyond the sides) are exactly on the map, at their own feet, and between
/// neighbours of these seven one class of spins turns over. They are the middle and the corners of a
/// hexagon, max a − min a ≤ 1; beyond it no state has its foot.
///
/// The energy of a state of means v is E(v) = −½ vᵀ J v + θ·v: Hopfield's energy of graded neurons without
/// the cost of being graded, and, where no neuron is coupled to itself, the mean energy of
/// independent spins with these means, since then each spin comes only once in every term. On the map it
/// is a quadratic form of (1, x₁, x₂, x₃), whose numbers come from the local fields at four states.
///
/// - Complexity: O(N P) at first, and O(1) an energy.
/// - Source: Hopfield 1982, eq. 7, and 1984, for the energy; Amit, Gutfreund and Sompolinsky 1985,
///   Phys. Rev. A 32, 1007, for mixtures.
package struct PatternPlane {
  /// The three patterns.
  package let patterns: [Pattern]
  /// Of each site, 0 where all agree, k where pattern k stands alone.
  private let classes: [Int]
  /// uᵀ J w for the classes' vectors u and w, and θ·u.
  private let couplings: [[Double]]
  private let thresholds: [Double]

  /// A point of the map.
  package struct Point: Equatable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }

    /// The point with these shares of the patterns, which add up to 1.
    init(shares a: [Double]) {
      x = (a[1] - a[0]) / 2.0.squareRoot()
      y = (2 * a[2] - a[0] - a[1]) / 6.0.squareRoot()
    }

    /// a₁, a₂, a₃.
    var shares: [Double] {
      let (across, up) = (x / 2.0.squareRoot(), y / 6.0.squareRoot())
      return [1.0 / 3 - across - up, 1.0 / 3 + across - up, 1.0 / 3 + 2 * up]
    }
  }

  /// The plane through three patterns, no two of which are equal.
  package init(through patterns: [Pattern], of network: HopfieldNetwork) {
    precondition(patterns.count == 3, "a plane through \(patterns.count) patterns, not 3")
    precondition(Set(patterns).count == 3, "two of the three patterns are equal")
    let spins = patterns.map(\.spins)
    let sites = spins[0].indices
    classes = sites.map { i in
      let (a, b, c) = (spins[0][i], spins[1][i], spins[2][i])
      return a == b ? (b == c ? 0 : 3) : (a == c ? 2 : 1)
    }
    // J u from the fields at the state of all u and at that with one class turned over.
    let classes = classes
    let leaders = sites.map { spins[max(0, classes[$0] - 1)][$0] }
    let offsets = network.thresholds ?? [Double](repeating: 0, count: network.size)
    func fields(turning turned: Int?) -> [Double] {
      network.localFields(
        at: Pattern(sites.map { classes[$0] == turned ? -leaders[$0] : leaders[$0] }))
    }
    let all = fields(turning: nil)
    var images = [zip(all, offsets).map(+)]
    for k in 1...3 {
      let image = zip(all, fields(turning: k)).map { ($0 - $1) / 2 }
      images.append(image)
      images[0] = zip(images[0], image).map(-)
    }
    func sums(_ values: [Double]) -> [Double] {
      sites.reduce(into: [0, 0, 0, 0]) { $0[classes[$1]] += Double(leaders[$1]) * values[$1] }
    }
    couplings = images.map(sums)
    thresholds = sums(offsets)
    self.patterns = patterns
  }

  /// Whether a point is in the hexagon, where states have their feet.
  package func hasState(at point: Point) -> Bool {
    let shares = point.shares
    // Its corners are.
    return shares.max()! - shares.min()! <= 1 + 1e-12
  }

  /// 1 and the xₖ of a point; outside the hexagon, of its edge.
  private func means(ofClassesAt point: Point) -> [Double] {
    let shares = point.shares
    let least = shares.min()!
    return [1] + shares.map { min(1, 2 * ($0 - least) - 1) }
  }

  /// The means of the spins at a point, each from −1 to 1.
  package func means(at point: Point) -> [Double] {
    let x = means(ofClassesAt: point)
    return classes.enumerated().map { i, k in x[k] * Double(patterns[max(0, k - 1)][i]) }
  }

  /// A state whose spins are drawn with the means of a point.
  package func state(at point: Point, using random: inout SeededGenerator) -> Pattern {
    let means = means(at: point)
    return Pattern(size: means.count) {
      random.unit() < (1 + means[$0]) / 2
    }
  }

  /// The energy of the means at a point.
  package func energy(at point: Point) -> Double {
    let x = means(ofClassesAt: point)
    return x.indices.reduce(0) { sum, k in
      let field = x.indices.reduce(0) { $0 + couplings[k][$1] * x[$1] }
      return sum + x[k] * (thresholds[k] - field / 2)
    }
  }

  /// The point nearest to `state`: the foot of the perpendicular on the plane.
  package func point(of state: Pattern) -> Point {
    // Along d = ξ² − ξ¹ and e = ξ³ − ξ¹, per site.
    let m = patterns.map { $0.overlap(with: state) }
    let (ab, ac) = (patterns[0].overlap(with: patterns[1]), patterns[0].overlap(with: patterns[2]))
    let bc = patterns[1].overlap(with: patterns[2])
    let (dd, ee, de) = (2 - 2 * ab, 2 - 2 * ac, bc - ac - ab + 1)
    let (d, e) = (m[1] - m[0] - ab + 1, m[2] - m[0] - ac + 1)
    let determinant = dd * ee - de * de
    let (second, third) = ((d * ee - e * de) / determinant, (e * dd - d * de) / determinant)
    return Point(shares: [1 - second - third, second, third])
  }
}
