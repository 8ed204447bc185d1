import HopfieldKernels
import HopfieldPatterns
import TestSupport
import Testing

/// Matrices that are not symmetric: what a neuron hears is a row, what it says a column.
@Suite struct CoupledFieldsTests {
  /// Whole numbers over 1024, so that no sum rounds in whatever order.
  private func rows(_ neurons: Int, _ generator: inout SeededGenerator) -> [Float] {
    (0..<neurons * neurons).map { _ in Float(Int(generator.next() % 2049) - 1024) / 1024 }
  }

  @Test("Directed fields are the sums over rows, and a flip adds a column")
  func directed() {
    var generator = SeededGenerator(seed: 9)
    for neurons in [1, 2, 31, 33, 64, 65, 130] {
      let rows = rows(neurons, &generator)
      for diagonal in [true, false] {
        let matrix = CouplingMatrix(directed: rows, neurons: neurons, diagonal: diagonal)
        func fields(of state: Pattern) -> [Double] {
          (0..<neurons).map { i in
            (0..<neurons).reduce(0) { sum, j in
              i == j && !diagonal ? sum : sum + Double(rows[i * neurons + j]) * Double(state[j])
            }
          }
        }
        var state = Pattern.random(size: neurons, using: &generator)
        var kept = matrix.fields(of: state.spins.map(Double.init), threads: 1)
        #expect(kept == fields(of: state))
        let site = neurons / 2
        state[site] = -state[site]
        matrix.flip(site, to: Double(state[site]), fields: &kept)
        #expect(kept == fields(of: state))
      }
    }
  }

  @Test("Fields are the same on any number of threads")
  func threads() {
    var generator = SeededGenerator(seed: 10)
    // The least work that is divided; each row a part of one list.
    let neurons = 1449
    #expect(neurons * neurons >= Parallel.worthwhile / 16)
    let list = (0..<3 * neurons).map { _ in Float(Int(generator.next() % 2049) - 1024) / 1024 }
    let rows = (0..<neurons).flatMap { list[2 * $0 % 1999..<2 * $0 % 1999 + neurons] }
    let matrix = CouplingMatrix(directed: rows, neurons: neurons, diagonal: true)
    let spins = Pattern.random(size: neurons, using: &generator).spins.map(Double.init)
    let fields = matrix.fields(of: spins, threads: 1)
    for threads in [2, 3] { #expect(matrix.fields(of: spins, threads: threads) == fields) }
    for i in [0, 700, neurons - 1] {
      let row = list[2 * i % 1999..<2 * i % 1999 + neurons]
      #expect(fields[i] == zip(row, spins).reduce(0) { $0 + Double($1.0) * $1.1 })
    }
  }
}
