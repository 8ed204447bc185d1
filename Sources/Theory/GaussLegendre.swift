/// Gauss and Legendre's quadrature of 20 points on one panel: exact for polynomials up to degree 39.
///
///     let third = GaussLegendre.integral(from: 0, to: 1) { x in x * x }
package enum GaussLegendre {
  /// ∫ f(x) dx from `start` to `end`, for a function that is smooth on that scale.
  package static func integral(
    from start: Double, to end: Double, of f: (Double) -> Double
  ) -> Double {
    var sum = 0.0
    forEachNode(from: start, to: end) { x, weight in sum += weight * f(x) }
    return sum
  }

  /// Visits the 20 nodes x between `start` and `end` with their weights.
  package static func forEachNode(
    from start: Double, to end: Double, _ body: (_ x: Double, _ weight: Double) -> Void
  ) {
    let half = (end - start) / 2
    for (node, weight) in rule {
      let t = half * node
      // From the start, so that x keeps its relative accuracy where the start is 0.
      body(start + (half - t), half * weight)
      body(start + (half + t), half * weight)
    }
  }

  /// The positive nodes on [-1, 1] and their weights; 40 digits by Newton's method, then rounded.
  private static let rule: [(node: Double, weight: Double)] = [
    (0.07652652113349734, 0.15275338713072584),
    (0.22778585114164507, 0.14917298647260374),
    (0.37370608871541955, 0.14209610931838204),
    (0.5108670019508271, 0.13168863844917664),
    (0.636053680726515, 0.11819453196151841),
    (0.7463319064601508, 0.10193011981724044),
    (0.8391169718222188, 0.08327674157670475),
    (0.912234428251326, 0.06267204833410907),
    (0.9639719272779138, 0.04060142980038694),
    (0.9931285991850949, 0.017614007139152118),
  ]
}
