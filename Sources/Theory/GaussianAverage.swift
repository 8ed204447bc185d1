#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// The standard normal law: its density, its distribution, and averages ∫ Dz f(z) over it, with
/// Dz = exp(−z²/2) dz / √(2π).
///
///     let one = Gaussian.average { z in z * z }
///     let half = Gaussian.distribution(0)
package enum Gaussian {
  /// φ(x) = exp(−x²/2) / √(2π).
  package static func density(_ x: Double) -> Double {
    exp(-0.5 * x * x) * inverseRootOfTwoPi
  }

  /// Φ(x) = ∫_{−∞}^x Dz, accurate in both tails to rounding of Φ itself.
  package static func distribution(_ x: Double) -> Double {
    0.5 * erfc(-x * 0.5.squareRoot())
  }

  /// ln Φ(x), also where Φ(x) is below the smallest double.
  package static func logDistribution(_ x: Double) -> Double {
    if x > 0 { return log1p(-distribution(-x)) }
    if x > -30 { return log(distribution(x)) }
    // Φ(−y) = φ(y)/y (1 − 1/y² + 3/y⁴ − 15/y⁶ + ...): from y = 30 on six terms are exact.
    let y2 = x * x
    var term = 1.0
    var sum = 1.0
    for k in 1...6 {
      term *= -Double(2 * k - 1) / y2
      sum += term
    }
    return -0.5 * y2 + log(inverseRootOfTwoPi / -x * sum)
  }

  /// Φ⁻¹(p): infinite at 0 and 1, NaN outside.
  package static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    guard p != 0.5 else { return 0 }
    guard p < 0.5 else { return -quantile(1 - p) }
    guard p > 0 else { return -.infinity }
    // Newton's method on ln Φ, which is concave: monotone after the first step from anywhere.
    let target = log(p)
    var x = -(-2 * target).squareRoot()
    for _ in 0..<40 {
      let logValue = logDistribution(x)
      let slope = exp(-0.5 * x * x - logValue) * inverseRootOfTwoPi
      let step = (logValue - target) / slope
      x -= step
      if abs(step) < 1e-15 * abs(x) || abs(step) < 1e-16 { break }
    }
    return x
  }

  // MARK: - Averages

  /// ∫ Dz f(z) for a function that is smooth on the scale of 1.
  ///
  ///     let q = Gaussian.average { z in tanh(z) * tanh(z) }
  ///
  /// To rounding for what varies no faster than tanh(z); see `average(step:width:of:)` for what
  /// does.
  package static func average(_ f: (Double) -> Double) -> Double {
    average(step: 0, width: 0.5) { z, _ in f(z) }
  }

  /// ∫ Dz f(z, u), u = (z − center)/width, for a function of u with a step, a kink or a bump of
  /// width 1, such as tanh(u).
  ///
  ///     let m = Gaussian.average(step: -overlap / s, width: temperature / s) { _, u in tanh(u) }
  ///
  /// A width of zero says that f is smooth on either side of the centre (u is then infinite, and 0
  /// nowhere). u is exact however narrow the step: near it u is not the difference of two numbers.
  package static func average(
    step center: Double, width: Double, of f: (_ z: Double, _ u: Double) -> Double
  ) -> Double {
    var sum = 0.0
    forEachNode(step: center, width: width) { z, u, weight in sum += weight * f(z, u) }
    return sum
  }

  /// Visits the nodes z of a quadrature for Dz with their weights, so that one pass can take several
  /// averages: sum what is wanted, times the weight.
  ///
  ///     Gaussian.forEachNode(step: 0, width: 0.1) { z, u, weight in
  ///       m += weight * tanh(u)
  ///       lnZ += weight * log(2 * cosh(u))
  ///     }
  ///
  /// Gauss and Legendre's rule of 20 points on panels that grow away from the centre, as three does
  /// in its powers, from twice the width to 3, as far as |z| = 10, or 3 beyond a centre that lies
  /// farther out (up to 35). tanh and its powers have their poles at u = ± iπ/2, which a first panel
  /// of two widths keeps outside an ellipse of convergence of ratio 3 (3⁻⁴⁰ = 1e-19).
  ///
  /// - Complexity: 140 nodes for a smooth function, 40 more for each factor of 3 in sharpness.
  package static func forEachNode(
    step center: Double, width: Double, _ body: (_ z: Double, _ u: Double, _ weight: Double) -> Void
  ) {
    precondition(width >= 0, "a step of width \(width)")
    guard abs(center) <= 35 else {
      // A step out of sight, where φ is below 1e-266: there z − center is no small difference.
      forEachPanel(from: 0, to: 10, width: .infinity) { t, weight in
        let density = weight * density(t)
        body(t, (t - center) / width, density)
        body(-t, (-t - center) / width, density)
      }
      return
    }
    let reach = max(10, abs(center) + 3)
    for side in [1.0, -1.0] {
      // t is the distance from the centre, z = center + side t.
      let start = max(0, -reach - side * center)
      let end = reach - side * center
      forEachPanel(from: start, to: end, width: width) { t, weight in
        let z = center + side * t
        body(z, side * t / width, weight * density(z))
      }
    }
  }

  /// Panels from `start` to `end` for a function that is singular or sharp at 0 within `width`.
  private static func forEachPanel(
    from start: Double, to end: Double, width: Double,
    _ body: (_ t: Double, _ weight: Double) -> Void
  ) {
    var left = start
    while left < end {
      let sharpness = 2 * max(width, left)
      let right = min(end, left + (sharpness > 0 ? min(3, sharpness) : 3))
      GaussLegendre.forEachNode(from: left, to: right, body)
      left = right
    }
  }

  private static let inverseRootOfTwoPi = 0.3989422804014327
}
