internal import HopfieldKernels

/// How a graded neuron answers: its output v = g(x) for the potential x.
///
///     let gain = Gain.tanh(beta: 4)
///     print(gain.value(at: 0.5), gain.inverse(of: gain.value(at: 0.5)))
///
/// The greater β, the closer to a step; the limit is the neuron of 1982.
///
/// - Source: Hopfield 1984, "Neurons with graded response have collective computational properties
///   like those of two-state neurons".
public enum Gain: Hashable, Sendable {
  /// g(x) = tanh(β x), from −1 to 1: spins in the limit.
  case tanh(beta: Double)
  /// g(x) = 1 / (1 + exp(−β x)), from 0 to 1: the 0/1 neurons of 1982 in the limit.
  case logistic(beta: Double)

  /// β.
  public var beta: Double {
    switch self {
    case .tanh(let beta), .logistic(let beta): beta
    }
  }

  /// g(x).
  public func value(at x: Double) -> Double {
    switch self {
    case .tanh(let beta): hyperbolicTangent(beta * x)
    case .logistic(let beta):
      // Exponentials of negative numbers only: nothing overflows.
      x >= 0
        ? 1 / (1 + exponential(-beta * x)) : exponential(beta * x) / (1 + exponential(beta * x))
    }
  }

  /// g'(x): β (1 − v²) for tanh, β v (1 − v) for the logistic function.
  public func derivative(at x: Double) -> Double {
    let decay = beta * abs(x)
    switch self {
    case .tanh:
      let q = exponential(-2 * decay)
      return beta * (2 / (1 + q)) * (2 * q / (1 + q))
    case .logistic:
      let q = exponential(-decay)
      return beta * (1 / (1 + q)) * (q / (1 + q))
    }
  }

  /// g⁻¹(v): infinite at the ends of the range, NaN outside.
  public func inverse(of v: Double) -> Double {
    switch self {
    case .tanh(let beta): (logarithmOnePlus(v) - logarithmOnePlus(-v)) / (2 * beta)
    case .logistic(let beta): (logarithm(v) - logarithmOnePlus(-v)) / beta
    }
  }

  /// ∫₀^v g⁻¹: the term of the Lyapunov function; finite up to the ends of the range.
  ///
  /// For tanh [(1 + v) ln(1 + v) + (1 − v) ln(1 − v)] / 2 β, which is x v − ln cosh(β x) / β; for
  /// the logistic function [v ln v + (1 − v) ln(1 − v)] / β.
  public func inverseIntegral(to v: Double) -> Double {
    switch self {
    case .tanh(let beta): (entropic(v) + entropic(-v)) / (2 * beta)
    case .logistic(let beta): ((v > 0 ? v * logarithm(v) : 0) + entropic(-v)) / beta
    }
  }

  /// The output towards which high gain drives a potential of this sign.
  public func limit(of spin: Int) -> Double {
    switch self {
    case .tanh: spin > 0 ? 1 : -1
    case .logistic: spin > 0 ? 1 : 0
    }
  }

  /// (1 + v) ln(1 + v), 0 at v = −1.
  private func entropic(_ v: Double) -> Double { v > -1 ? (1 + v) * logarithmOnePlus(v) : 0 }
}
