import HopfieldExperiments
import HopfieldPatterns
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

@Suite struct ModernExperimentTests {
  /// A random direction: points of a cube that are in the ball.
  private func direction(_ dimension: Int, _ random: inout SeededGenerator) -> [Double] {
    while true {
      let point = (0..<dimension).map { _ in 2 * random.share() - 1 }
      let square = point.reduce(0) { $0 + $1 * $1 }
      if square > 0.01, square <= 1 { return point.map { $0 / square.squareRoot() } }
    }
  }

  /// softmax(β X ξ).
  private func weights(_ memories: [[Double]], _ state: [Double], _ beta: Double) -> [Double] {
    let scores = memories.map { memory in
      beta * zip(memory, state).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let most = scores.max()!
    let shares = scores.map { exp($0 - most) }
    let sum = shares.reduce(0, +)
    return shares.map { $0 / sum }
  }

  @Test(arguments: [3.0, 8])
  func endsAreThoseOfPlainIteration(beta: Double) {
    let (count, dimension, noise) = (6, 3, 1.0)
    let row = ModernExperiment(
      memories: count, dimension: dimension, betas: [beta], noise: noise, trials: 800, seed: 4
    ).measure()[0]
    let plain = plainTrials(500) { random in
      let memories = (0..<count).map { _ in direction(dimension, &random) }
      let added = direction(dimension, &random)
      var state = (0..<dimension).map { memories[0][$0] + noise * added[$0] }
      for _ in 0..<200 {
        let shares = weights(memories, state, beta)
        let next = (0..<dimension).map { i in
          (0..<count).reduce(0) { $0 + shares[$1] * memories[$1][i] }
        }
        let moved = zip(state, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
        state = next
        if moved < 1e-7 { break }
      }
      let length = state.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let cosine = zip(memories[0], state).reduce(0) { $0 + $1.0 * $1.1 } / length
      return [cosine, weights(memories, state, beta)[0] > 0.5 ? 1 : 0]
    }
    #expect(Estimate(row.cosine, error: row.standardError).deviation(from: plain[0]) < 4)
    #expect(Estimate(row.single, error: row.singleError).deviation(from: plain[1]) < 4)
  }

  /// At β = 0 the mean of all memories at once; at a large β, without noise, the memory itself.
  @Test func theEndsOfTheScale() {
    let rows = ModernExperiment(
      memories: 20, dimension: 30, betas: [0, 200], noise: 0, trials: 5, seed: 4
    ).measure()
    #expect(rows[0].single == 0)
    #expect(rows[0].holders == 18)
    #expect(rows[1].single == 1)
    #expect(rows[1].holders == 1)
    #expect(abs(rows[1].cosine - 1) < 1e-6)
  }

  @Test func runsAreReproducible() {
    func experiment(seed: UInt64) -> ModernExperiment {
      ModernExperiment(
        memories: 10, dimension: 5, betas: [1, 4, 16], noise: 0.3, trials: 4, seed: seed)
    }
    checkRuns(
      experiment(seed: 1), unlike: experiment(seed: 2), showing: [">From the average to a memory: "]
    )
  }
}
