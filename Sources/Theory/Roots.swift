/// Zeros and maxima of functions of one variable between two ends.
package enum Roots {
  /// The x in `range` where f(x) = 0, to rounding; f must change its sign between the ends.
  ///
  ///     let root = Roots.root(in: 0...2) { x in x * x - 2 }
  ///
  /// Brent's method: inverse quadratic interpolation kept inside a bracket that shrinks as fast as
  /// by bisection at worst.
  ///
  /// - Source: Brent 1973, "Algorithms for minimization without derivatives", chapter 4.
  /// - Complexity: some 8 values of f where it is smooth.
  package static func root(
    in range: ClosedRange<Double>, of f: (Double) -> Double
  ) -> Double {
    var (a, b) = (range.lowerBound, range.upperBound)
    var (fa, fb) = (f(a), f(b))
    if fa == 0 { return a }
    if fb == 0 { return b }
    precondition((fa < 0) != (fb < 0), "no change of sign: f(\(a)) = \(fa), f(\(b)) = \(fb)")
    // b is the best guess, c lies on the other side of the zero, a was the last b.
    var (c, fc) = (a, fa)
    var step = b - a
    var stepBefore = step
    for _ in 0..<200 {
      if abs(fc) < abs(fb) { (a, fa, b, fb, c, fc) = (b, fb, c, fc, b, fb) }
      let tolerance = b.ulp
      let middle = (c - b) / 2
      if abs(middle) <= tolerance || fb == 0 { break }
      if abs(stepBefore) >= tolerance && abs(fa) > abs(fb) {
        var (p, q) = interpolation(a, fa, b, fb, c, fc)
        if p > 0 { q = -q } else { p = -p }
        if 2 * p < min(3 * middle * q - abs(tolerance * q), abs(stepBefore * q)) {
          (stepBefore, step) = (step, p / q)
        } else {
          (step, stepBefore) = (middle, middle)
        }
      } else {
        (step, stepBefore) = (middle, middle)
      }
      (a, fa) = (b, fb)
      b += abs(step) > tolerance ? step : (middle > 0 ? tolerance : -tolerance)
      fb = f(b)
      if (fb < 0) == (fc < 0) {
        (c, fc) = (a, fa)
        step = b - a
        stepBefore = step
      }
    }
    return b
  }

  /// The step p/q from b towards the zero: by the parabola x(f) through three points, or the secant
  /// where only two differ.
  private static func interpolation(
    _ a: Double, _ fa: Double, _ b: Double, _ fb: Double, _ c: Double, _ fc: Double
  ) -> (p: Double, q: Double) {
    let s = fb / fa
    if a == c { return ((c - b) * s, 1 - s) }
    let q = fa / fc
    let r = fb / fc
    return (
      s * ((c - b) * q * (q - r) - (b - a) * (r - 1)), (q - 1) * (r - 1) * (s - 1)
    )
  }

  /// The place and height of the maximum of a function that rises and then falls on `range`.
  ///
  ///     let top = Roots.maximum(in: 0...3) { x in x * exp(-x) }
  ///
  /// Brent's parabolas, with golden sections where they fail. The height is good to rounding, the
  /// place only to its square root (1e-8): where the place matters, find the zero of the slope.
  ///
  /// - Source: Brent 1973, chapter 5.
  package static func maximum(
    in range: ClosedRange<Double>, of f: (Double) -> Double
  ) -> (x: Double, value: Double) {
    let golden = (3 - 5.0.squareRoot()) / 2
    var (a, b) = (range.lowerBound, range.upperBound)
    // x is the best point so far, w the second, v the w before.
    var x = a + golden * (b - a)
    var (w, v) = (x, x)
    var fx = f(x)
    var (fw, fv) = (fx, fx)
    var step = 0.0
    var stepBefore = 0.0
    for _ in 0..<200 {
      let middle = (a + b) / 2
      let tolerance = 1e-9 * abs(x) + 1e-15
      if abs(x - middle) <= 2 * tolerance - (b - a) / 2 { break }
      var r = (x - w) * (fx - fv)
      var q = (x - v) * (fx - fw)
      var p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if q > 0 { p = -p }
      q = abs(q)
      r = stepBefore
      stepBefore = step
      if abs(p) < abs(q * r / 2) && p > q * (a - x) && p < q * (b - x) {
        step = p / q
        let next = x + step
        if next - a < 2 * tolerance || b - next < 2 * tolerance {
          step = x < middle ? tolerance : -tolerance
        }
      } else {
        stepBefore = (x < middle ? b : a) - x
        step = golden * stepBefore
      }
      let next = x + (abs(step) >= tolerance ? step : (step > 0 ? tolerance : -tolerance))
      let value = f(next)
      if value >= fx {
        if next < x { b = x } else { a = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, next, value)
      } else {
        if next < x { a = next } else { b = next }
        if value >= fw || w == x {
          (v, fv, w, fw) = (w, fw, next, value)
        } else if value >= fv || v == x || v == w {
          (v, fv) = (next, value)
        }
      }
    }
    return (x, fx)
  }
}
