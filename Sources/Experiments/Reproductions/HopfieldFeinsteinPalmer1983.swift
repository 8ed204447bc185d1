internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots

extension Reproduction {
  /// Unlearning: dreams weaken what the network falls into from nowhere.
  ///
  /// The paper's numbers come from a few networks of 32 neurons; its claims are of a shape, which is what is
  /// tested: from random states memories are reached more often, all nearly as often as each other, and
  /// spurious states less.
  static let hopfieldFeinsteinPalmer1983 = Reproduction(
    name: "hopfield-feinstein-palmer-1983",
    source: "Hopfield, Feinstein and Palmer 1983, Nature 304, 158",
    summary: "unlearning: memories are reached more often and more evenly"
  ) { laboratory in
    let (size, count) = (64, 8)
    let doses = [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]
    let networks = laboratory.pick(quick: 100, full: 1_000)
    let starts = 200
    let runs = laboratory.trials("\(count) memories", networks) { _, random in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      let cues = (0..<starts).map { _ in Pattern.random(size: size, using: &random) }
      let seed = random.next()
      return doses.map { dose in
        UnlearningRun(
          patterns, dreams: Int((dose * Double(count) / 0.01).rounded()), seed: seed, from: cues)
      }
    }
    func estimates(_ value: (UnlearningRun) -> Double) -> [Estimate] {
      doses.indices.map { k in Estimate(of: runs.map { value($0[k]) }) }
    }
    let reached = estimates(\.reached)
    let spurious = estimates(\.spuriousVisits)
    let states = estimates { Double($0.spuriousStates) }
    let unevenness = estimates(\.unevenness)
    let stable = estimates(\.stable)
    let best = doses.firstIndex(of: 0.8)!
    /// Whether a change from no dreams to the best dose goes up or down, beyond the errors: the networks
    /// are the same, so that their differences count.
    func change(
      _ quantity: String, rises: Bool, note: String, _ value: @escaping (UnlearningRun) -> Double
    ) -> Finding {
      let difference = Estimate(of: runs.map { value($0[best]) - value($0[0]) })
      let sign = rises ? 1.0 : -1
      return Finding(
        quantity, ours: difference.value,
        holds: sign * difference.value > Finding.standardErrors * difference.error, note: note)
    }
    func from(_ values: [Estimate]) -> String {
      "from \(rounded(values[0].value)) to \(rounded(values[best].value))"
    }
    let findings = [
      change(
        "starts that reach a memory: change by 640 dreams", rises: true,
        note: "rises \(from(reached)), ε = 0.01, \(count) memories of \(size) neurons", \.reached),
      change(
        "starts that end in the same other state: change", rises: false,
        note: "the mean over these states, of \(starts) starts: falls \(from(spurious))",
        \.spuriousVisits),
      change(
        "how unequally often memories are reached: change", rises: false,
        note: "variance over squared mean, less what chance makes: falls \(from(unevenness))",
        \.unevenness),
      change(
        "memories that are fixed points: change", rises: true, note: "rises \(from(stable))",
        \.stable),
      Finding(
        "different other states that are reached: change", published: nil,
        ours: Estimate(of: runs.map { Double($0[best].spuriousStates - $0[0].spuriousStates) }),
        why:
          "the paper speaks of how often each is reached: more shallow ones take the place of deep "
          + "ones, \(from(states))"),
      Finding(
        "starts that reach a memory after 960 dreams", published: nil, ours: reached[6],
        why: "the paper does not print it: too much unlearns everything"),
    ]
    let shares = Plot("Memories", x: "dose ε D / P of D dreams", y: "share")
      .subtitle("\(count) memories of \(size) neurons").yAxis(in: 0...1.02)
      .line(doses, reached.map(\.value)).line(doses, stable.map(\.value))
      .points(
        doses, reached.map(\.value), errors: reached.map(\.error), label: "starts to a memory"
      )
      .points(
        doses, stable.map(\.value), errors: stable.map(\.error), label: "memories that are fixed")
    let visits = Plot(
      "Spurious states", x: "dose ε D / P of D dreams", y: "starts a state, of \(starts)"
    ).line(doses, spurious.map(\.value))
      .points(
        doses, spurious.map(\.value), errors: spurious.map(\.error), label: "other states")
    return Report(findings, figure: Panels([shares, visits], title: "Unlearning").svg)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

/// Where random starts end after some dreams.
struct UnlearningRun {
  /// The share that ends in a memory or its reverse, bit for bit.
  let reached: Double
  /// The number of different other states that starts end in, a state and its reverse counted once.
  let spuriousStates: Int
  /// How many starts each of these gets, on average; 0 where there are none.
  let spuriousVisits: Double
  /// The variance of the memories' shares over their squared mean, less what equal chances would make; 0
  /// where none is reached.
  let unevenness: Double
  /// The share of memories that are fixed points.
  let stable: Double

  init(_ patterns: PatternSet, dreams: Int, seed: UInt64, from starts: [Pattern]) {
    var hits = [Int](repeating: 0, count: patterns.count)
    var spurious: Set<Pattern> = []
    var stable = 0
    // Learning by this rule can't fail.
    if let network = try? HopfieldNetwork(
      storing: patterns, by: .unlearning(dreams: dreams, seed: seed), threads: 1)
    {
      stable = network.unstableBits(threads: 1).count { $0 == 0 }
      for start in starts {
        let end = network.recall(start, random: SeededGenerator(seed: 0)).state
        if let k = patterns.indices.first(where: {
          abs(patterns[$0].dot(end)) == patterns.size
        }) {
          hits[k] += 1
        } else {
          spurious.insert(end[0] > 0 ? end : -end)
        }
      }
    }
    let mean = Double(hits.reduce(0, +)) / Double(hits.count)
    spuriousStates = spurious.count
    spuriousVisits =
      Double(starts.count - hits.reduce(0, +)) / Double(max(spurious.count, 1))
    reached = mean * Double(hits.count) / Double(starts.count)
    let squares = hits.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let variance = squares / Double(max(hits.count - 1, 1))
    unevenness = mean > 0 ? (variance - mean) / (mean * mean) : 0
    self.stable = Double(stable) / Double(patterns.count)
  }
}
