import Foundation
import HopfieldKernels
import HopfieldModern
import TestSupport
import Testing

/// One step for many queries, at every level of vector instructions.
@Suite(.serialized) struct RetrievalTests {
  @Test("The fused pass equals softmax in double, at every level and odd sizes")
  func fused() {
    var random = Vectors(seed: 11)
    for dimension in [1, 3, 17, 64, 128, 130] {
      for count in [1, 2, 63, 1000] + (dimension == 64 ? [4099] : []) {
        let memories = random.units(count, dimension)
        let queries = random.units(70, dimension)
        for beta in [0.0, 1, 8, 128, 1e6] {
          // In double by other kernels, which the next test holds against the definition.
          let expected = ModernHopfieldNetwork(storing: doubles(memories), beta: beta)
            .retrieve(doubles(queries))
          let network = ModernHopfieldNetwork(storing: memories, beta: beta)
          forEveryLevel { level in
            for asked in [2, 70] where asked == 2 || level != .scalar {
              let error = relativeError(
                network.retrieve(Array(queries.prefix(asked))), Array(expected.prefix(asked)))
              #expect(error < 1e-5, "\(level), d \(dimension), M \(count), beta \(beta): \(error)")
            }
          }
        }
      }
    }
  }

  @Test("Every separation and similarity equals its definition in double, with values and without")
  func definitions() {
    let similarities: [(Similarity, ([Double], [Double]) -> Double)] = [
      (.dot, product),
      (.cosine, { product($0, $1) / (norm($0) * norm($1)) }),
      (.negativeSquaredDistance, { -product($0 - $1, $0 - $1) / 2 }),
      (.negativeManhattanDistance, { -($0 - $1).reduce(0) { $0 + abs($1) } }),
    ]
    var random = Vectors(seed: 12)
    let memories = random.vectors(130, 20).map { $0.map(Float.init) }
    let values = random.vectors(130, 5).map { $0.map(Float.init) }
    let queries = random.vectors(30, 20).map { $0.map(Float.init) }
    for (similarity, measure) in similarities {
      // Softmax-one's null memory sits at the origin: its score is 0 for products only.
      for separation in allSeparations where separation != .softmaxOne {
        for beta in [0.0, 3, 400] {
          // At beta 0 all scores tie.
          if case .topK = separation, beta == 0 { continue }
          let network = ModernHopfieldNetwork(
            storing: memories, values: values, beta: beta, separation: separation,
            similarity: similarity)
          let exact = ModernHopfieldNetwork(
            storing: doubles(memories), values: doubles(values), beta: beta,
            separation: separation, similarity: similarity)
          let expected = doubles(queries.prefix(3) + []).map {
            naiveRetrieval(
              $0, doubles(memories), values: doubles(values), beta: beta,
              separation: separation, similarity: measure)
          }
          forEveryLevel { level in
            for asked in [queries, Array(queries.prefix(1))] {
              let error = relativeError(network.retrieve(asked), expected)
              #expect(error < 1e-5, "\(level) \(separation) \(similarity) \(beta): \(error)")
            }
            for (result, reference) in zip(
              exact.retrieve(doubles(queries.prefix(3) + [])), expected)
            {
              #expect(result.deviation(from: reference) < 1e-10)
            }
          }
        }
      }
    }
  }

  @Test("Softmax-one is one more memory at the origin, under every similarity")
  func nullMemory() {
    var random = Vectors(seed: 13)
    let memories = random.vectors(40, 6)
    let query = random.vector(6)
    for similarity in Similarity.allCases where similarity != .cosine {
      for beta in [0.0, 2, 50] {
        let more = ModernHopfieldNetwork(
          storing: memories + [[Double](repeating: 0, count: 6)], beta: beta, similarity: similarity
        )
        let one = ModernHopfieldNetwork(
          storing: memories, beta: beta, separation: .softmaxOne, similarity: similarity)
        #expect(one.retrieve([query])[0].deviation(from: more.retrieve([query])[0]) < 1e-12)
        #expect(abs(one.energy(of: query) - more.energy(of: query)) < 1e-11)
        let single = ModernHopfieldNetwork(
          storing: memories.map { $0.map(Float.init) }, beta: beta, separation: .softmaxOne,
          similarity: similarity)
        let error = relativeError(
          single.retrieve([query.map(Float.init)]), more.retrieve([query]))
        #expect(error < 1e-5)
      }
    }
  }

  @Test("Sums over many memories are long in double: flat weights do not drift")
  func longSums() {
    forEveryLevel { level in
      guard level != .scalar else { return }
      var random = Vectors(seed: 14)
      let memories = random.units(40_000, 16)
      let queries = random.units(12, 16)
      let network = ModernHopfieldNetwork(storing: memories, beta: 8)
      let exact = ModernHopfieldNetwork(storing: doubles(memories), beta: 8)
      for count in [1, 12] {
        let asked = Array(queries.prefix(count))
        let error = relativeError(network.retrieve(asked), exact.retrieve(doubles(asked)))
        #expect(error < 2e-6, "\(level): \(error)")
      }
    }
  }

  @Test("Results are the same, bit by bit, on 1, 2 and 3 threads")
  func threads() async {
    // In a process of its own: other tests change the level, and with it the last bits.
    await #expect(processExitsWith: .success) { compareThreads() }
  }

  @Test("Partial results merge in any order and grouping to the whole")
  func merging() {
    var random = Vectors(seed: 16)
    let memories = random.units(900, 10)
    let queries = random.units(11, 10)
    for beta in [0.0, 5, 128, 3000] {
      let whole = ModernHopfieldNetwork(storing: memories, beta: beta)
      let expected = doubles(queries).map {
        naiveRetrieval($0, doubles(memories), beta: beta, separation: .softmax)
      }
      let shards = [0..<1, 1..<300, 300..<650, 650..<900].map {
        ModernHopfieldNetwork(storing: Array(memories[$0]), beta: beta).partialRetrievals(queries)
      }
      for order in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]] {
        let merged = queries.indices.map { q in
          var all = PartialRetrieval(dimension: 10)
          for s in order { all.merge(shards[s][q]) }
          return all.result.map(Float.init)
        }
        #expect(relativeError(merged, expected) < 1e-5)
      }
      for q in queries.indices {
        var (left, right) = (shards[0][q], shards[2][q])
        left.merge(shards[1][q])
        right.merge(shards[3][q])
        left.merge(right)
        #expect(relativeError([left.result.map(Float.init)], [expected[q]]) < 1e-5)
      }
      #expect(relativeError(whole.retrieve(queries), expected) < 1e-5)
    }
  }

  @Test(
    "The exponential is right to 1 ulp, and zero below 2^-64", arguments: InstructionSet.available)
  func exponentials(level: InstructionSet) {
    let before = InstructionSet.current
    InstructionSet.current = level
    defer { InstructionSet.current = before }
    let points = (0..<200_000).map { -70 * Float($0) / 200_000 } + [-.infinity, -1e30]
    for (x, y) in zip(points, FusedRetrieval.exp2(points)) {
      let exact = x < -64 ? 0 : exp2(Double(x))
      #expect(abs(Double(y) - exact) <= Double(Float(exact).ulp), "2^\(x)")
    }
  }

  @Test("Candidates are exactly the memories within the margin, however many")
  func candidates() {
    forEveryLevel { level in
      var random = Vectors(seed: 17)
      let memories = random.units(5000, 8)
      let queries = random.units(10, 8)
      let rows = VectorRows(memories.flatMap { $0 }, dimension: 8)
      let fused = FusedRetrieval(keys: rows)
      for (count, margin) in [(1, 0.5), (10, 0.1), (10, 100.0)] {
        let asked = VectorRows(Array(queries.prefix(count).joined()), dimension: 8)
        let lists = fused.candidates(
          of: FusedRetrieval.Queries(asked, betas: [Double](repeating: 2, count: count)),
          margin: margin, threads: 2)
        for (query, list) in zip(queries, lists) {
          let scores = memories.map { 2 * product($0.map(Double.init), query.map(Double.init)) }
          let most = scores.max()!
          let inside = Set(list.indices.map(Int.init))
          #expect(list.indices == list.indices.sorted())
          for (j, score) in scores.enumerated() where abs(score - most + margin) > 1e-5 {
            #expect(inside.contains(j) == (score > most - margin), "\(level)")
          }
        }
      }
    }
  }

  @Test("Candidates of a cut are the scores above its threshold", arguments: [0.3, 1, 1.5, 2, 5])
  func cuts(exponent: Double) throws {
    var random = Vectors(seed: 19)
    let memories = random.units(5000, 8)
    let queries = random.units(30, 8)
    let rows = VectorRows(memories.flatMap { $0 }, dimension: 8)
    let fused = FusedRetrieval(keys: rows)
    let (beta, margin) = (6.0, 1.5)
    let cut = try #require(FusedRetrieval.Cut(margin: margin, exponent: exponent))
    forEveryLevel { level in
      for count in [1, 30] {
        let asked = VectorRows(Array(queries.prefix(count).joined()), dimension: 8)
        let lists = fused.candidates(
          of: FusedRetrieval.Queries(asked, betas: [Double](repeating: beta, count: count)),
          margin: margin, error: 1e-4, cut: cut, threads: 2)
        for (query, list) in zip(queries.prefix(3), lists) {
          let scores = memories.map { beta * product($0.map(Double.init), query.map(Double.init)) }
          let most = scores.max()!
          // A whole exponent, the next larger one, has the threshold of the cut.
          let mass = { (threshold: Double, exponent: Double) in
            scores.reduce(0.0) { sum, score in
              score > threshold ? sum + pow((score - threshold) / margin, exponent) : sum
            }
          }
          let root = { (exponent: Double) in
            var (low, high) = (most - margin, most)
            for _ in 0..<40 {
              let middle = (low + high) / 2
              if mass(middle, exponent) > 1 { low = middle } else { high = middle }
            }
            return low
          }
          #expect(list.indices == list.indices.sorted())
          let inside = Set(list.indices.map(Int.init))
          let (needed, allowed) = (root(exponent), root(exponent.rounded(.up)) - 0.02)
          for (j, score) in scores.enumerated() {
            if score > needed { #expect(inside.contains(j), "\(level)") }
            if score < allowed { #expect(!inside.contains(j), "\(level)") }
          }
        }
      }
    }
  }

  private func forEveryLevel(_ body: (InstructionSet) -> Void) {
    let before = InstructionSet.current
    for level in InstructionSet.available {
      InstructionSet.current = level
      body(level)
    }
    InstructionSet.current = before
  }
}

private func compareThreads() {
  var random = Vectors(seed: 15)
  let memories = random.units(20_000, 32)
  for (separation, beta) in [(Separation.softmax, 8.0), (.softmax, 1e5), (.sparsemax, 20)] {
    let network = ModernHopfieldNetwork(storing: memories, beta: beta, separation: separation)
    for count in [1, 7, 300] {
      let queries = random.units(count, 32)
      let one = network.retrieve(queries, threads: 1)
      for threads in [2, 3] { #expect(network.retrieve(queries, threads: threads) == one) }
    }
    let cues = doubles(random.units(5, 32))
    let one = network.recalls(from: cues, threads: 1)
    for threads in [2, 3] { #expect(network.recalls(from: cues, threads: threads) == one) }
    #expect(network.recalls(from: [cues[0]], threads: 2)[0] == one[0])
  }
}
