internal import HopfieldKernels
internal import HopfieldPatterns

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Independent standard normal numbers, by the polar method of Marsaglia and Bray 1964.
func normals(_ count: Int, using random: inout SeededGenerator) -> [Double] {
  var numbers: [Double] = []
  numbers.reserveCapacity(count + 1)
  while numbers.count < count {
    let (u, v) = (2 * random.unit() - 1, 2 * random.unit() - 1)
    let square = u * u + v * v
    guard square > 0, square < 1 else { continue }
    let factor = (-2 * log(square) / square).squareRoot()
    numbers += [u * factor, v * factor]
  }
  numbers.removeLast(numbers.count - count)
  return numbers
}
