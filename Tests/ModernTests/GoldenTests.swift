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
          storing: instance.X, beta: run.beta, separation: run.separation)
        let query = instance.queries[run.query]
        let weights = network.association(for: query)
        let first = (0..<instance.M).map { weights[$0] }
        #expect(first.deviation(from: run.p_first) < file.tolerance, "\(run)")

        let scores = instance.X.map { run.beta * product($0, query) }
        let conjugate = run.separation.conjugate(of: scores) / run.beta
        #expect(abs(conjugate - run.lse_first) < file.tolerance, "\(run)")

        var running = network.start(from: query, clamping: false, tolerance: 0)
        #expect(abs(running.energy - run.energies[0]) < file.tolerance, "\(run)")
        for step in 1..<run.energies.count {
          _ = network.descend(&running)
          #expect(abs(running.energy - run.energies[step]) < file.tolerance, "\(run)")
          #expect(
            abs(network.energy(of: running.state) - run.energies[step]) < file.tolerance, "\(run)")
          guard let k = run.trajectory_steps.firstIndex(of: step) else { continue }
          #expect(running.state.deviation(from: run.trajectory[k]) < file.tolerance, "\(run)")
        }
        let recall = network.recall(from: query, maxSteps: 2000, tolerance: 0)
        #expect(recall.state.deviation(from: run.fixed_point) < 1e-10, "\(run)")
        #expect(network.retrieve([query])[0].deviation(from: run.trajectory[0]) < file.tolerance)
      }
    }
  }

  @Test("In single precision, one step is within 1e-5 of the reference")
  func singlePrecision() {
    for instance in ModernGolden.file.instances {
      for run in instance.runs {
        let network = ModernHopfieldNetwork(
          storing: instance.X.map { $0.map(Float.init) }, beta: run.beta,
          separation: run.separation)
        let result = network.retrieve([instance.queries[run.query].map(Float.init)])
        #expect(relativeError(result, [run.trajectory[0]]) < 1e-5, "\(run)")
      }
    }
  }

  @Test("Separations, the largest norm and the one-step error equal the reference")
  func separations() {
    for instance in ModernGolden.file.instances {
      for jacobian in instance.jacobian {
        let network = ModernHopfieldNetwork(storing: instance.X, beta: jacobian.beta)
        #expect(network.separations().deviation(from: instance.separation) < 1e-12)
        #expect(abs(network.separation(of: 1) - instance.separation[1]) < 1e-12)
        #expect(abs(network.largestNorm - instance.max_norm) < 1e-12)
        let error = norm(network.retrieve([instance.X[0]])[0] - instance.X[0])
        #expect(abs(error - jacobian.one_step_error) < 1e-11)
        #expect(error <= network.oneStepErrorBound(for: 0, distance: error))
      }
    }
  }

  @Test("The Jacobian's norm is β Xᵀ J X, by the separation's pullback")
  func jacobians() {
    for instance in ModernGolden.file.instances {
      for golden in instance.jacobian {
        let scores = instance.X.map { golden.beta * product($0, instance.X[0]) }
        // Power iteration.
        var v = instance.X[1]
        var length = 0.0
        for _ in 0..<3000 {
          let pulled = Separation.softmax.pullback(
            of: instance.X.map { product($0, v) }, at: scores)
          v = v.indices.map { k in
            golden.beta * zip(pulled, instance.X).reduce(0) { $0 + $1.0 * $1.1[k] }
          }
          length = norm(v)
          v = v.map { $0 / length }
        }
        #expect(abs(length - golden.spectral_norm) < 1e-9 * max(1, golden.spectral_norm))
      }
    }
  }

  @Test("Theorem 5 on spheres: separations, errors, bounds, and what theory promises")
  func bounds() {
    for instance in BoundsGolden.file.instances {
      var random = Vectors(seed: instance.seed)
      let memories = random.vectors(instance.M, instance.d).map { v in
        v.map { $0 * instance.K * Double(instance.d - 1).squareRoot() / norm(v) }
      }
      #expect(memories[0].deviation(from: instance.first_row) < 1e-12)
      for row in instance.rows {
        let network = ModernHopfieldNetwork(storing: memories, beta: row.beta)
        let memory = memories[row.i]
        let close = { (a: Double, b: Double) in abs(a - b) <= 1e-9 * abs(b) + 1e-12 }
        #expect(close(network.separation(of: row.i), row.Delta_i))
        #expect(close(network.promisingSeparation, row.well_separated_min))
        #expect(network.promisesRetrieval(of: row.i) == (row.Delta_i >= row.well_separated_min))
        let query = zip(memory, row.delta_query).map { $0 + $1 }
        #expect(close(norm(network.retrieve([query])[0] - memory), row.error_one_step))
        let fixed = network.recall(from: memory, tolerance: 0).state
        #expect(close(norm(fixed - memory), row.dist_fixed_point))
        let bound = network.retrievalErrorBound(for: row.i)
        #expect(abs(bound - row.thm5_bound) <= 1e-9 * row.thm5_bound)
      }
    }
  }
}
