import HopfieldEnergy
import HopfieldModern
import TestSupport
import Testing

/// The network against numbers that were computed elsewhere.
@Suite struct GoldenTests {
  @Test("Weights, energies, trajectories and fixed points equal the reference")
  func runs() {
    let file = ModernGolden.file
    for instance in file.instances {
      for run in instance.runs {
        let network = ModernHopfieldNetwork(
          storing: instance.memories, beta: run.beta, separation: run.separation)
        let query = instance.queries[run.query]
        let weights = network.association(for: query)
        let first = (0..<instance.memories.count).map { weights[$0] }
        #expect(first.deviation(from: run.firstWeights) < file.tolerance, "\(run)")

        let scores = instance.memories.map { run.beta * product($0, query) }
        let conjugate = run.separation.conjugate(of: scores) / run.beta
        #expect(abs(conjugate - run.firstConjugate) < file.tolerance, "\(run)")

        var running = network.start(from: query, clamping: false, tolerance: 0)
        #expect(abs(running.energy - run.energies[0]) < file.tolerance, "\(run)")
        for step in 1..<run.energies.count {
          _ = network.descend(&running)
          #expect(abs(running.energy - run.energies[step]) < file.tolerance, "\(run)")
          #expect(
            abs(network.energy(of: running.state) - run.energies[step]) < file.tolerance, "\(run)")
          guard let k = run.trajectorySteps.firstIndex(of: step) else { continue }
          #expect(running.state.deviation(from: run.trajectory[k]) < file.tolerance, "\(run)")
        }
        let recall = network.recall(from: query, maxSteps: 2000, tolerance: 0)
        #expect(recall.state.deviation(from: run.fixedPoint) < 1e-10, "\(run)")
        #expect(network.retrieve([query])[0].deviation(from: run.trajectory[0]) < file.tolerance)
      }
    }
  }

  @Test("In single precision, one step is within 1e-5 of the reference")
  func singlePrecision() {
    for instance in ModernGolden.file.instances {
      for run in instance.runs {
        let network = ModernHopfieldNetwork(
          storing: instance.memories.map { $0.map(Float.init) }, beta: run.beta,
          separation: run.separation)
        let result = network.retrieve([instance.queries[run.query].map(Float.init)])
        #expect(relativeError(result, [run.trajectory[0]]) < 1e-5, "\(run)")
      }
    }
  }

  @Test("Separations, the largest norm and the one-step error equal the reference")
  func separations() {
    for instance in ModernGolden.file.instances {
      for jacobian in instance.jacobians {
        let network = ModernHopfieldNetwork(storing: instance.memories, beta: jacobian.beta)
        #expect(network.separations().deviation(from: instance.separations) < 1e-12)
        #expect(abs(network.separation(of: 1) - instance.separations[1]) < 1e-12)
        #expect(abs(network.largestNorm - instance.largestNorm) < 1e-12)
        let error = norm(network.retrieve([instance.memories[0]])[0] - instance.memories[0])
        #expect(abs(error - jacobian.oneStepError) < 1e-11)
        #expect(error <= network.oneStepErrorBound(for: 0, distance: error))
      }
    }
  }

  @Test("The Jacobian's norm is β Xᵀ J X, by the separation's pullback")
  func jacobians() {
    for instance in ModernGolden.file.instances {
      for golden in instance.jacobians {
        let scores = instance.memories.map { golden.beta * product($0, instance.memories[0]) }
        // Power iteration.
        var v = instance.memories[1]
        var length = 0.0
        for _ in 0..<3000 {
          let pulled = Separation.softmax.pullback(
            of: instance.memories.map { product($0, v) }, at: scores)
          v = v.indices.map { k in
            golden.beta * zip(pulled, instance.memories).reduce(0) { $0 + $1.0 * $1.1[k] }
          }
          length = norm(v)
          v = v.map { $0 / length }
        }
        #expect(abs(length - golden.spectralNorm) < 1e-9 * max(1, golden.spectralNorm))
      }
    }
  }

  @Test("Theorem 5 on spheres: separations, errors, bounds, and what theory promises")
  func bounds() {
    for instance in BoundsGolden.file.instances {
      var random = Vectors(seed: instance.seed)
      let memories = random.vectors(instance.count, instance.dimension).map { v in
        v.map { $0 * instance.radius / norm(v) }
      }
      #expect(memories[0].deviation(from: instance.firstRow) < 1e-12)
      for row in instance.rows {
        let network = ModernHopfieldNetwork(storing: memories, beta: row.beta)
        let memory = memories[row.memory]
        let close = { (a: Double, b: Double) in abs(a - b) <= 1e-9 * abs(b) + 1e-12 }
        #expect(close(network.separation(of: row.memory), row.separation))
        #expect(close(network.promisingSeparation, row.promisingSeparation))
        #expect(
          network.promisesRetrieval(of: row.memory) == (row.separation >= row.promisingSeparation))
        let query = zip(memory, row.shift).map { $0 + $1 }
        #expect(close(norm(network.retrieve([query])[0] - memory), row.oneStepError))
        let fixed = network.recall(from: memory, tolerance: 0).state
        #expect(close(norm(fixed - memory), row.distance))
        let bound = network.retrievalErrorBound(for: row.memory)
        #expect(abs(bound - row.bound) <= 1e-9 * row.bound)
      }
    }
  }
}
