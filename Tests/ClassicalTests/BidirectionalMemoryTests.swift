import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// Kosko's memory, against enumeration.
@Suite struct BidirectionalMemoryTests {
  /// bam.json.
  private struct File: Decodable {
    struct Instance: Decodable {
      let n: Int
      let x: [[Int]]
      let y: [[Int]]
      let couplings: [[Float]]
      /// Final x, final y, steps with the last unchanged one, energy.
      let results: [[Int]]

      enum CodingKeys: String, CodingKey {
        case n
        case x = "X"
        case y = "Y"
        case couplings = "W"
        case results = "result_by_x_index"
      }
    }
    let instances: [Instance]
  }

  @Test("Every start ends as in bam.json, from patterns and from couplings")
  func golden() {
    for instance in Golden.load(File.self, from: "bam").instances {
      let x = PatternSet(instance.x.map { Pattern($0) })
      let y = PatternSet(instance.y.map { Pattern($0) })
      let memories = [
        BidirectionalMemory(pairing: x, with: y),
        BidirectionalMemory(pairing: x, with: y, couplings: instance.couplings.flatMap { $0 }),
      ]
      for memory in memories {
        for (index, expected) in instance.results.enumerated() {
          let recall = memory.recall(fromX: Pattern(index: index, size: instance.n))
          #expect(recall.outcome == .fixedPoint)
          #expect(
            [recall.state.x.index, recall.state.y.index, recall.steps, Int(recall.energy)]
              == expected)
          #expect(memory.energy(of: recall.state) == recall.energy)
        }
      }
    }
  }

  @Test("Any couplings converge from any start, and the energy never rises", arguments: 0..<12)
  func anyCouplings(trial: Int) {
    var generator = SeededGenerator(seed: 31, stream: trial)
    let (n, m) = (5, 4)
    // Whole numbers for half of the trials, so that fields are zero now and then.
    let isReal = trial % 2 == 1
    let rows = (0..<n * m).map { _ in
      isReal ? Float(Golden.symmetric(&generator)) : Float(Int(generator.next() % 5) - 2)
    }
    let memory = BidirectionalMemory(
      pairing: PatternSet(size: n), with: PatternSet(size: m), couplings: rows)
    let starts = (0..<1 << (n + m)).map {
      PatternPair(x: Pattern(index: $0 & 31, size: n), y: Pattern(index: $0 >> 5, size: m))
    }
    checkAssociativeMemory(memory, from: starts, tolerance: isReal ? 1e-12 : 0)
    for start in starts {
      var energy = 0.0
      for i in 0..<n {
        for j in 0..<m { energy -= Double(rows[i * m + j]) * Double(start.x[i] * start.y[j]) }
      }
      #expect(abs(memory.energy(of: start) - energy) < 1e-12)
    }
  }

  @Test("Steps are Kosko's: y from x, then x from y, and the other way round from a y")
  func steps() {
    var generator = SeededGenerator(seed: 32)
    // More x neurons than 16 bits of overlap hold easily, few y.
    let (n, m) = (300, 37)
    let x = PatternSet.random(count: 20, size: n, using: &generator)
    let y = PatternSet.random(count: 20, size: m, using: &generator)
    let memory = BidirectionalMemory(pairing: x, with: y)
    let pairs = x.indices.map { (x[$0].spins.map(Int.init), y[$0].spins.map(Int.init)) }
    func aligned(_ old: Pattern, with other: Pattern, isX: Bool) -> Pattern {
      let spins = other.spins.map(Int.init)
      var fields = [Int](repeating: 0, count: old.size)
      for (xs, ys) in pairs {
        let overlap = zip(isX ? ys : xs, spins).reduce(0) { $0 + $1.0 * $1.1 }
        for (k, spin) in (isX ? xs : ys).enumerated() { fields[k] += spin * overlap }
      }
      return Pattern(fields.indices.map { fields[$0] == 0 ? old[$0] : fields[$0] })
    }
    let start = Pattern.random(size: n, using: &generator)
    var descent = Descent(
      of: memory, from: memory.start(from: PatternPair(x: start, y: y[3])))
    descent.advance()
    let firstY = aligned(y[3], with: start, isX: false)
    #expect(descent.running.state.y == firstY)
    #expect(descent.running.state.x == aligned(start, with: firstY, isX: true))

    let fromY = memory.recall(fromY: y[7], maxSteps: 1)
    let firstX = aligned(Pattern(repeating: 1, size: n), with: y[7], isX: true)
    #expect(fromY.state.x == firstX)
    #expect(fromY.state.y == aligned(y[7], with: firstX, isX: false))
  }

  @Test("Few pairs are recalled from either side, and from noise")
  func recall() {
    var generator = SeededGenerator(seed: 33)
    let x = PatternSet.random(count: 6, size: 400, using: &generator)
    let y = PatternSet.random(count: 6, size: 250, using: &generator)
    let memory = BidirectionalMemory(pairing: x, with: y)
    for k in 0..<6 {
      let noisy = x[k].flipping(fraction: 0.2, using: &generator)
      for recall in [
        memory.recall(fromX: x[k]), memory.recall(fromY: y[k]), memory.recall(fromX: noisy),
      ] {
        #expect(recall.state == PatternPair(x: x[k], y: y[k]))
        #expect(recall.identity.kind == .stored && recall.identity.isExact)
        #expect(recall.identity.match?.pattern == k)
      }
      let reverse = memory.recall(fromX: -x[k])
      #expect(reverse.state == PatternPair(x: -x[k], y: -y[k]))
      #expect(reverse.identity.kind == .reversed)
    }
    let mixed = PatternPair(
      x: x.mixture(of: [(0, 1), (1, 1), (2, -1)]), y: y.mixture(of: [(0, 1), (1, 1), (2, -1)]))
    #expect(memory.identity(of: mixed).kind == .mixture)
    #expect(memory.identity(of: mixed).parts.count == 3)
  }

  @Test("The laws of descent hold, with pairs forgotten and empty slots on one side")
  func laws() {
    var generator = SeededGenerator(seed: 34)
    var x = PatternSet.random(count: 17, size: 40, using: &generator)
    let y = PatternSet.random(count: 16, size: 90, using: &generator)
    // x keeps a second group of slots, which is empty; y never had it.
    x.remove(at: 16)
    var memory = BidirectionalMemory(pairing: x, with: y)
    let starts = (0..<20).map { _ in
      PatternPair(
        x: .random(size: 40, using: &generator), y: .random(size: 90, using: &generator))
    }
    checkAssociativeMemory(memory, from: starts)
    for start in starts {
      let reversed = PatternPair(x: -start.x, y: -start.y)
      #expect(memory.energy(of: start) == memory.energy(of: reversed))
    }

    memory.forget(3)
    #expect(!memory.xPatterns.contains(index: 3) && !memory.yPatterns.contains(index: 3))
    checkAssociativeMemory(memory, from: starts)
    #expect(memory.store(x[3], with: y[3]) == 3)
    let whole = BidirectionalMemory(pairing: x, with: y)
    for start in starts { #expect(memory.recall(from: start) == whole.recall(from: start)) }
  }

  @Test("A memory of nothing leaves every state") func nothing() {
    let memory = BidirectionalMemory(pairing: PatternSet(size: 3), with: PatternSet(size: 2))
    let state = PatternPair(x: Pattern([1, -1, 1]), y: Pattern([-1, 1]))
    let recall = memory.recall(from: state)
    #expect(recall.state == state && recall.outcome == .fixedPoint)
    #expect(recall.energyTrace.description == "[0.0, 0.0]")
  }
}
