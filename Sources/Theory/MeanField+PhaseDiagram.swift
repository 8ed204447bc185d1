#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

/// The lines of the phase diagram of load and temperature.
///
///     let temperatures = Array(stride(from: 0, through: 1, by: 0.02))
///     let retrieval = temperatures.map { MeanField.retrievalLimit(temperature: $0) }
///     let thermodynamic = temperatures.map { MeanField.thermodynamicLimit(temperature: $0) }
///
/// Both lines lean over near T = 0: they bulge to greater loads before they fall. This is a fault of
/// replica symmetry, which is unstable there (`replicaSymmetryTemperature`).
extension MeanField {
  /// α_M(T): retrieval states exist up to this load; 0.1379 at T = 0, and 0 from T = 1 on.
  ///
  /// α_M ≈ ((1 − T)/1.954)² near T = 1.
  ///
  /// - Complexity: some 60 passes of a quadrature.
  public static func retrievalLimit(temperature: Double = 0) -> Double {
    continued(to: temperature) { retrievalLimitState(temperature: $0).load }
  }

  /// The retrieval state at the retrieval limit α_M(T), where it disappears.
  ///
  ///     let critical = MeanField.retrievalLimitState()
  ///     print(critical.load, critical.overlap, critical.errorFraction)  // 0.1379, 0.967, 0.0163
  public static func retrievalLimitState(temperature: Double = 0) -> State {
    check(0, temperature)
    guard temperature > coldest else { return criticalState }
    guard temperature < 1, let point = RetrievalPoint.limit(temperature: temperature) else {
      return spinGlass(load: 0, temperature: temperature)
    }
    return point.state(load: point.load)
  }

  /// α_c(T): up to this load the retrieval state has the least free energy; 0.0519 at T = 0, and 0
  /// from T = 1 on.
  ///
  /// Between α_c(T) and α_M(T) memories are metastable. α_c ≈ ((1 − T)/2.60)² near T = 1.
  ///
  /// - Complexity: some 200 passes of a quadrature.
  public static func thermodynamicLimit(temperature: Double = 0) -> Double {
    check(0, temperature)
    guard temperature > coldest else {
      return Roots.root(in: 0.04...0.06) { load in
        frozenRetrieval(load: load)!.freeEnergy - frozenSpinGlass(load: load).freeEnergy
      }
    }
    return continued(to: temperature) { temperature in
      let excess = { (point: RetrievalPoint) in
        point.state(load: point.load).freeEnergy
          - spinGlass(load: point.load, temperature: temperature).freeEnergy
      }
      let point = { (noise: Double) in RetrievalPoint(temperature: temperature, noise: noise)! }
      let limit = RetrievalPoint.limit(temperature: temperature)!.noise
      return point(Roots.root(in: limit / 10...limit) { excess(point($0)) }).load
    }
  }

  /// A line of the diagram, continued to T = 1 as a parabola where its points are lost in rounding.
  private static func continued(to temperature: Double, _ load: (Double) -> Double) -> Double {
    let last = 1 - 1e-5
    guard temperature > last else { return load(temperature) }
    let ratio = max(0, 1 - temperature) / (1 - last)
    return ratio * ratio * load(last)
  }

  /// The temperatures at which retrieval states exist, nil if there are none.
  ///
  ///     print(MeanField.retrievalTemperatures(load: 0.1)!)    // 0.0...0.31543222368179763
  ///     print(MeanField.retrievalTemperatures(load: 0.138)!)  // not down to 0
  ///
  /// The upper end is T_M(α). The lower end is 0 up to the load α_c = 0.1379; from there to the tip
  /// of the line at 0.1382 (`retrievalTip`) retrieval also needs some warmth.
  public static func retrievalTemperatures(load: Double) -> ClosedRange<Double>? {
    check(load, 0)
    guard load <= retrievalTip.load else { return nil }
    // √α is nearly linear in T next to T = 1.
    let excess = { (temperature: Double) in
      retrievalLimit(temperature: temperature).squareRoot() - load.squareRoot()
    }
    return temperatures(around: retrievalTip.temperature, where: excess)
  }

  /// The temperatures at which the retrieval state has the least free energy, nil if there are none.
  ///
  /// The upper end is T_c(α). The lower end is 0 up to a load of 0.0519; from there to the tip at
  /// 0.0531 the spin glass is lower at T = 0.
  public static func thermodynamicTemperatures(load: Double) -> ClosedRange<Double>? {
    check(load, 0)
    guard load <= thermodynamicTip.load else { return nil }
    let excess = { (temperature: Double) in
      thermodynamicLimit(temperature: temperature).squareRoot() - load.squareRoot()
    }
    return temperatures(around: thermodynamicTip.temperature, where: excess)
  }

  /// The retrieval state of the greatest load at which there is one: α = 0.13819 at T = 0.0229.
  public static let retrievalTip: State = {
    let top = Roots.maximum(in: 0.005...0.06) { retrievalLimit(temperature: $0) }
    return retrievalLimitState(temperature: top.x)
  }()

  /// The greatest load at which the retrieval state has the least free energy, and its temperature:
  /// α = 0.0531 at T = 0.085.
  public static let thermodynamicTip: (load: Double, temperature: Double) = {
    let top = Roots.maximum(in: 0.03...0.2) { thermodynamicLimit(temperature: $0) }
    return (top.value, top.x)
  }()

  /// The range around `top` where a function that falls on either side of it is not negative.
  private static func temperatures(
    around top: Double, where excess: (Double) -> Double
  ) -> ClosedRange<Double> {
    guard excess(top) > 0 else { return top...top }
    var lower = 0.0
    if excess(0) < 0 { lower = Roots.root(in: 0...top, of: excess) }
    return lower...Roots.root(in: top...1, of: excess)
  }

  /// T_R(α), below which replica symmetry is unstable in the retrieval states; nil without them.
  ///
  /// At low temperature the eigenvalue of de Almeida and Thouless vanishes at
  ///
  ///     T_R = (4/3) α φ(m/s) / (s (1 − C)²),   s = √(αr),
  ///
  /// so that T_R ≈ √(8α/9π) exp(−1/2α) for α → 0; at α = 0.1 this limit is already 22 % low. Next to
  /// the tip of the retrieval line, from α = 0.13818 on, all of the range is unstable and T_R is its
  /// upper end. In the spin glass replica symmetry is unstable at every temperature below T_g.
  ///
  /// - Source: de Almeida and Thouless 1978, J. Phys. A 11, 983; Amit, Gutfreund and Sompolinsky
  ///   1987.
  public static func replicaSymmetryTemperature(load: Double) -> Double? {
    guard let range = retrievalTemperatures(load: load) else { return nil }
    guard load > 0 else { return 0 }
    let ground = frozenRetrieval(load: min(load, criticalState.load))!
    let noise = (ground.load * ground.r).squareRoot()
    let gain = 1 - ground.susceptibility
    let estimate =
      4 / 3 * ground.load * Gaussian.density(ground.overlap / noise) / (noise * gain * gain)
    // Its error is of the order of T_R.
    guard estimate > 1e-12 else { return estimate }
    // In ln T the ratio of the eigenvalue's terms is nearly a straight line of slope −1.
    let excess = { (logTemperature: Double) -> Double in
      let temperature = exp(logTemperature)
      // At the ends of the range rounding may miss the state that is just vanishing.
      let state =
        retrieval(load: load, temperature: temperature)
        ?? retrievalLimitState(temperature: temperature)
      let gain = (1 - state.susceptibility) * (1 - state.susceptibility)
      return log(1 - state.replicaStability / gain)
    }
    let lower = max(range.lowerBound, estimate / 4)
    let upper = min(range.upperBound, estimate * 4)
    guard excess(log(upper)) < 0 else { return upper }
    return exp(Roots.root(in: log(lower)...log(upper), of: excess))
  }
}
