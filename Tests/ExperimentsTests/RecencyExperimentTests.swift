import HopfieldExperiments
import HopfieldPatterns
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

@Suite struct RecencyExperimentTests {
  private static let size = 40
  private static let count = 40
  /// Ages of 0, 2 and 4 patterns.
  private static let ages = 3

  /// The overlaps with the patterns of each age, with couplings grown pattern by pattern.
  private func plain(
    _ learn: (_ coupling: Double, _ product: Double) -> Double
  ) -> [Estimate] {
    let size = Self.size
    return plainTrials(40) { random in
      let patterns = random.patterns(Self.count, size: size)
      var couplings = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
      for pattern in patterns {
        let spins = pattern.spins.map(Double.init)
        for i in 1..<size {
          for j in 0..<i {
            let learned = learn(couplings[i][j], spins[i] * spins[j])
            couplings[i][j] = learned
            couplings[j][i] = learned
          }
        }
      }
      let network = ReferenceNetwork(couplings: couplings)
      return [0, 2, 4].map { age in
        let pattern = patterns[Self.count - 1 - age]
        return pattern.overlap(with: network.relax(pattern).state)
      }
    }
  }

  private func check(_ scheme: RecencyExperiment.Scheme, _ plain: [Estimate]) {
    let rows = RecencyExperiment(
      scheme: scheme, size: Self.size, patterns: Self.count, ages: Self.ages, trials: 150, seed: 3
    ).measure()
    #expect(rows.map(\.age) == [0, 0.05, 0.1])
    for (row, plain) in zip(rows, plain) {
      let overlap = Estimate(row.overlap, error: row.standardError)
      #expect(overlap.deviation(from: plain) < 4 || row.overlap == plain.value, "\(row)")
    }
    #expect(rows[0].overlap > rows[2].overlap)
  }

  /// Each new pattern with the weight ε/N, and all earlier ones faded by exp(−ε²/2N).
  @Test func fadingIsThatOfPlainSums() {
    let (strength, size) = (3.0, Double(Self.size))
    let kept = exp(-strength * strength / 2 / size)
    check(.marginalist(strength: strength), plain { kept * $0 + strength / size * $1 })
  }

  /// Synapses that stop at ±2 of 1/N: ⌊0.4 √40⌋ = 2.
  @Test func boundsAreThoseOfPlainSums() {
    check(.bounded(bound: 0.4), plain { max(-2, min(2, $0 + $1)) })
  }

  @Test func theSpanIsWhereHalfAreRetrieved() {
    let experiment = RecencyExperiment(size: 40, patterns: 20, ages: 3, trials: 2, seed: 1)
    var rows = experiment.measure()
    for (k, share) in [1, 0.75, 0.25].enumerated() { rows[k].retrieved = share }
    let findings = experiment.findings(from: rows)
    #expect(findings.map(\.name) == ["span"])
    #expect(abs(findings[0].value - 0.075) < 1e-12)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> RecencyExperiment {
      RecencyExperiment(size: 40, patterns: 20, ages: 3, trials: 4, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: ["theory", "share retrieved"])
  }
}
