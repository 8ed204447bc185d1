public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Hopfield's network of 1984: neurons with graded response, in continuous time.
///
///     let network = GradedHopfieldNetwork(storing: patterns, gain: .tanh(beta: 8))
///     let recall = network.recall(from: Cue(damaged), until: 50)
///     print(recall.outcome, recall.identity.kind)      // fixedPoint stored
///
/// With potentials x, outputs v = g(x), symmetric couplings w and inputs I,
///
///     dx/dt = −x/τ + w g(x) + I
///     V = −½ Σ w_ij v_i v_j + (1/τ) Σ_i ∫₀^{v_i} g⁻¹ − Σ_i I_i v_i
///
/// V never rises along a trajectory, so that trajectories come to rest. For steep gains the stable
/// points of rest are the fixed points of the network of 1982 (w_ii = 0), and V is its energy but
/// for the middle term, which vanishes with 1 / β τ.
///
/// The equation is integrated by ``DormandPrince``; V falls up to its error.
///
/// - Complexity: six products w v a step, each O(N²), or O(N P) for few patterns.
/// - Source: Hopfield 1984, "Neurons with graded response have collective computational properties
///   like those of two-state neurons", eqs. 5 and 7 (with capacitances of 1 and one τ).
public struct GradedHopfieldNetwork: AssociativeMemory {
  /// The number of neurons, N.
  public let size: Int
  /// τ, in which a neuron forgets.
  public let tau: Double
  /// g.
  public let gain: Gain
  /// I.
  public let input: [Double]
  /// What the network was made from, where it stores patterns.
  public let patterns: PatternSet?
  /// The error allowed to a step, relative to 1 + |x|.
  ///
  /// A trajectory counts as at rest where no τ |dx/dt| exceeds 100 times as much.
  public var tolerance = 1e-10
  let couplings: GradedCouplings

  /// A network with these couplings.
  ///
  /// - Parameters:
  ///   - couplings: w, N x N, row by row: symmetric (otherwise there is no V).
  ///   - tau: τ, in which a neuron forgets.
  ///   - gain: g.
  ///   - input: I; nil for 0.
  public init(couplings: [Double], tau: Double = 1, gain: Gain, input: [Double]? = nil) {
    let size = Int(Double(couplings.count).squareRoot().rounded())
    precondition(
      size > 0 && size * size == couplings.count, "\(couplings.count) couplings are no square")
    for i in 0..<size {
      for j in 0..<i {
        let (one, other) = (couplings[i * size + j], couplings[j * size + i])
        precondition(
          abs(one - other) <= 1e-12 * max(abs(one), abs(other)),
          "w(\(i), \(j)) = \(one) and w(\(j), \(i)) = \(other) differ")
      }
    }
    let input = input ?? [Double](repeating: 0, count: size)
    self.init(.dense(couplings, size: size), tau, gain, input, nil)
  }

  /// The network that stores `patterns` by Hebb's rule, w_ij = (1/N) Σ_μ ξ_i ξ_j with w_ii = 0.
  ///
  /// With a logistic gain, whose outputs are 0 and 1, the input is −½ Σ_j w_ij: then v = (1 + s) / 2
  /// has the fixed points of the spins s.
  ///
  /// - Complexity: O(N P) numbers where P < N / 2, else N².
  public init(storing patterns: PatternSet, tau: Double = 1, gain: Gain) {
    let couplings = GradedCouplings(storing: patterns)
    let input =
      switch gain {
      case .tanh: [Double](repeating: 0, count: patterns.size)
      case .logistic:
        couplings.product(with: [Double](repeating: -0.5, count: patterns.size))
      }
    self.init(couplings, tau, gain, input, patterns)
  }

  private init(
    _ couplings: GradedCouplings, _ tau: Double, _ gain: Gain, _ input: [Double],
    _ patterns: PatternSet?
  ) {
    size = couplings.size
    precondition(input.count == size, "\(input.count) inputs for \(size) neurons")
    precondition(tau > 0 && tau.isFinite, "a tau of \(tau), not above 0")
    precondition(gain.beta > 0 && gain.beta.isFinite, "a gain of \(gain.beta), not above 0")
    precondition(
      input.allSatisfy { $0.isFinite } && couplings.isFinite, "a coupling or an input is not finite"
    )
    self.couplings = couplings
    self.tau = tau
    self.gain = gain
    self.input = input
    self.patterns = patterns
  }

  // MARK: - Energy

  /// v = g(x).
  public func outputs(at state: [Double]) -> [Double] { state.map(gain.value(at:)) }

  /// dx/dt.
  ///
  /// - Complexity: one product w v.
  public func rate(at state: [Double]) -> [Double] {
    check(state)
    return rate(at: state, held: nil)
  }

  func rate(at state: [Double], held: Pattern?) -> [Double] {
    var rate = couplings.product(with: outputs(at: state))
    for i in rate.indices {
      rate[i] = held.map { $0[i] > 0 } ?? false ? 0 : rate[i] + input[i] - state[i] / tau
    }
    return rate
  }

  /// V, the Lyapunov function, at the potentials `state`.
  ///
  /// - Complexity: one product w v.
  public func energy(of state: [Double]) -> Double {
    check(state)
    let outputs = outputs(at: state)
    let product = couplings.product(with: outputs)
    var energy = 0.0
    for (i, v) in outputs.enumerated() {
      energy += -0.5 * v * product[i] + gain.inverseIntegral(to: v) / tau - input[i] * v
    }
    return energy
  }

  func check(_ state: [Double]) {
    precondition(state.count == size, "\(state.count) potentials for \(size) neurons")
    precondition(state.allSatisfy { $0.isFinite }, "a potential is not finite")
  }
}
