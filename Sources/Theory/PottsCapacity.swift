#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// Potts neurons, with q states in place of two.
///
///     let limit = PottsCapacity.limit(states: 3)                        // load 0.4144
///     let m = PottsCapacity.overlap(load: 0.3, states: 3)
///
/// H = −(1/2N) Σ_μ (Σᵢ u)², u = q δ − 1 with δ = 1 where neuron and pattern agree: for q = 2 this is
/// the Hopfield network. Replica symmetric, T = 0.
public enum PottsCapacity {
  /// Where retrieval ends.
  public struct Limit: Equatable, Sendable {
    /// Patterns a neuron.
    public let load: Double
    /// m = (qP − 1)/(q − 1), with P the share of neurons in their pattern's state.
    public let overlap: Double
  }

  /// The capacity.
  ///
  /// With D the signal in units of the noise, g of q independent normal variables and w the one that
  /// wins when D is added to that of the right state, α = qX²/(q − 1) is largest, with
  ///
  ///     X = (qP − 1)/D − ⟨g_w⟩,   P = ∫ Dz Φ(z + D)^{q−1}.
  ///
  /// It is within 0.2 % of q(q − 1)/2 times 0.1379 up to q = 4, and 3 % below it at q = 10.
  ///
  /// - Parameter states: q, two or more.
  /// - Source: compare Kanter 1988.
  public static func limit(states: Int) -> Limit {
    precondition(states > 1, "\(states) states")
    let averages = Averages(signal: end(states: states), states: states)
    return Limit(load: averages.load, overlap: averages.overlap)
  }

  /// The overlap m of the retrieval state at a load; 0 above the capacity.
  public static func overlap(load: Double, states: Int) -> Double {
    precondition(load >= 0, "a load of \(load), not 0 or more")
    precondition(states > 1, "\(states) states")
    let end = end(states: states)
    guard load <= Averages(signal: end, states: states).load else { return 0 }
    // P ≤ 1 and ⟨g_w⟩ ≥ 0 bound D; a little more, for rounding.
    let others = Double(states - 1)
    let bound = 1.001 * (others * Double(states) / load).squareRoot()
    guard bound < 40 else { return 1 }
    let signal = Roots.root(in: end...max(end, bound)) {
      Averages(signal: $0, states: states).load - load
    }
    return Averages(signal: signal, states: states).overlap
  }

  /// The signal at which the load is largest.
  private static func end(states: Int) -> Double {
    Roots.root(in: 1...12) { Averages(signal: $0, states: states).slope }
  }

  private struct Averages {
    let overlap: Double
    let load: Double
    /// dX/dD.
    let slope: Double

    init(signal: Double, states: Int) {
      let q = Double(states)
      // P; dP/dD; and the winner's mean field where it is a wrong state, each of them.
      var (right, rightSlope, wrongField) = (0.0, 0.0, 0.0)
      Gaussian.forEachNode(step: 0, width: 0.5) { z, _, weight in
        let beaten = Gaussian.distribution(z + signal)
        let power = pow(beaten, q - 2)
        right += weight * power * beaten
        rightSlope += weight * power * Gaussian.density(z + signal)
        wrongField +=
          weight * z * pow(Gaussian.distribution(z), q - 2) * Gaussian.distribution(z - signal)
      }
      rightSlope *= q - 1
      // By parts, ⟨g⟩ where the right state wins is dP/dD; and d⟨g_w⟩/dD = −D dP/dD.
      let field = rightSlope + (q - 1) * wrongField
      let excess = (q * right - 1) / signal
      overlap = (q * right - 1) / (q - 1)
      load = q / (q - 1) * (excess - field) * (excess - field)
      slope = (q * rightSlope - excess) / signal + signal * rightSlope
    }
  }
}
