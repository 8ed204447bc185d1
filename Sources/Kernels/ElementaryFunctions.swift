#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The C library's natural logarithm: Foundation would cost the command line its quick start.
package func logarithm(_ x: Double) -> Double { log(x) }
/// The C library's power.
package func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
/// The C library's exponential.
package func exponential(_ x: Double) -> Double { exp(x) }
/// The C library's hyperbolic tangent.
package func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
/// The C library's ln(1 + x), accurate where x is small.
package func logarithmOnePlus(_ x: Double) -> Double { log1p(x) }
