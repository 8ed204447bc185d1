internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// How many memories of a network of 100 neurons are stable.
  ///
  /// The paper's units are 0 and 1 with thresholds 0, for which the expected share at n = 10 is .61; units
  /// of ±1 hold more. Both are compared with the exact rates of a bit at finite N.
  static let hopfield1982 = Reproduction(
    name: "hopfield-1982",
    source: "Hopfield 1982, Proc. Natl. Acad. Sci. 79, 2554",
    summary: "the share of memories that are stable, N = 100"
  ) { laboratory in
    let size = 100
    let networks = laboratory.pick(quick: 600, full: 20_000)
    var findings: [Finding] = []
    for (count, simulated, predicted) in [(5, nil, nil), (10, 0.6, 0.4), (15, nil, nil)]
      as [(Int, Double?, Double?)]
    {
      let shares = laboratory.trials("\(count) memories", networks) { _, random in
        let patterns = PatternSet.random(count: count, size: size, using: &random)
        let spins = HopfieldNetwork(storing: patterns)
        let units = HopfieldNetwork(
          storing: patterns, unitThresholds: [Double](repeating: 0, count: size))
        func stable(_ network: HopfieldNetwork) -> Double {
          Double(network.unstableBits(threads: 1).count { $0 == 0 }) / Double(count)
        }
        return (units: stable(units), spins: stable(spins))
      }
      let units = Estimate(of: shares.map(\.units))
      let spins = Estimate(of: shares.map(\.spins))
      if let simulated {
        findings.append(
          Finding(
            "stable of \(count) memories, units 0/1", published: simulated, error: 0.03,
            printed: 0.1, ours: units,
            note: "the paper's simulation, of unstated length: taken as some hundred memories"))
      } else {
        findings.append(
          Finding(
            "stable of \(count) memories, units 0/1", published: nil, ours: units,
            why: "the paper prints n = 10 alone"))
      }
      if let predicted {
        findings.append(
          Finding(
            "the paper's estimate for \(count)", published: predicted, ours: units,
            why: "the estimate takes the fields as normal, and bits as independent"))
      }
      // Bits of one pattern are nearly independent, not quite: shown, not judged.
      findings.append(
        Finding(
          "stable of \(count) memories, units ±1",
          published: Capacity.exactPatternProbability(patterns: count, size: size), ours: spins,
          why: "the theory takes the bits of a pattern as independent"))
    }
    return Report(findings)
  }
}
