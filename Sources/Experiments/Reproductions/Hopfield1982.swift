internal import HopfieldClassical
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// How many memories of a network of 100 neurons are stable.
  ///
  /// The paper's units are 0 and 1 with thresholds 0, whose fields are sums over the units that are on; units
  /// of ±1 hold more. Of both the exact rate of a wrong bit is known at finite N.
  static let hopfield1982 = Reproduction(
    name: "hopfield-1982",
    source: "Hopfield 1982, Proc. Natl. Acad. Sci. 79, 2554",
    summary: "the share of memories that are stable, N = 100"
  ) { laboratory in
    let size = 100
    let networks = laboratory.pick(quick: 400, full: 20_000)
    let counts = [3, 5, 8, 10, 12, 15, 20]
    let measured = counts.map { count in
      StableMemories.Shares(
        of: laboratory.trials("\(count) memories", networks) { _, random in
          StableMemories(count: count, size: size, random: &random)
        })
    }
    var findings: [Finding] = []
    let others = [(count: 5, units: 0.99, spins: 1.0), (10, 0.61, 0.98), (15, 0.16, 0.72)]
    for (count, units, spins) in others {
      let found = measured[counts.firstIndex(of: count)!]
      if count == 10 {
        findings += [
          Finding(
            "stable of 10 memories, units 0/1", published: 0.6, printed: 0.1,
            ours: found.stableUnits, note: "the paper's simulation"),
          Finding(
            "the same if bits were independent", published: 0.4, printed: 0.1,
            ours: Estimate(
              StableMemories.independentEstimate(count: count, size: size), error: 0),
            note: "the paper's estimate, with normal fields: too low, for errors come in company"),
        ]
      }
      findings += [
        beside(units, "stable of \(count) memories, units 0/1", found.stableUnits, count),
        Finding(
          "wrong bits of \(count) memories each, units 0/1",
          published: StableMemories.wrongBits(count: count, size: size), ours: found.wrongUnits,
          note: "the exact expectation"),
        beside(spins, "stable of \(count) memories, units ±1", found.stableSpins, count),
        Finding(
          "wrong bits of \(count) memories each, units ±1",
          published: Capacity.expectedWrongBits(patterns: count, size: size),
          ours: found.wrongSpins, note: "the exact expectation"),
      ]
    }
    let x = counts.map(Double.init)
    let fine = Array(2...20)
    let plot = Plot("Stable memories", x: "memories *n*", y: "share that is stable")
      .subtitle("N = \(size)").yAxis(in: 0...1.02)
      .line(
        fine.map(Double.init),
        fine.map { StableMemories.independentEstimate(count: $0, size: size) },
        label: "0/1, independent bits"
      )
      .line(
        fine.map(Double.init),
        fine.map { Capacity.exactPatternProbability(patterns: $0, size: size) },
        label: "±1, theory"
      )
      .points(
        x, measured.map(\.stableUnits.value), errors: measured.map(\.stableUnits.error),
        label: "units 0/1"
      )
      .points(
        x, measured.map(\.stableSpins.value), errors: measured.map(\.stableSpins.error),
        label: "units ±1")
    return Report(findings, figure: plot.svg)
  }

  /// Our share beside an independent simulation's of 60 networks, which has the error of so many memories.
  private static func beside(
    _ share: Double, _ quantity: String, _ ours: Estimate, _ count: Int
  ) -> Finding {
    let memories = 60 * count
    let error = Estimate(successes: Int(share * Double(memories)), of: memories).error
    return Finding(
      quantity, published: share, error: error, printed: 0.01, ours: ours,
      note: "beside an independent simulation of 60 networks, not the paper's")
  }
}

/// A network of random memories, once of units 0 and 1 with thresholds 0, once of units ±1.
struct StableMemories {
  let size: Int
  /// The wrong bits of each memory after one step.
  let wrongUnits: [Int]
  let wrongSpins: [Int]

  init(count: Int, size: Int, random: inout SeededGenerator) {
    self.size = size
    let patterns = PatternSet.random(count: count, size: size, using: &random)
    let thresholds = [Double](repeating: 0, count: size)
    wrongUnits = HopfieldNetwork(storing: patterns, unitThresholds: thresholds)
      .unstableBits(threads: 1)
    wrongSpins = HopfieldNetwork(storing: patterns).unstableBits(threads: 1)
  }

  /// Means over networks.
  struct Shares {
    let stableUnits: Estimate
    let stableSpins: Estimate
    let wrongUnits: Estimate
    let wrongSpins: Estimate

    init(of networks: [StableMemories]) {
      func share(_ wrong: [Int]) -> Double {
        Double(wrong.count { $0 == 0 }) / Double(wrong.count)
      }
      func mean(_ wrong: [Int]) -> Double { Double(wrong.reduce(0, +)) / Double(wrong.count) }
      stableUnits = Estimate(of: networks.map { share($0.wrongUnits) })
      stableSpins = Estimate(of: networks.map { share($0.wrongSpins) })
      // Where hardly a bit is wrong, the spread of a few networks says nothing: then bits count.
      func rate(_ wrong: [[Int]]) -> Estimate {
        let spread = Estimate(of: wrong.map(mean))
        let bits = Estimate(
          successes: wrong.joined().reduce(0, +), of: wrong.joined().count * networks[0].size)
        return Estimate(
          spread.value, error: max(spread.error, bits.error * Double(networks[0].size)))
      }
      wrongUnits = rate(networks.map(\.wrongUnits))
      wrongSpins = rate(networks.map(\.wrongSpins))
    }
  }

  /// The paper's estimate: N/2 units are on, the field of a unit is N/2 and a normal noise of variance
  /// (n − 1) N/2, and no bit is to be wrong.
  static func independentEstimate(count: Int, size: Int) -> Double {
    guard count > 1 else { return 1 }
    let error = Capacity.oneStepError(load: 2 * Double(count - 1) / Double(size))
    return exp(-Double(size) * error)
  }

  /// The expected number of a memory's wrong bits with units 0 and 1 and thresholds 0.
  ///
  /// If k of the other units are on, the unit's field is k and a sum of k (n − 1) independent ±1, as in a
  /// network of k + 1 spins; k is binomial.
  static func wrongBits(count: Int, size: Int) -> Double {
    var probability = pow(0.5, Double(size - 1))
    var rate = 0.0
    for on in 1..<size {
      probability *= Double(size - on) / Double(on)
      rate += probability * Capacity.bitRates(patterns: count, size: on + 1).error
    }
    return Double(size) * rate
  }
}
