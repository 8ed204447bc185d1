// From Hopfield's update to transformer attention, in the steps of the article of that name.

import Hopfield

@main enum HopfieldToAttention {
  static func main() {
    var rng = SeededGenerator(seed: 2021)
    let memories: [[Float]] = (0..<6).map { _ in vector(8, &rng) }
    let queries: [[Float]] = (0..<3).map { _ in vector(8, &rng) }
    let beta = 4.0

    // 1. The update of the modern Hopfield network, by hand: X^T softmax(beta X xi).
    let byHand = queries.map { query in
      let scores = memories.map { beta * dot($0, query) }
      return sum(memories, Separation.softmax.weights(of: scores))
    }

    // 2. The network does the same.
    let network = ModernHopfieldNetwork(storing: memories, beta: beta)
    expectSame(byHand, network.retrieve(queries), "one step of the network")

    // 3. With keys for memories and values for what is read out, it is attention.
    let values: [[Float]] = (0..<6).map { _ in vector(3, &rng) }
    let dictionary = ModernHopfieldNetwork(storing: memories, values: values, beta: beta)
    expectSame(
      dictionary.retrieve(queries),
      attention(queries: queries, keys: memories, values: values, scale: beta),
      "attention with scale beta")

    // 4. Repeated, the update descends an energy and ends in a fixed point.
    let recall = network.recall(from: queries[0])
    print(recall.outcome, "after", recall.steps, "steps, energy", recall.energyTrace[0], "->")
    print(recall.energy)
    precondition(zip(recall.energyTrace, recall.energyTrace.dropFirst()).allSatisfy { $0 >= $1 })
  }

  static func vector(_ size: Int, _ rng: inout SeededGenerator) -> [Float] {
    (0..<size).map { _ in Float(rng.next() >> 40) / Float(1 << 23) - 1 }
  }

  static func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  static func sum(_ rows: [[Float]], _ weights: [Double]) -> [Float] {
    rows[0].indices.map { k in
      Float(zip(rows, weights).reduce(0) { $0 + Double($1.0[k]) * $1.1 })
    }
  }

  static func expectSame(_ a: [[Float]], _ b: [[Float]], _ what: String) {
    let difference = zip(a.joined(), b.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    precondition(difference < 1e-5, "\(what): differs by \(difference)")
    print(what, "is the same to", difference)
  }
}
