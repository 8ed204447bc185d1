import HopfieldKernels
import HopfieldPatterns
import Synchronization
import Testing

/// What learning rules do to rows of couplings, against sums term by term.
@Suite struct MatrixRowsTests {
  private static let sizes = [1, 15, 16, 17, 33, 64, 100]

  @Test("A weighted Gram matrix is its definition, and symmetric to the last bit")
  func weightedGram() {
    for neurons in Self.sizes {
      var tiled = TiledPatterns(neurons: neurons, patterns: 37, holes: true)
      let weights = tiled.rows.map { $0 == nil ? 0 : tiled.generator.unit() - 0.3 }
      let grams = (0..<neurons).map { tiled.tiles.weightedGram(of: $0, weights: weights) }
      for i in 0..<neurons {
        for j in 0..<neurons {
          var sum = 0.0
          for (row, weight) in zip(tiled.rows, weights) {
            if let row { sum += weight * Double(row[i] * row[j]) }
          }
          #expect(abs(grams[i][j] - sum) < 1e-13)
          #expect(grams[i][j] == grams[j][i])
        }
      }
    }
  }

  @Test("Bounded sums are walks between two walls, one step a pattern")
  func boundedSums() {
    for neurons in Self.sizes {
      let tiled = TiledPatterns(neurons: neurons, patterns: 48)
      let rows = tiled.rows.map { $0! }
      let spins = SpinRows(rows.flatMap { $0.map(Int16.init) }, neurons: neurons)
      for bound in [1, 3, SpinRows.largestBound] {
        for i in [0, neurons / 2, neurons - 1] {
          let walks = (0..<neurons).map { j in
            rows.reduce(0) { max(-bound, min(bound, $0 + $1[i] * $1[j])) }
          }
          #expect(spins.boundedSums(of: i, bound: bound).map(Int.init) == walks)
        }
      }
    }
  }

  @Test("An outer product changes every coupling but the diagonal's, and the slack with them")
  func outer() {
    for neurons in Self.sizes {
      var generator = SeededGenerator(seed: UInt64(neurons))
      let spins = Pattern.random(size: neurons, using: &generator).spins.map(Double.init)
      // Multiples of 1/8, so that nothing rounds.
      var rows = [Float](repeating: 0, count: neurons * neurons)
      for i in 0..<neurons {
        for j in 0...i {
          let coupling = Float(generator.index(below: 33) - 16) / 8
          rows[i * neurons + j] = coupling
          rows[j * neurons + i] = coupling
        }
      }
      var matrix = CouplingMatrix(symmetric: rows, neurons: neurons, diagonal: true)
      matrix.add(-0.125, outer: spins, threads: 2)
      for i in 0..<neurons {
        for j in 0..<neurons where i != j {
          rows[i * neurons + j] -= Float(spins[i] * spins[j]) / 8
        }
      }
      #expect(matrix.elements == rows)
      // What counts as a zero field is that of a matrix that came with these couplings.
      let fresh = CouplingMatrix(symmetric: rows, neurons: neurons, diagonal: true)
      let rule = CouplingMatrix.Rule(thresholds: nil, frozen: nil)
      for scale in [0.99, 1.01] {
        let fields = (0..<neurons).map { i in
          -spins[i] * scale * 0x1p-24
            * rows[i * neurons..<(i + 1) * neurons].reduce(0) { $0 + Double(abs($1)) }
        }
        #expect(
          matrix.decisions(rule: rule, noise: nil, spins: spins, fields: fields)
            == fresh.decisions(rule: rule, noise: nil, spins: spins, fields: fields))
      }
    }
  }

  @Test("Rows are each visited once, on any number of threads, and progress ends at 1")
  func rows() {
    for (rows, columns) in [(0, 0), (1, 1), (7, 3), (300, 5), (1000, 2)] {
      for threads in [1, 2, 3] {
        var matrix = [Float](repeating: -1, count: rows * columns)
        let shares = Mutex<[Double]>([])
        Parallel.forEachRow(
          of: &matrix, columns: columns, threads: threads,
          progress: { share in shares.withLock { $0.append(share) } }
        ) { row, values in
          for k in 0..<columns { values[k] += Float(row * columns + k + 1) }
        }
        #expect(matrix == (0..<rows * columns).map(Float.init))
        let told = shares.withLock { $0 }
        #expect(told == told.sorted())
        #expect(told.last == (rows > 0 ? 1 : nil))
      }
    }
  }
}
