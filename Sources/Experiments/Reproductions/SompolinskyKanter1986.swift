internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// How long a network with delayed transitions stays in each pattern of a sequence.
  ///
  /// The formulas are for few patterns and no crosstalk: with orthogonal patterns they hold to the step.
  /// For the exponential delay that is the first stay after a long one: in a running sequence older
  /// patterns count as well.
  static let sompolinskyKanter1986 = Reproduction(
    name: "sompolinsky-kanter-1986",
    source: "Sompolinsky and Kanter 1986, Phys. Rev. Lett. 57, 2861",
    summary: "how long a sequence with delayed transitions stays in each pattern"
  ) { laboratory in
    let strengths = [1.2, 1.5, 2, 4]
    let time = laboratory.pick(quick: 200, full: 1_000)
    // P / N is what a network without self-couplings lacks.
    let orthogonal = Stays.orthogonalPatterns(
      count: 4, size: laboratory.pick(quick: 1 << 14, full: 1 << 16))
    var findings: [Finding] = []
    var firsts: [Double] = []
    for strength in strengths {
      let stay =
        Stays.first(
          of: orthogonal, delay: .exponential(time: Double(time)), strength: strength)
      firsts.append(stay)
      findings.append(
        Finding(
          "exponential delay, λ = \(strength): first stay / τ",
          published: Sequences.dwellTime(strength: strength, delay: .exponential),
          printed: 2 / Double(time), ours: Estimate(stay, error: 0),
          note: "orthogonal patterns, τ = \(time) steps: to a step"))
    }
    var evens: [Double] = []
    for strength in strengths {
      let stays = Stays.running(
        of: orthogonal, delay: .step(time: time), strength: strength, count: 6)
      let mean = Estimate(of: stays).value
      evens.append(mean)
      findings.append(
        Finding(
          "step delay, λ = \(strength): stays / τ",
          published: Sequences.dwellTime(strength: strength, delay: .step),
          printed: 2 / Double(time), ours: Estimate(mean, error: 0),
          note:
            "orthogonal patterns, running sequence: (1 + 1/λ)/2 by the paper's balance of fields"))
    }
    var running: [Estimate] = []
    for strength in strengths.dropLast() {
      let size = laboratory.pick(quick: 5_000, full: 20_000)
      let stays = laboratory.trials(
        "running sequence, λ = \(strength)", laboratory.pick(quick: 4, full: 16)
      ) { _, random in
        let patterns = PatternSet.random(count: 4, size: size, using: &random)
        let stays = Stays.running(
          of: patterns, delay: .exponential(time: 50), strength: strength, count: 8)
        return Estimate(of: stays).value
      }
      running.append(Estimate(of: stays))
      findings.append(
        Finding(
          "exponential delay, λ = \(strength): running sequence / τ",
          published: Sequences.dwellTime(strength: strength, delay: .exponential),
          ours: running.last!,
          why: "the formula is for the first stay after a long one: here older patterns count too"))
    }
    let steps = laboratory.pick(quick: 50, full: 200)
    let (sizes, random) = Stays.randomPatterns(strength: 2, time: steps, laboratory)
    for (kernel, values) in zip([Sequences.Delay.exponential, .step], random) {
      let fit = Extrapolation(of: values, at: sizes, exponent: 0.5)
      findings.append(
        Finding(
          "\(kernel) delay, λ = 2: random patterns, N → ∞",
          published: Sequences.dwellTime(strength: 2, delay: kernel), printed: 1 / Double(steps),
          ours: fit.limit,
          note: "first stay, fit in N^−1/2 (crosstalk) from N = \(sizes[0]) to \(sizes.last!), "
            + "read to half a step of τ = \(steps)"))
    }
    let weak = Stays.first(of: orthogonal, delay: .step(time: 10), strength: 0.9, limit: 100)
    findings.append(
      Finding(
        "λ = 0.9: stay / τ, at least", ours: weak, holds: weak >= 100,
        note: "at λ ≤ 1 a pattern is never left"))

    let fine = (1...200).map { 1.1 + 3.1 * Double($0) / 200 }
    let figure = Plot("How long a pattern stays", x: "strength of transitions λ", y: "stay / τ")
      .subtitle("T = 0, few patterns")
      .line(
        fine, fine.map { Sequences.dwellTime(strength: $0, delay: .exponential) },
        label: "ln 2 − ln(1 − 1/λ)"
      )
      .line(
        fine, fine.map { Sequences.dwellTime(strength: $0, delay: .step) }, label: "(1 + 1/λ)/2"
      )
      .points(strengths, firsts, label: "exponential delay, first stay")
      .points(strengths, evens, label: "step delay")
      .points(
        Array(strengths.dropLast()), running.map(\.value), errors: running.map(\.error),
        label: "exponential delay, running"
      ).svg
    return Report(findings, figure: figure)
  }
}

/// Stays of sequence networks, counted.
enum Stays {
  /// Walsh functions: no two overlap.
  static func orthogonalPatterns(count: Int, size: Int) -> PatternSet {
    precondition(
      size & (size - 1) == 0 && count < size.trailingZeroBitCount,
      "\(count) Walsh functions of \(size) spins")
    return PatternSet(
      (0..<count).map { k in Pattern(size: size) { $0 >> k & 1 == 0 } })
  }

  /// The time from the beginning of a stay in pattern 1, after an endless one in pattern 0, to where
  /// pattern 2 overtakes it, in units of τ: by straight lines between steps; `limit` if it has not by
  /// then.
  static func first(
    of patterns: PatternSet, delay: SequenceNetwork.Delay, strength: Double, limit: Double = 100
  ) -> Double {
    let network = SequenceNetwork(storing: patterns, delay: delay, strength: strength)
    let (present, next) = (patterns[1], patterns[2])
    let unit = steps(of: delay)
    var walk = network.start(from: present, after: patterns[0])
    var lead = next.overlap(with: present) - 1
    for step in 1...Int(limit * unit) {
      _ = walk.step()
      let state = walk.state
      let now = next.overlap(with: state) - present.overlap(with: state)
      if now > 0 { return (Double(step) - now / (now - lead)) / unit }
      lead = now
    }
    return limit
  }

  /// The lengths of `count` stays of a sequence that has been running for one round, in units of τ.
  static func running(
    of patterns: PatternSet, delay: SequenceNetwork.Delay, strength: Double, count: Int
  ) -> [Double] {
    let network = SequenceNetwork(storing: patterns, delay: delay, strength: strength)
    let unit = steps(of: delay)
    let skipped = patterns.count
    // No stay is longer than the one after an endless one.
    let longest = 2 + unit * Sequences.dwellTime(strength: strength, delay: .exponential)
    let run = network.run(
      from: patterns[0], after: patterns[patterns.count - 1],
      maxSteps: Int(longest * Double(skipped + count + 1)))
    return run.stays.dropLast().dropFirst(skipped).prefix(count).map { Double($0.length) / unit }
  }

  /// τ in steps; for the exponential the number in which the past falls to 1/e, as each step multiplies
  /// it by 1 − 1/τ.
  private static func steps(of delay: SequenceNetwork.Delay) -> Double {
    switch delay {
    case .exponential(let time): -1 / log1p(-1 / time)
    case .step(let time): Double(time)
    }
  }

  /// First stays over τ with three random patterns, at some sizes: for both delays.
  static func randomPatterns(
    strength: Double, time: Int, _ laboratory: Laboratory
  ) -> (sizes: [Int], stays: [[Estimate]]) {
    let sizes = laboratory.pick(
      quick: [1_000, 4_000, 16_000], full: [1_000, 4_000, 16_000, 64_000, 256_000])
    let trials = laboratory.pick(quick: 40, full: 100)
    let results = sizes.map { size in
      laboratory.trials("N = \(size)", trials) { _, random in
        let patterns = PatternSet.random(count: 3, size: size, using: &random)
        return [SequenceNetwork.Delay.exponential(time: Double(time)), .step(time: time)].map {
          first(of: patterns, delay: $0, strength: strength)
        }
      }
    }
    return (sizes, [0, 1].map { k in results.map { Estimate(of: $0.map { $0[k] }) } })
  }
}
