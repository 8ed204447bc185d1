import HopfieldEnergy
import HopfieldModern
import TestSupport
import Testing

/// What the documentation promises about inputs at the edges: always defined, never NaN.
@Suite struct EdgeCasesTests {
  static let combinations: [(Similarity, Separation)] = Similarity.allCases.flatMap { similarity in
    allSeparations.map { (similarity, $0) }
  }

  @Test("No finite input gives NaN", arguments: combinations)
  func finite(similarity: Similarity, separation: Separation) {
    let sets: [[[Float]]] = [
      [[0, 0, 0]], [[1, 2, 3]], [[1, 2, 3], [1, 2, 3], [1, 2, 3]],
      [[0, 0, 0], [0, 0, 0], [1, 0, 0]],
      [[1e30, -1e30, 3], [1e30, 1e30, 0]], [[3e38, 3e38, 3e38], [-3e38, 3e38, 0]],
      [[0x1p-133, 0, 0x1p-126], [0, -0x1p-133, 0]], [[1, 0, 0], [-1, 0, 0]], [[2], [-3], [0.5]],
    ]
    for memories in sets {
      let dimension = memories[0].count
      let queries: [[Float]] = [
        .init(repeating: 0, count: dimension), .init(repeating: 0x1p-149, count: dimension),
        .init(repeating: 3e38, count: dimension), memories[0],
        .init(repeating: -1, count: dimension),
      ]
      for beta in [nil, 0, 1e-300, 1, 1e6, 1e300] as [Double?] {
        for inDouble in [false, true] {
          let network =
            inDouble
            ? ModernHopfieldNetwork(
              storing: doubles(memories), beta: beta, separation: separation, similarity: similarity
            )
            : ModernHopfieldNetwork(
              storing: memories, beta: beta, separation: separation, similarity: similarity)
          #expect(network.beta >= 0 && network.beta.isFinite)
          for result in network.retrieve(queries) + network.retrieve(queries + queries + queries) {
            #expect(result.allSatisfy { !$0.isNaN }, "\(memories) \(String(describing: beta))")
          }
          for result in network.retrieve(doubles(queries)) {
            #expect(result.allSatisfy { $0.isFinite })
          }
          for query in doubles(queries) {
            #expect(!network.energy(of: query).isNaN)
            #expect(network.association(for: query).parts.allSatisfy { $0.weight >= 0 })
            guard similarity.descends else { continue }
            let recall = network.recall(from: query, maxSteps: 50)
            #expect(recall.state.allSatisfy { $0.isFinite })
            #expect(recall.energyTrace.allSatisfy { !$0.isNaN })
            // All the weight may be softmax-one's null memory's.
            #expect(recall.identity.match != nil || separation == .softmaxOne)
            #expect(recall.identity.match?.weight.isNaN != true)
          }
          #expect(network.separations().allSatisfy { !$0.isNaN })
        }
      }
    }
  }

  @Test("Without memories: zeros, and a cue that stays")
  func empty() {
    var network = ModernHopfieldNetwork(storing: [[Float]](), beta: 3)
    #expect(network.count == 0 && network.indices == [])
    #expect(network.retrieve([[1 as Float]]) == [[0]])
    #expect(network.energy(of: [0.5]) == 0)
    let recall = network.recall(from: [0.5])
    #expect(recall.state == [0.5] && recall.outcome == .fixedPoint && recall.identity.match == nil)
    #expect(network.partialRetrievals([[1]])[0].result == [0])
    #expect(network.separations() == [])
    #expect(network.add([2.0]) == 0)
    #expect(network.retrieve([[1 as Float]]) == [[2]])
    network.remove(at: 0)
    #expect(network.retrieve([[1 as Float]]) == [[0]])
  }

  @Test("One memory always comes back, and has no rival")
  func single() {
    for separation in allSeparations where separation != .softmaxOne {
      let network = ModernHopfieldNetwork(storing: [[3.0, 4]], separation: separation)
      #expect(network.recall(from: [-1, 7]).state == [3, 4])
      #expect(network.separations() == [.infinity])
      #expect(network.promisesRetrieval(of: 0))
    }
  }

  @Test("Beta 0 is the plain mean; 10^6 the nearest memory, where nothing ties")
  func extremes() {
    let memories: [[Float]] = [[1, 0], [0, 1], [-1, -1]]
    for separation in allSeparations {
      if case .topK = separation { continue }
      if separation == .softmaxOne { continue }
      let flat = ModernHopfieldNetwork(storing: memories, beta: 0, separation: separation)
      for x in flat.retrieve([[9 as Float, 2]])[0] { #expect(abs(x) < 1e-6) }
      let sharp = ModernHopfieldNetwork(storing: memories, beta: 1e6, separation: separation)
      #expect(sharp.retrieve([[0.5 as Float, 0.4]])[0] == [1, 0])
    }
  }

  @Test("Duplicates share their weight, and the automatic beta takes them for one")
  func duplicates() {
    let memories: [[Double]] = [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let network = ModernHopfieldNetwork(storing: memories)
    let association = network.association(for: [1, 0, 0])
    #expect(abs(association[0] - 0.5) < 1e-6 && association[0] == association[1])
    let recall = network.recall(from: [0.9, 0.1, 0])
    #expect(recall.state.deviation(from: [1, 0, 0]) < 1e-6)
    #expect(recall.identity.match?.pattern == 0 && recall.identity.isExact)
    #expect(network.beta < 100)
    #expect(ModernHopfieldNetwork(storing: [[2.0, 0], [2, 0]]).beta == 0.25)
  }

  @Test("A zero vector is as far from everything as its length says; by cosine it is like nothing")
  func zeros() {
    let network = ModernHopfieldNetwork(
      storing: [[0.0, 0], [1, 0], [0, 2]], beta: 1, similarity: .cosine)
    let weights = network.association(for: [0.0, 0])
    #expect((0..<3).allSatisfy { abs(weights[$0] - 1.0 / 3) < 1e-15 })
    // Opposite memories cancel: there is no direction to go.
    let cancelling = ModernHopfieldNetwork(
      storing: [[1.0, 0], [-1, 0]], beta: 2, similarity: .cosine)
    #expect(cancelling.recall(from: [0, 1]).state == [0, 1])
  }
}
