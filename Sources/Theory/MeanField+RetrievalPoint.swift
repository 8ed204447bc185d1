#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#else
  internal import Musl
#endif

extension MeanField {
  /// Averages over the noise of a site, with t = tanh β(m + sz) and S = 1 − t²; s is √(αr).
  struct Moments {
    /// ∫ Dz t.
    var first = 0.0
    /// ∫ Dz t².
    var q = 0.0
    /// ∫ Dz S = 1 − q, to its own relative accuracy.
    var complement = 0.0
    /// ∫ Dz S².
    var fourth = 0.0
    /// ∫ Dz zS.
    var slopeOfFirst = 0.0
    /// ∫ Dz tS.
    var skewness = 0.0
    /// ∫ Dz ztS.
    var slopeOfSquare = 0.0

    init(overlap: Double, noise: Double, temperature: Double) {
      forEachField(overlap: overlap, noise: noise, temperature: temperature) { z, u, weight in
        let decay = exp(-2 * abs(u))
        let size = (1 - decay) / (1 + decay)
        let t = u < 0 ? -size : size
        let weighted = weight * 4 * decay / ((1 + decay) * (1 + decay))
        first += weight * t
        q += weight * t * t
        complement += weighted
        fourth += weighted * (1 - size) * (1 + size)
        slopeOfFirst += weighted * z
        skewness += weighted * t
        slopeOfSquare += weighted * z * t
      }
    }
  }

  /// ∫ Dz T ln cosh β(m + sz), and the entropy of a spin in the field, ∫ Dz (ln 2cosh u − u tanh u).
  static func localField(
    overlap: Double, noise: Double, temperature: Double
  ) -> (size: Double, entropy: Double) {
    var size = 0.0
    var entropy = 0.0
    forEachField(overlap: overlap, noise: noise, temperature: temperature) { _, u, weight in
      let decay = exp(-2 * abs(u))
      let excess = log1p(decay)
      let sine = sinh(min(abs(u), 1))
      // To its own relative accuracy where the fields are weak.
      let logCosh = abs(u) < 1 ? 0.5 * log1p(sine * sine) : abs(u) + (excess - log(2))
      size += weight * temperature * logCosh
      if decay > 0 { entropy += weight * (excess + 2 * abs(u) * decay / (1 + decay)) }
    }
    return (size, entropy)
  }

  /// Visits u = β(m + sz) under Dz.
  private static func forEachField(
    overlap: Double, noise: Double, temperature: Double,
    _ body: (_ z: Double, _ u: Double, _ weight: Double) -> Void
  ) {
    guard noise > 0 else { return body(0, overlap / temperature, 1) }
    Gaussian.forEachNode(step: -overlap / noise, width: temperature / noise, body)
  }

  /// A retrieval state found from the temperature and the noise √(αr) that the other patterns make;
  /// the load follows.
  ///
  /// For given T the equations are solved by one curve: m is the only positive solution of
  /// m = ∫ Dz tanh β(m + sz), whose right side is concave, and α = s²(1 − C)²/q. Along it, as s
  /// grows, α rises from 0 to the retrieval limit, and falls back to 0 where m vanishes. The rising
  /// part is metastable, the other part unstable.
  struct RetrievalPoint {
    let temperature: Double
    let noise: Double
    let overlap: Double
    let moments: Moments

    /// Nil where the noise leaves no overlap.
    ///
    /// - Parameters:
    ///   - temperature: T, above 0 and below 1.
    ///   - noise: s = √(αr).
    ///   - bound: An overlap that is not below the solution.
    init?(temperature: Double, noise: Double, below bound: Double = 1) {
      var moments = Moments(overlap: bound, noise: noise, temperature: temperature)
      var isFirst = true
      let overlap = FixedPoint.ofConcaveMap(below: bound) { m in
        if !isFirst { moments = Moments(overlap: m, noise: noise, temperature: temperature) }
        isFirst = false
        return (moments.first, moments.complement / temperature)
      }
      guard overlap > 1e-9, moments.complement < temperature else { return nil }
      self.temperature = temperature
      self.noise = noise
      self.overlap = overlap
      self.moments = moments
    }

    var susceptibility: Double { moments.complement / temperature }
    /// 1 − C.
    var gain: Double { 1 - susceptibility }
    var r: Double { moments.q / (gain * gain) }
    var load: Double { noise * noise / r }

    /// d ln α / d ln s along the curve: 2 without noise, 0 at the retrieval limit.
    ///
    ///     dm/ds = β ∫ Dz zS / (1 − C),   dq/ds = 2β ∫ Dz (z + dm/ds) tS
    ///     d ln α / d ln s = 2 + s dq/ds [2β/(1 − C) − 1/q]
    var slope: Double {
      let slopeOfOverlap = moments.slopeOfFirst / (temperature - moments.complement)
      let slopeOfQ =
        2 * (moments.slopeOfSquare + slopeOfOverlap * moments.skewness) / temperature
      return 2 + noise * slopeOfQ * (2 / (temperature - moments.complement) - 1 / moments.q)
    }

    func state(load: Double) -> State {
      State(
        load: load, temperature: temperature, overlap: overlap, noise: noise, gain: gain, r: r,
        moments: moments)
    }

    /// The end of the rising part: the retrieval limit at this temperature.
    ///
    /// Nil where it cannot be told from T = 1.
    static func limit(temperature: Double) -> RetrievalPoint? {
      guard let start = RetrievalPoint(temperature: temperature, noise: 0) else { return nil }
      // Beyond √(2/π) = 0.798 no noise leaves an overlap, at any temperature.
      let noise = Roots.root(in: 0...0.9) { noise in
        RetrievalPoint(temperature: temperature, noise: noise)?.slope ?? -1
      }
      return RetrievalPoint(temperature: temperature, noise: noise) ?? start
    }
  }
}
