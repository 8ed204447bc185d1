#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Networks with few couplings a neuron, cut in each direction by itself: solvable exactly.
///
///     let limit = Dilution.capacity                                // 2/π
///     let m = Dilution.overlap(load: 0.3)                          // 0.89944
///     let warm = Dilution.overlap(load: 0.3, temperature: 0.3)     // 0.82212
///
/// C couplings a neuron, load α = P/C. It takes C ≪ ln N for no signal to come back to where it
/// started, which no computer reaches: measured values lie below these.
public enum Dilution {
  /// The load at which retrieval ends at T = 0, 2/π: the overlap falls to 0 there without a jump.
  ///
  /// - Source: Derrida, Gardner and Zippelius 1987.
  public static let capacity = 2 / Double.pi

  /// The overlap m > 0 that parallel or random sequential dynamics tend to; 0 where there is none.
  ///
  ///     m = ∫ Dz tanh((m + √α z)/T),   m = erf(m/√(2α)) at T = 0
  ///
  /// - Parameters:
  ///   - load: α = P/C.
  ///   - temperature: T.
  /// - Source: Derrida, Gardner and Zippelius 1987.
  public static func overlap(load: Double, temperature: Double = 0) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    precondition(temperature >= 0, "a temperature of \(temperature), not 0 or more")
    if load == 0, temperature == 0 { return 1 }
    guard retrieves(load: load, temperature: temperature) else { return 0 }
    // The step is concave: step(m)/m falls from its slope at 0, which is above 1.
    func growth(_ m: Double) -> Double {
      step(overlap: m, load: load, temperature: temperature) / m - 1
    }
    var low = 0.5
    while growth(low) < 0 {
      low /= 4
      // So close to the transition, rounding decides.
      guard low > 1e-9 else { return 0 }
    }
    return growth(1) >= 0 ? 1 : Roots.root(in: low...1, of: growth)
  }

  /// The overlap after one step from m, exact for every step of the dynamics.
  public static func step(overlap: Double, load: Double, temperature: Double = 0) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    precondition(temperature >= 0, "a temperature of \(temperature), not 0 or more")
    let noise = load.squareRoot()
    if overlap == 0 { return 0 }
    if temperature == 0 { return erf(overlap / noise * 0.5.squareRoot()) }
    if noise == 0 { return tanh(overlap / temperature) }
    return Gaussian.average(step: -overlap / noise, width: temperature / noise) { _, u in tanh(u) }
  }

  /// The temperature below which patterns are retrieved at a load; 0 from ``capacity`` on.
  ///
  /// Where 1 = (1/T) ∫ Dz sech²(√α z/T); 1 at no load.
  public static func criticalTemperature(load: Double) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    if load == 0 { return 1 }
    guard load < capacity else { return 0 }
    func excess(_ temperature: Double) -> Double { slope(load: load, temperature: temperature) - 1 }
    // Next to either end of the line, rounding decides.
    guard excess(1) < 0 else { return 1 }
    guard excess(1e-9) > 0 else { return 0 }
    return Roots.root(in: 1e-9...1, of: excess)
  }

  private static func retrieves(load: Double, temperature: Double) -> Bool {
    if temperature == 0 { return load < capacity }
    if load == 0 { return temperature < 1 }
    return slope(load: load, temperature: temperature) > 1
  }

  /// The slope of the step at m = 0.
  private static func slope(load: Double, temperature: Double) -> Double {
    let noise = load.squareRoot()
    let average = Gaussian.average(step: 0, width: temperature / noise) { _, u in
      let t = tanh(u)
      return (1 - t) * (1 + t)
    }
    return average / temperature
  }
}
