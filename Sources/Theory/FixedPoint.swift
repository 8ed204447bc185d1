/// Solutions of x = F(x).
package enum FixedPoint {
  /// The greatest solution of x = F(x) below `start`, for a map that is concave there and has
  /// F(start) ≤ start.
  ///
  ///     let m = FixedPoint.ofConcaveMap(below: 1) { m in
  ///       let t = tanh(2 * m)
  ///       return (t, 2 * (1 - t * t))
  ///     }
  ///
  /// Newton's method on x − F(x): this is convex, so that the steps go down and never pass the
  /// solution, and their lengths square near it. Self-consistent overlaps are of this kind: F is an
  /// average of tanh.
  ///
  /// - Parameters:
  ///   - start: A point at or above the solution.
  ///   - map: F(x) and F'(x).
  package static func ofConcaveMap(
    below start: Double, _ map: (Double) -> (value: Double, slope: Double)
  ) -> Double {
    var x = start
    for _ in 0..<200 {
      let (value, slope) = map(x)
      // Once rounding turns a step round, or makes it nothing, the solution is reached.
      guard value < x, slope < 1 else { break }
      let next = x - (x - value) / (1 - slope)
      guard next < x else { break }
      x = next
    }
    return x
  }
}
