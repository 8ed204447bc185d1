import HopfieldDense
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

@Suite struct DenseAssociativeMemoryTests {
  private func random(_ count: Int, _ size: Int, seed: UInt64 = 1) -> PatternSet {
    var rng = SeededGenerator(seed: seed)
    return PatternSet.random(count: count, size: size, using: &rng)
  }

  // MARK: Storing

  @Test(
    "A forgotten pattern counts no more, and its slot is taken again",
    arguments: [Interaction.polynomial(degree: 3), .rectified(degree: 2), .exponential])
  func forgetting(_ interaction: Interaction) {
    let patterns = random(21, 51)
    var memory = DenseAssociativeMemory(storing: patterns, interaction: interaction)
    for index in [0, 7, 20] { memory.forget(index) }
    let left = PatternSet(
      patterns.indices.filter { ![0, 7, 20].contains($0) }.map { patterns[$0] })
    let fresh = DenseAssociativeMemory(storing: left, interaction: interaction)
    for state in [patterns[0], patterns[3], patterns[7], -patterns[5]] {
      let energy = fresh.energy(of: state)
      #expect(abs(memory.energy(of: state) - energy) <= 1e-14 * abs(energy))
      let recall = memory.recall(from: state)
      #expect(recall.state == fresh.recall(from: state).state)
      let cue = Cue(state, known: { $0 % 3 == 0 })
      #expect(memory.completed(cue) == fresh.completed(cue))
    }
    #expect(memory.store(patterns[7]) == 0)
    #expect(memory.identity(of: patterns[7]).match == .init(pattern: 0, weight: 1))
    #expect(memory.identity(of: patterns[7]).isExact)
  }

  @Test(
    "An empty memory keeps every state, at energy 0",
    arguments: [(40, Interaction.polynomial(degree: 4)), (40, .exponential), (900, .exponential)])
  func empty(_ size: Int, _ interaction: Interaction) {
    var memory = DenseAssociativeMemory(storing: PatternSet(size: size), interaction: interaction)
    var rng = SeededGenerator(seed: 1)
    let state = Pattern.random(size: size, using: &rng)
    func check() {
      let recall = memory.recall(from: state)
      #expect(recall.state == state)
      #expect(recall.energyTrace == [0, 0])
      #expect(recall.identity.kind == .other)
      #expect(memory.localFields(at: state).allSatisfy { $0 == 0 })
      #expect(memory.completed(Cue(state, known: { $0 < 3 })) == state)
      let warm = memory.evolve(state, by: .glauber(temperature: 1), sweeps: 2, using: &rng)
      #expect(warm.changes[0] > size / 4)
    }
    check()
    memory.store(state)
    memory.forget(0)
    check()
  }

  @Test("Duplicates deepen a memory and change nothing else")
  func duplicates() {
    let patterns = random(5, 40)
    let twice = PatternSet((0..<5).flatMap { [patterns[$0], patterns[$0]] })
    for interaction in [Interaction.polynomial(degree: 3), .exponential] {
      let one = DenseAssociativeMemory(storing: patterns, interaction: interaction)
      let two = DenseAssociativeMemory(storing: twice, interaction: interaction)
      var rng = SeededGenerator(seed: 2)
      for _ in 0..<20 {
        let state = Pattern.random(size: 40, using: &rng)
        #expect(two.recall(from: state).state == one.recall(from: state).state)
        #expect(abs(two.energy(of: state) / one.energy(of: state) - 2) < 1e-14)
      }
    }
  }

  @Test("Mixtures are recognised")
  func mixtures() {
    let patterns = random(3, 401)
    let memory = DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 2))
    let mixture = patterns.mixture(of: [(0, 1), (1, 1), (2, -1)])
    let identity = memory.identity(of: mixture)
    #expect(identity.kind == .mixture)
    #expect(identity.parts.map(\.pattern).sorted() == [0, 1, 2])
    #expect(memory.identity(of: -patterns[1]).kind == .reversed)
  }

  // MARK: What the papers say

  /// Krotov and Hopfield 2016, section 3.
  @Test("Exclusive or is solved by odd degrees from 3 on, and by no even one")
  func exclusiveOr() {
    // x, y and z = x xor y
    let table = [[-1, -1, -1], [-1, 1, 1], [1, -1, 1], [1, 1, -1]].map { Pattern($0) }
    for degree in 1...7 {
      let memory = DenseAssociativeMemory(
        storing: PatternSet(table), interaction: .polynomial(degree: degree))
      let isSolved = table.allSatisfy { row in
        [1, -1].allSatisfy { guess in
          let start = row.masking([2], with: guess)
          let recall = memory.recall(from: Cue(start, known: { $0 < 2 }, clampingKnown: true))
          return recall.state == row
        }
      }
      #expect(isSolved == (degree % 2 == 1 && degree >= 3), "degree \(degree)")
      if degree % 2 == 0 {
        #expect(memory.localFields(at: table[0])[2] == 0)
      }
    }
  }

  struct Capacity: Decodable {
    struct Row: Decodable {
      let degree: Int
      let error: Double
      let load: Double

      enum CodingKeys: String, CodingKey {
        case degree = "n"
        case error = "P_error"
        case load = "alpha"
      }
    }
    struct Block: Decodable {
      let loads: [Row]

      enum CodingKeys: String, CodingKey { case loads = "alpha_n" }
    }
    let block: Block

    enum CodingKeys: String, CodingKey { case block = "krotov_hopfield" }
  }

  @Test("One bit in 200 is unstable at the load of Krotov and Hopfield")
  func oneStepErrors() {
    let rows = Golden.load(Capacity.self, from: "capacity").block.loads
    for row in rows where row.degree <= 3 && row.error == 0.005 {
      // K = alpha N^(n - 1)
      let size = row.degree == 2 ? 1000 : 100
      let count = Int((row.load * (row.degree == 2 ? 1000 : 100 * 100)).rounded())
      var wrong = 0
      var bits = 0
      for seed in 0..<4 as Range<UInt64> {
        let patterns = random(count, size, seed: seed)
        let memory = DenseAssociativeMemory(
          storing: patterns, interaction: .polynomial(degree: row.degree))
        patterns.forEach { index, pattern in
          guard index % 4 == 0 else { return }
          let fields = memory.localFields(at: pattern)
          wrong += fields.indices.count { fields[$0] * Double(pattern[$0]) < 0 }
          bits += size
        }
      }
      // Counts of nearly independent bits; the formula itself is asymptotic in N.
      let sigma = Binomial.deviation(row.error, of: bits)
      let share = Double(wrong) / Double(bits)
      #expect(abs(share - row.error) < 4 * sigma + 0.1 * row.error, "degree \(row.degree)")
    }
  }

  @Test("Degree 4 holds 20 patterns a neuron, where Hebb's rule holds none of them")
  func dense() {
    let patterns = random(2000, 100)
    let quartic = DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 4))
    let quadratic = DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 2))
    var rng = SeededGenerator(seed: 4)
    for k in 0..<20 {
      let cue = patterns[k].flipping(fraction: 0.05, using: &rng)
      #expect(quartic.recall(from: cue).state == patterns[k])
      #expect(!quadratic.isFixedPoint(patterns[k]))
    }
  }

  // MARK: Large numbers

  @Test("The exponential neither overflows nor loses its way at N = 100 000")
  func largeExponential() {
    let size = 100_000
    let patterns = random(40, size)
    let memory = DenseAssociativeMemory(storing: patterns, interaction: .exponential)
    var rng = SeededGenerator(seed: 5)
    let noisy = patterns[3].flipping(fraction: 0.3, using: &rng)
    for start in [noisy, .random(size: size, using: &rng)] {
      let recall = memory.recall(from: start)
      #expect(recall.outcome == .fixedPoint)
      #expect(recall.energyTrace.allSatisfy { $0.isFinite })
      #expect(zip(recall.energyTrace, recall.energyTrace.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(recall.energy == -Double(size))
      #expect(recall.identity.isExact)
    }
    let half = Cue(patterns[8], known: { $0 % 2 == 0 })
    #expect(memory.recall(from: half).state == patterns[8])
    #expect(memory.recall(from: half, by: .synchronous).state == patterns[8])
    let warm = memory.evolve(
      patterns[1], by: .glauber(temperature: 0.5), sweeps: 2, using: &rng)
    #expect(warm.energyTrace.allSatisfy { $0.isFinite })
    // A spin of a lone pattern under -ln exp M = -M is free: m = tanh(1 / T).
    let m = patterns[1].overlap(with: warm.state)
    #expect(abs(m - 0.9640275800758169) < 0.004)
    #expect(memory.localFields(at: patterns[1]).allSatisfy { abs(abs($0) - 1) < 1e-9 })
  }

  @Test("Where 53 bits are not enough, ties and signs are still exact")
  func wide() {
    // Reversing half the sites of a pair of opposite patterns leaves every field a tie at odd degree.
    let size = 200
    let patterns = random(3, size)
    for degree in [7, 11, 13] {
      let pairs = PatternSet((0..<3).flatMap { [patterns[$0], -patterns[$0]] })
      let memory = DenseAssociativeMemory(
        storing: pairs, interaction: .polynomial(degree: degree))
      var rng = SeededGenerator(seed: 6)
      let state = Pattern.random(size: size, using: &rng)
      #expect(memory.energy(of: state) == 0)
      #expect(memory.localFields(at: state).allSatisfy { $0 == 0 })
      #expect(memory.recall(from: state).state == state)
      #expect(memory.recall(from: Cue(state), by: .synchronous).state == state)
      let cue = Cue(state, known: { $0 % 3 == 0 })
      #expect(memory.completed(cue) == state)
    }
  }

  @Test("Degrees past all integers still recall")
  func highDegree() {
    let patterns = random(300, 500)
    let memory = DenseAssociativeMemory(storing: patterns, interaction: .polynomial(degree: 60))
    var rng = SeededGenerator(seed: 8)
    let recall = memory.recall(from: patterns[5].flipping(fraction: 0.3, using: &rng))
    #expect(recall.state == patterns[5])
    #expect(recall.energyTrace.allSatisfy { $0.isFinite })
  }

  @Test("Many cues at once are each recalled as alone")
  func many() {
    let patterns = random(200, 90)
    let memory = DenseAssociativeMemory(storing: patterns, interaction: .rectified(degree: 4))
    var rng = SeededGenerator(seed: 8)
    let cues = (0..<30).map { Cue(patterns[$0].flipping(fraction: 0.2, using: &rng)) }
    let alone = cues.map { memory.recall(from: $0) }
    for threads in [1, 3] {
      let recalls = memory.recalls(from: cues, threads: threads) {
        SeededGenerator(seed: 1, stream: $0)
      }
      #expect(recalls == alone)
    }
  }
}
