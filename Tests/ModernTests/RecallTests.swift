import HopfieldEnergy
import HopfieldModern
import TestSupport
import Testing

@Suite struct RecallTests {
  static let descending: [(Similarity, Separation)] = Similarity.allCases.filter(\.descends)
    .flatMap { similarity in allSeparations.map { (similarity, $0) } }

  @Test(
    "The energy never rises, for every similarity that descends and every separation",
    arguments: descending)
  func descent(similarity: Similarity, separation: Separation) {
    var random = Vectors(seed: 21)
    for (count, dimension, beta) in [(1, 3, 2.0), (12, 4, 0.5), (12, 4, 3), (40, 6, 20), (9, 1, 4)]
    {
      let memories = random.vectors(count, dimension)
      let network = ModernHopfieldNetwork(
        storing: memories, beta: beta, separation: separation, similarity: similarity)
      checkAssociativeMemory(
        network, from: random.vectors(6, dimension).map { $0.map { 2 * $0 } }, tolerance: 1e-4,
        maxSteps: 20_000)
      // The trace itself, to the last digits.
      for _ in 0..<20 {
        let trace = network.recall(from: random.vector(dimension)).energyTrace
        for (a, b) in zip(trace, trace.dropFirst()) { #expect(b <= a) }
        if separation == .softmax, similarity == .dot { #expect(trace.allSatisfy { $0 >= -1e-12 }) }
      }
    }
  }

  @Test("On partial cues the energy never rises either, clamped or not", arguments: allSeparations)
  func partialDescent(separation: Separation) {
    var random = Vectors(seed: 22)
    let network = ModernHopfieldNetwork(
      storing: random.vectors(30, 8), beta: 6, separation: separation
    ).knowing { $0 < 5 }
    for clamping in [false, true] {
      for _ in 0..<20 {
        let cue = random.vector(8)
        let recall = network.recall(from: cue, clamping: clamping)
        #expect(recall.outcome == .fixedPoint)
        for (a, b) in zip(recall.energyTrace, recall.energyTrace.dropFirst()) { #expect(b <= a) }
        #expect(abs(recall.energyTrace[0] - network.energy(of: cue)) < 1e-12)
        if clamping { #expect(recall.state.prefix(5) == cue.prefix(5)) }
      }
    }
  }

  @Test("Retrieve is the first step of recall, in double and in single precision")
  func firstStep() {
    var random = Vectors(seed: 23)
    let memories = random.vectors(50, 7)
    let query = random.vector(7)
    for (similarity, separation) in Self.descending {
      let network = ModernHopfieldNetwork(
        storing: memories, beta: 4, separation: separation, similarity: similarity)
      let step = network.recall(from: query, maxSteps: 1).state
      #expect(network.retrieve([query])[0].deviation(from: step) < 1e-14)
      let single = ModernHopfieldNetwork(
        storing: memories.map { $0.map(Float.init) }, beta: 4, separation: separation,
        similarity: similarity)
      let error = relativeError(single.retrieve([query.map(Float.init)]), [step])
      #expect(error < 1e-5, "\(similarity) \(separation): \(error)")
      #expect(single.recall(from: query, maxSteps: 1).state.deviation(from: step) < 1e-5)
    }
  }

  @Test("A stored memory comes back, is recognised, and one weight holds it")
  func stored() {
    var random = Vectors(seed: 24)
    let memories = random.vectors(20, 30)
    let network = ModernHopfieldNetwork(storing: memories)
    for (i, memory) in memories.enumerated() where network.promisesRetrieval(of: i) {
      let recall = network.recall(from: memory.map { $0 + 0.01 })
      #expect(recall.outcome == .fixedPoint)
      #expect(recall.identity.kind == .stored)
      #expect(recall.identity.match?.pattern == i)
      #expect(abs(recall.identity.match!.weight - 1) < 1e-6)
      #expect(network.association(for: recall.state).kind == .single)
    }
    let sparse = ModernHopfieldNetwork(storing: memories, separation: .entmax(alpha: 1.5))
    let recall = sparse.recall(from: memories[3])
    #expect(recall.identity.isExact && recall.state == memories[3])
    #expect(sparse.association(for: memories[3]).parts == [Identity.Part(pattern: 3, weight: 1)])
  }

  @Test("Two memories close together share the weight: metastable; a tiny beta holds everything")
  func metastable() {
    let memories = [[1.0, 0, 0, 0], [0.9, 0.1, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]]
    let network = ModernHopfieldNetwork(storing: memories, beta: 10)
    let recall = network.recall(from: [1, 0.1, 0, 0])
    #expect(network.association(for: recall.state).kind == .metastable)
    #expect(network.association(for: recall.state).holders() == 2)
    let even = ModernHopfieldNetwork(
      storing: [[1.0, 0.05], [1, -0.05], [-1, 0]], beta: 3, similarity: .negativeSquaredDistance)
    let identity = even.recall(from: [1, 0]).identity
    #expect(identity.kind == .metastable && identity.parts.map(\.pattern) == [0, 1, 2])
    #expect(abs(identity.parts[0].weight - identity.parts[1].weight) < 1e-12)
    let flat = ModernHopfieldNetwork(storing: memories, beta: 0.001)
    #expect(flat.association(for: flat.recall(from: memories[0]).state).kind == .global)
  }

  @Test("Memories come and go without disturbing the others' indices or the results")
  func comingAndGoing() {
    for isSingle in [false, true] {
      for similarity in [Similarity.dot, .cosine, .negativeSquaredDistance] {
        var random = Vectors(seed: 25)
        let memories = random.vectors(8, 5).map { $0.map { isSingle ? Double(Float($0)) : $0 } }
        let values = random.vectors(8, 2).map { $0.map { isSingle ? Double(Float($0)) : $0 } }
        var network =
          isSingle
          ? ModernHopfieldNetwork(
            storing: memories[..<5].map { $0.map(Float.init) },
            values: values[..<5].map { $0.map(Float.init) }, similarity: similarity)
          : ModernHopfieldNetwork(
            storing: Array(memories[..<5]), values: Array(values[..<5]), similarity: similarity)
        let before = network
        network.remove(at: 1)
        network.remove(at: 3)
        #expect(network.indices == [0, 2, 4])
        #expect(network.add(memories[5], value: values[5]) == 1)
        #expect(network.add(memories[6], value: values[6]) == 3)
        #expect(network.add(memories[7], value: values[7]) == 5)
        let now = [0, 5, 2, 6, 4, 7]
        #expect(before.count == 5 && before[1] == memories[1])
        for (index, which) in now.enumerated() { #expect(network[index] == memories[which]) }
        let fresh = ModernHopfieldNetwork(
          storing: now.map { memories[$0] }, values: now.map { values[$0] }, similarity: similarity)
        let tolerance = isSingle && similarity == .cosine ? 1e-6 : 1e-12
        #expect(abs(network.beta - fresh.beta) <= tolerance * fresh.beta)
        #expect(network.separations().deviation(from: fresh.separations()) <= tolerance)
        let query = random.vector(5)
        let (a, b) = (network.association(for: query), fresh.association(for: query))
        for i in 0..<6 { #expect(abs(a[i] - b[i]) < 1e-5) }
        #expect(network.value(of: a).deviation(from: fresh.value(of: b)) < 1e-5)
        #expect(abs(network.energy(of: query) - fresh.energy(of: query)) < 1e-6)
      }
    }
  }
}
