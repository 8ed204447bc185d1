import HopfieldKernels
import HopfieldPatterns
import Testing

/// Factors are whole numbers here, so every sum is exact, whatever its order.
@Suite struct LowRankCouplingsTests {
  private static let sizes = [
    (neurons: 1, patterns: 1), (31, 15), (33, 70), (64, 16), (65, 33), (130, 40), (260, 3),
  ]

  /// A symmetric factor over the active slots, whole numbers from -8 to 8, and the matrix N w.
  private func instance(
    neurons: Int, patterns: Int
  ) -> (twin: TiledPatterns, factor: [Double], matrix: [[Double]]) {
    var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: true)
    let rows = twin.rows.compactMap { $0 }
    let count = rows.count
    var factor = [Double](repeating: 0, count: count * count)
    for m in 0..<count {
      for n in 0...m {
        factor[m * count + n] = Double(twin.generator.next() % 17) - 8
        factor[n * count + m] = factor[m * count + n]
      }
    }
    var matrix = [[Double]](
      repeating: [Double](repeating: 0, count: neurons), count: neurons)
    for j in 0..<neurons {
      var image = [Double](repeating: 0, count: count)
      for m in 0..<count {
        for n in 0..<count { image[m] += factor[m * count + n] * Double(rows[n][j]) }
      }
      for i in 0..<neurons {
        var sum = 0.0
        for m in 0..<count { sum += Double(rows[m][i]) * image[m] }
        matrix[i][j] = sum
      }
    }
    return (twin, factor, matrix)
  }

  @Test("Overlaps of patterns with each other are sums of products")
  func gram() {
    for (neurons, patterns) in Self.sizes {
      let twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 1)
      let rows = twin.rows.compactMap { $0 }.prefix(40)
      let expected = rows.flatMap { a in
        rows.map { b in Int32(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }) }
      }
      #expect(twin.tiles.gram(ofFirst: 40, threads: 2) == expected)
    }
  }

  @Test("Rows, fields and the diagonal are the matrix's")
  func fields() {
    for (neurons, patterns) in Self.sizes {
      let (tiled, factor, matrix) = instance(neurons: neurons, patterns: patterns)
      var twin = tiled
      let couplings = LowRankCouplings(
        twin.tiles, factor: factor, selfCoupling: true, threads: 2)
      #expect(couplings.compactFactor == factor)
      for i in Set([0, neurons / 2, neurons - 1]) { #expect(couplings.row(i) == matrix[i]) }
      #expect(couplings.diagonal == (0..<neurons).map { matrix[$0][$0] })
      let state = twin.randomState()
      let motion = couplings.motion(at: state.words, threads: 1)
      #expect(motion.overlaps == twin.overlaps(with: state))
      let spins = state.spins.map(Double.init)
      let expected = matrix.map { row in zip(row, spins).reduce(0) { $0 + $1.0 * $1.1 } }
      #expect(couplings.sums(motion, threads: 2) == expected)
    }
  }

  @Test("Visits decide by the newest state, in any order, with thresholds, noise and frozen spins")
  func visit() {
    for (neurons, patterns) in Self.sizes {
      let (tiled, factor, matrix) = instance(neurons: neurons, patterns: patterns)
      var twin = tiled
      let size = Double(neurons)
      let thresholds = (0..<neurons).map { _ in (Double(twin.generator.next() % 41) - 20) / size }
      let order = (0..<2 * neurons).map { _ in UInt32(twin.generator.next() % UInt64(neurons)) }
      for keepsDiagonal in [false, true] {
        for (sites, isWarm) in [(nil, false), (nil, true), (order, false), (order, true)] {
          let couplings = LowRankCouplings(
            twin.tiles, factor: factor, selfCoupling: keepsDiagonal, threads: 1)
          let frozen = twin.randomMask()
          let noise =
            isWarm
            ? (0..<(sites?.count ?? neurons)).map { _ in
              (Double(twin.generator.next() % 401) - 200) / size
            } : nil
          let state = twin.randomState()
          var motion = couplings.motion(at: state.words, threads: 1)
          let flips = couplings.visit(
            sites, &motion, rule: .init(thresholds: thresholds, frozen: frozen), noise: noise,
            threads: 1)

          var spins = state.spins.map(Double.init)
          var expected = 0
          for (visit, site) in (sites ?? (0..<UInt32(neurons)).map { $0 }).enumerated() {
            let i = Int(site)
            if frozen[i / 64] >> (i % 64) & 1 == 1 { continue }
            var field = zip(matrix[i], spins).reduce(0) { $0 + $1.0 * $1.1 }
            if !keepsDiagonal || isWarm { field -= matrix[i][i] * spins[i] }
            field -= size * (thresholds[i] + (noise?[visit] ?? 0))
            // Thresholds of whole numbers over N are off by rounding alone.
            guard field.rounded() * spins[i] < 0 else { continue }
            spins[i] = -spins[i]
            expected += 1
          }
          let name: Comment = "N = \(neurons), P = \(patterns)"
          #expect(flips == expected, name)
          #expect(Pattern(words: motion.words, size: neurons) == Pattern(spins), name)
          #expect(motion.overlaps == twin.overlaps(with: Pattern(spins)), name)
        }
      }
    }
  }

  @Test("Flipping few spins or many leaves the images of the state")
  func flips() {
    for (neurons, patterns) in Self.sizes {
      let (tiled, factor, _) = instance(neurons: neurons, patterns: patterns)
      var twin = tiled
      let couplings = LowRankCouplings(
        twin.tiles, factor: factor, selfCoupling: false, threads: 1)
      let state = twin.randomState()
      for count in Set([1, neurons / 2, neurons]) where count > 0 {
        var motion = couplings.motion(at: state.words, threads: 1)
        couplings.flip(Array(0..<count), &motion, threads: 1)
        let flipped = Pattern(size: neurons) { ($0 < count) != (state[$0] > 0) }
        let fresh = couplings.motion(at: flipped.words, threads: 1)
        #expect(motion.words == fresh.words)
        #expect(motion.overlaps == fresh.overlaps)
        #expect(motion.images == fresh.images)
        #expect(motion.slack == fresh.slack)
      }
    }
  }
}
