internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldPatterns
internal import HopfieldPlots

extension Reproduction {
  /// Every matrix is bidirectionally stable: from any start, two layers that recall each other come to
  /// rest, whatever couples them.
  static let kosko1988 = Reproduction(
    name: "kosko-1988",
    source: "Kosko 1988, IEEE Trans. Syst. Man Cybern. 18, 49",
    summary: "bidirectional memories converge from every start, for any couplings"
  ) { laboratory in
    var findings: [Finding] = []
    let matrices = laboratory.pick(quick: 20, full: 1_000)
    for (xSize, ySize) in [(5, 5), (7, 3), (2, 8)] {
      let counts = laboratory.trials("\(xSize) and \(ySize)", matrices) { _, random in
        // Whole numbers: energies are exact, and fields may be zero.
        let couplings = (0..<xSize * ySize).map { _ in Float(random.index(below: 19) - 9) }
        return Resonances(of: couplings, xSize: xSize, ySize: ySize)
      }
      let starts = counts.reduce(0) { $0 + $1.starts }
      findings.append(
        Finding(
          "\(xSize) and \(ySize) neurons: share of starts that come to rest", published: 1,
          ours: Estimate(
            Double(starts - counts.reduce(0) { $0 + $1.unsettled }) / Double(starts), error: 0),
          note: "all starts of \(matrices) random matrices; "
            + "\(counts.map(\.longest).max()!) steps at the most"))
      findings.append(
        Finding(
          "\(xSize) and \(ySize) neurons: steps that raised the energy", published: 0,
          ours: Estimate(Double(counts.reduce(0) { $0 + $1.raises }), error: 0)))
    }
    let cycling = laboratory.trials("one layer", matrices) { _, random in
      Resonances.share(ofCyclesIn: 8, random: &random)
    }
    findings.append(
      Finding(
        "one layer of 8, random W: share of starts that never rest", published: nil,
        ours: Estimate(of: cycling), why: "what two layers are spared: parallel steps of one"))

    let example = Resonances.example
    findings.append(
      Finding(
        "the paper's example: energy of its pairs, units 0/1", published: -6,
        ours: Estimate(Resonances.unitEnergy(of: example.pairs[0], in: example.memory), error: 0),
        note: "both pairs; energies of 0/1 from four of ±1"))
    findings.append(
      Finding(
        "the paper's example: pairs at rest", published: 2,
        ours: Estimate(
          Double(
            example.pairs.count { example.memory.recall(from: $0, maxSteps: 1).changes == [0] }),
          error: 0)))

    let size = laboratory.pick(quick: 64, full: 256)
    let counts = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1].map { Int($0 * Double(size)) }
    let shares = counts.map { count in
      Estimate(
        of: laboratory.trials("P = \(count)", laboratory.pick(quick: 40, full: 400)) { _, random in
          Resonances.share(ofPairsAtRest: count, size: size, random: &random)
        })
    }
    findings.append(
      Finding(
        "\(size) and \(size) neurons, P = \(counts.last!): share of pairs at rest", published: 1,
        ours: shares.last!,
        why: "the paper's P < min(n, m) is an upper estimate: random pairs are lost far below it"))
    let loads = counts.map { Double($0) / Double(size) }
    let figure = Plot("Pairs that stay", x: "*P* / min(*n*, *m*)", y: "share of pairs at rest")
      .subtitle("two layers of \(size), random pairs")
      .yAxis(in: -0.02...1.05)
      .points(loads, shares.map(\.value), errors: shares.map(\.error))
      .rule(x: 1, label: "Kosko's estimate").svg
    return Report(findings, figure: figure)
  }
}

/// What becomes of all starts of a bidirectional memory.
struct Resonances: Sendable {
  let starts: Int
  /// Starts that were not at rest after more steps than there are states.
  private(set) var unsettled = 0
  private(set) var raises = 0
  /// The states at rest: bits of x, then of y.
  private(set) var atRest: Set<Int> = []
  /// The most steps to rest, the last one, which changes nothing, included.
  private(set) var longest = 0

  init(of couplings: [Float], xSize: Int, ySize: Int) {
    let memory = BidirectionalMemory(
      pairing: PatternSet(size: xSize), with: PatternSet(size: ySize), couplings: couplings)
    starts = 1 << (xSize + ySize)
    for start in 0..<starts {
      let recall = memory.recall(
        from: PatternPair(
          x: Pattern(size: xSize) { start >> $0 & 1 == 1 },
          y: Pattern(size: ySize) { start >> (xSize + $0) & 1 == 1 }), maxSteps: starts + 1)
      guard recall.outcome == .fixedPoint else {
        unsettled += 1
        continue
      }
      longest = max(longest, recall.steps)
      let energies = recall.energyTrace
      raises += zip(energies, energies.dropFirst()).count { $1 > $0 }
      var end = 0
      for i in 0..<xSize where recall.state.x[i] > 0 { end |= 1 << i }
      for j in 0..<ySize where recall.state.y[j] > 0 { end |= 1 << (xSize + j) }
      atRest.insert(end)
    }
  }

  /// The share of all starts of one layer with random, asymmetric couplings from which parallel steps
  /// lead to a cycle.
  static func share(ofCyclesIn size: Int, random: inout SeededGenerator) -> Double {
    let network = AsymmetricNetwork(
      storing: PatternSet(size: size),
      couplings: (0..<size * size).map { _ in Float(random.index(below: 19) - 9) })
    let cycles = (0..<1 << size).count { start in
      let state = Pattern(size: size) { start >> $0 & 1 == 1 }
      return network.run(from: state, by: .synchronous).outcome != .fixedPoint
    }
    return Double(cycles) / Double(1 << size)
  }

  /// The share of P random pairs on two layers of N that are at rest.
  static func share(ofPairsAtRest count: Int, size: Int, random: inout SeededGenerator) -> Double {
    let x = PatternSet.random(count: count, size: size, using: &random)
    let y = PatternSet.random(count: count, size: size, using: &random)
    let memory = BidirectionalMemory(pairing: x, with: y)
    let resting = (0..<count).count { index in
      memory.recall(from: PatternPair(x: x[index], y: y[index]), maxSteps: 1).changes == [0]
    }
    return Double(resting) / Double(count)
  }

  /// The two pairs of section III of the paper.
  static var example: (memory: BidirectionalMemory, pairs: [PatternPair]) {
    let x = [Pattern([1, 0, 1, 0, 1, 0]), Pattern([1, 1, 1, 0, 0, 0])]
    let y = [Pattern([1, 1, 0, 0]), Pattern([1, 0, 1, 0])]
    return (
      BidirectionalMemory(pairing: PatternSet(x), with: PatternSet(y)),
      zip(x, y).map { PatternPair(x: $0, y: $1) }
    )
  }

  /// −aᵀ W b for the 0/1 units a = (x + 1)/2, b = (y + 1)/2: the mean of four energies of ±1.
  static func unitEnergy(of pair: PatternPair, in memory: BidirectionalMemory) -> Double {
    let up = PatternPair(
      x: Pattern(repeating: 1, size: memory.xSize), y: Pattern(repeating: 1, size: memory.ySize))
    return [
      pair, PatternPair(x: pair.x, y: up.y), PatternPair(x: up.x, y: pair.y), up,
    ].reduce(0) { $0 + memory.energy(of: $1) } / 4
  }
}
