import HopfieldLinearAlgebra
import TestSupport
import Testing

@Suite struct InverseTests {
  /// Aᵀ A + 1: its eigenvalues are at least 1.
  private func positive(_ size: Int) -> Reference {
    let a = Reference(size, size, seed: size)
    return a.transposed * a + Reference.identity(size)
  }

  /// One part after another, the last ones first.
  private func backwards(_ parts: Int, _ body: (Int) -> Void) {
    for part in (0..<parts).reversed() { body(part) }
  }

  // 127 rows are whole, 128 and more are taken in strips, which may be unequal.
  @Test(
    "The inverse undoes the matrix, and is symmetric", arguments: [1, 2, 5, 70, 127, 128, 129, 203])
  func inverse(size: Int) throws {
    let reference = positive(size)
    let matrix: Matrix<Double> = reference.matrix()
    let inverse = try matrix.positiveDefiniteInverse(threads: 2, sharing: backwards)
    let product = Matrix.product(inverse.all, matrix.all, threads: 1)
    #expect(product.deviation(from: .identity(size)) < 1e-11)
    for i in 0..<size {
      for j in 0..<i { #expect(inverse[i, j] == inverse[j, i]) }
    }
    // Parts may be done in any order.
    let again = try matrix.positiveDefiniteInverse(threads: 1) { parts, body in
      for part in 0..<parts { body(part) }
    }
    #expect(again.elements.elementsEqual(inverse.elements))
    // What is above the diagonal is not read.
    var lower = matrix
    for i in 0..<size { for j in i + 1..<max(size, i + 1) { lower[i, j] = .nan } }
    let fromLower = try lower.positiveDefiniteInverse(threads: 2, sharing: backwards)
    #expect(fromLower.elements.elementsEqual(inverse.elements))
  }

  // Kac, Murdock and Szegő 1953: the inverse of r^|i − j| has three diagonals.
  @Test("The inverse of a matrix of powers is the known one", arguments: [2, 127, 128, 501, 1030])
  func powers(size: Int) throws {
    let r = 0.5
    var matrix = Matrix<Double>(rows: size, columns: size)
    for i in 0..<size {
      for j in 0...i { matrix[i, j] = Double(sign: .plus, exponent: j - i, significand: 1) }
    }
    let inverse = try matrix.positiveDefiniteInverse(threads: 2, sharing: backwards)
    var largest = 0.0
    for i in 0..<size {
      for j in 0..<size {
        let isEnd = i == 0 || i == size - 1
        let exact = i == j ? (isEnd ? 1 : 1 + r * r) : abs(i - j) == 1 ? -r : 0
        largest = max(largest, abs(inverse[i, j] - exact / (1 - r * r)))
      }
    }
    #expect(largest < 1e-13)
  }

  @Test("The inverse of Hilbert's matrix is of integers")
  func hilbert() throws {
    // 1 / (i + j + 1) of 4 rows: its condition is 15 514.
    var matrix = Matrix<Double>(rows: 4, columns: 4)
    for i in 0..<4 { for j in 0..<4 { matrix[i, j] = 1 / Double(i + j + 1) } }
    let inverse = try matrix.positiveDefiniteInverse(threads: 2, sharing: backwards)
    let exact: [Double] = [
      16, -120, 240, -140, -120, 1200, -2700, 1680, 240, -2700, 6480, -4200, -140, 1680, -4200,
      2800,
    ]
    for (ours, theirs) in zip(inverse.elements, exact) { #expect(abs(ours - theirs) < 1e-8) }
  }

  @Test(
    "The first dependent row is named",
    arguments: [(65, [0, 1, 4, 40, 64]), (150, [3, 74, 75, 149])])
  func dependent(size: Int, rows: [Int]) {
    for row in rows {
      // Row `row` is a sum of two before it, or zero: so are all later ones that do the same.
      var factors = Reference(size, size + 3, seed: 12)
      for k in [row, size - 1] {
        factors.rows[k] =
          k < 2
          ? [Double](repeating: 0, count: size + 3)
          : zip(factors.rows[0], factors.rows[1]).map { $0 + $1 }
      }
      let gram: Matrix<Double> = (factors * factors.transposed).matrix()
      #expect {
        try gram.positiveDefiniteInverse(tolerance: 1e-10, threads: 2, sharing: backwards)
      } throws: {
        ($0 as? SmallPivot)?.index == row
      }
    }
  }

  @Test("A matrix of nothing is its own inverse")
  func empty() throws {
    let nothing = Matrix<Double>(rows: 0, columns: 0)
    #expect(try nothing.positiveDefiniteInverse(threads: 2, sharing: backwards).elements.isEmpty)
  }
}

extension Reference {
  init(_ matrix: Matrix<Double>) {
    self.init((0..<matrix.rows).map { Array(matrix[row: $0]) })
  }
}
