import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct ProjectionTests {
  @Test(
    "Couplings, energies, fixed points and basins equal exact enumeration",
    arguments: Golden.smallNetworks(rule: "pseudo_inverse"))
  func enumeration(of small: SmallNetwork) throws {
    try checkEnumeration(of: .projection, small, tolerance: 1e-12)
  }

  @Test(
    "So they do where the diagonal stays",
    arguments: Golden.smallNetworks(rule: "pseudo_inverse_diag"))
  func keptDiagonal(of small: SmallNetwork) throws {
    try checkEnumeration(of: .projection(selfCoupling: true), small, tolerance: 1e-12)
  }

  @Test("Patterns without a solution in the enumerations are dependent")
  func unsolvable() {
    let solved = Set(Golden.smallNetworks(rule: "pseudo_inverse").map(\.name))
    for small in Golden.smallNetworks(rule: "hebb") where !solved.contains(small.name) {
      // The file leaves the rule out for other reasons too: dependence is told by elimination.
      guard rank(of: small.patterns) < small.patterns.count else { continue }
      #expect(throws: LearningError.self) {
        try HopfieldNetwork(storing: PatternSet(small.patterns), by: .projection)
      }
    }
  }

  @Test("With its diagonal it is the projector: w w = w, and w ξ = ξ", arguments: [5, 33, 64])
  func projector(size: Int) throws {
    var rng = SeededGenerator(seed: 1985)
    let patterns = PatternSet.random(count: size * 2 / 3, size: size, using: &rng)
    let network = try HopfieldNetwork(
      storing: patterns, by: .projection(selfCoupling: true))
    let rows = network.couplings()
    for i in 0..<size {
      for j in 0..<size {
        var square = 0.0
        for k in 0..<size { square += rows[i * size + k] * rows[k * size + j] }
        #expect(abs(square - rows[i * size + j]) < 1e-12)
      }
    }
    for index in patterns.indices {
      let pattern = patterns[index]
      #expect(
        network.localFields(at: pattern).deviation(from: pattern.spins.map(Double.init)) < 1e-12)
    }
  }

  @Test("All patterns are fixed up to P = N - 1, correlated ones too")
  func fixedPatterns() throws {
    var rng = SeededGenerator(seed: 1987)
    for (count, bias) in [(40, 0.0), (60, 0.0), (99, 0.0), (60, 0.6)] {
      let patterns = PatternSet(
        (0..<count).map { _ in Pattern.random(size: 100, bias: bias, using: &rng) })
      let network = try HopfieldNetwork(storing: patterns, by: .projection)
      let diagonal = try HopfieldNetwork(
        storing: patterns, by: .projection(selfCoupling: true)
      ).couplings()
      for index in patterns.indices {
        #expect(network.isFixedPoint(patterns[index]))
        // xi_i h_i = 1 - w_ii of the projector.
        let fields = network.localFields(at: patterns[index])
        for i in 0..<100 {
          let expected = 1 - diagonal[101 * i]
          #expect(abs(fields[i] * Double(patterns[index][i]) - expected) < 1e-9)
        }
      }
    }
  }

  @Test("One parallel step goes by the map m1 = erf(m0 sqrt((1 - a) / (2 a (1 - m0²))))")
  func oneStep() throws {
    var rng = SeededGenerator(seed: 7)
    let size = 1000
    let patterns = PatternSet.random(count: 400, size: size, using: &rng)
    let network = try HopfieldNetwork(storing: patterns, by: .projection)
    var overlap = 0.0
    for index in 0..<20 {
      let cue = patterns[index].flipping(fraction: 0.25, using: &rng)
      let recall = network.recall(from: Cue(cue), by: .synchronous, maxSteps: 1)
      overlap += patterns[index].overlap(with: recall.state) / 20
    }
    // m0 = 1/2, a = 0.4: erf 0.5. One step of 20 x 1000 spins: s = sqrt((1 - m²) / 20000) = 0.006.
    #expect(abs(overlap - 0.520_499_877_8) < 5 * 0.006)
  }

  @Test("The first dependent pattern is named")
  func dependent() {
    var rng = SeededGenerator(seed: 3)
    let independent = (0..<40).map { _ in Pattern.random(size: 64, using: &rng) }
    func failure(_ patterns: [Pattern]) -> LearningError? {
      do {
        _ = try HopfieldNetwork(storing: PatternSet(patterns), by: .projection)
        return nil
      } catch { return error as? LearningError }
    }
    #expect(failure(independent) == nil)
    #expect(failure(independent + [independent[7]]) == .dependent(index: 40))
    #expect(failure(independent + [-independent[7], independent[3]]) == .dependent(index: 40))
    #expect(
      failure(Array(independent[..<9] + [independent[2]] + independent[9...]))
        == .dependent(index: 9))
    let base = independent[0]
    var a = base, b = base, both = base
    for site in 0..<3 { a[site] = -a[site] }
    for site in 10..<15 { b[site] = -b[site] }
    for site in Array(0..<3) + Array(10..<15) { both[site] = -both[site] }
    #expect(failure([base, a, b]) == nil)
    // both = a + b - base, site by site.
    #expect(failure([base, a, independent[5], b, both]) == .dependent(index: 4))
    // One bit apart is far enough.
    var near = base
    near[63] = -near[63]
    #expect(failure(independent + [near]) == nil)
    // More than N.
    let many = (0..<500).map { _ in Pattern.random(size: 64, using: &rng) }
    if case .dependent(let index)? = failure(many) {
      #expect(index <= 64 && rank(of: Array(many[...index])) == index)
      #expect(rank(of: Array(many[..<index])) == index)
    } else {
      Issue.record("500 patterns of 64 spins are dependent")
    }
  }

  @Test("Indices of patterns are those of the set, empty slots or not")
  func emptySlots() throws {
    var rng = SeededGenerator(seed: 9)
    var patterns = PatternSet.random(count: 40, size: 64, using: &rng)
    let all = patterns
    for index in [0, 5, 17, 33] { patterns.remove(at: index) }
    let left = PatternSet(patterns.indices.map { patterns[$0] })
    let network = try HopfieldNetwork(storing: patterns, by: .projection)
    let compact = try HopfieldNetwork(storing: left, by: .projection)
    #expect(network.couplings().deviation(from: compact.couplings()) < 1e-12)
    let cue = patterns[20].flipping(fraction: 0.05, using: &rng)
    #expect(network.recall(from: cue).state == patterns[20])

    // The lowest empty slot is filled first.
    var grown = network
    for index in [0, 5, 17, 33] { #expect(try grown.learn(all[index]) == index) }
    let whole = try HopfieldNetwork(storing: all, by: .projection)
    #expect(grown.couplings().deviation(from: whole.couplings()) < 1e-11)

    let before = grown.patterns
    #expect(throws: LearningError.dependent(index: 40)) { try grown.learn(-all[3]) }
    #expect(grown.patterns == before)

    var damaged = patterns
    damaged.insert(all[7])
    #expect(throws: LearningError.dependent(index: 7)) {
      try HopfieldNetwork(storing: damaged, by: .projection)
    }
  }

  @Test("A ridge takes dependent patterns, and tends to the rule as it goes to 0")
  func ridge() throws {
    var rng = SeededGenerator(seed: 11)
    let patterns = PatternSet.random(count: 20, size: 50, using: &rng)
    let exact = try HopfieldNetwork(storing: patterns, by: .projection).couplings()
    let small = try HopfieldNetwork(storing: patterns, by: .projection(ridge: 1e-9)).couplings()
    #expect(small.deviation(from: exact) < 1e-7)
    var twice = patterns
    twice.insert(patterns[0])
    let smooth = try HopfieldNetwork(storing: twice, by: .projection(ridge: 0.01))
    #expect(smooth.isFixedPoint(patterns[0]))
    // (C + r)^-1 as r grows is Hebb's rule, divided by r.
    let hebb = HopfieldNetwork(storing: patterns).couplings()
    let large = try HopfieldNetwork(storing: patterns, by: .projection(ridge: 1e9)).couplings()
    #expect(large.map { $0 * 1e9 }.deviation(from: hebb) < 1e-6)
  }

  @Test("Energy falls; gauge and relabelling change nothing")
  func laws() {
    checkLaws(of: .projection, count: 15, size: 61, tolerance: 1e-11)
    checkLaws(of: .projection(selfCoupling: true), count: 15, size: 61, tolerance: 1e-11)
  }

  @Test("Patterns learned one by one are those learned together")
  func increments() throws {
    try checkIncrements(of: .projection, count: 37, size: 83, tolerance: 1e-11)
    try checkIncrements(of: .projection(selfCoupling: true), count: 18, size: 83, tolerance: 1e-11)
    try checkIncrements(of: .projection(ridge: 0.3), count: 18, size: 83, tolerance: 1e-11)
    try checkIncrements(of: .hebbian, count: 18, size: 83, tolerance: 0)
  }

  @Test("Nothing to learn is no coupling")
  func empty() throws { try checkEmpty(.projection) }

  @Test("Threads do not matter, and progress reaches 1")
  func threads() throws {
    var rng = SeededGenerator(seed: 12)
    let patterns = PatternSet.random(count: 300, size: 500, using: &rng)
    var shares: [Double] = []
    let one = try HopfieldNetwork(storing: patterns, by: .projection, threads: 1) {
      shares.append($0)
    }
    #expect(shares.last == 1 && shares == shares.sorted())
    let two = try HopfieldNetwork(storing: patterns, by: .projection, threads: 2)
    let cue = patterns[0].flipping(fraction: 0.1, using: &rng)
    #expect(one.recall(from: cue).state == two.recall(from: cue).state)
    #expect(abs(one.energy(of: cue) - two.energy(of: cue)) < 1e-9)
  }
}

/// The rank of patterns over the rationals, by elimination with a large prime for the field.
private func rank(of patterns: [Pattern]) -> Int {
  let prime = 2_147_483_647
  func inverse(_ a: Int) -> Int {
    var (result, base, power) = (1, a, prime - 2)
    while power > 0 {
      if power & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      power >>= 1
    }
    return result
  }
  var rows = patterns.map { $0.spins.map { $0 > 0 ? 1 : prime - 1 } }
  var rank = 0
  for column in 0..<(patterns.first?.size ?? 0) {
    guard let pivot = (rank..<rows.count).first(where: { rows[$0][column] != 0 }) else { continue }
    rows.swapAt(rank, pivot)
    let scale = inverse(rows[rank][column])
    for r in rank + 1..<max(rows.count, rank + 1) where rows[r][column] != 0 {
      let factor = prime - rows[r][column] * scale % prime
      for k in column..<rows[r].count {
        rows[r][k] = (rows[r][k] + factor * rows[rank][k]) % prime
      }
    }
    rank += 1
    if rank == rows.count { break }
  }
  return rank
}
