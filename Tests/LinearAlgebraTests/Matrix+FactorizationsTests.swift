import HopfieldLinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyTests {
  /// Aᵀ A + 1: its eigenvalues are at least 1.
  private func positive(_ size: Int) -> Reference {
    let a = Reference(size, size, seed: size)
    return a.transposed * a + Reference.identity(size)
  }

  @Test("L Lᵀ is the matrix, and L is lower", arguments: [1, 2, 5, 33, 70])
  func factor(size: Int) throws {
    let reference = positive(size)
    let lower = try Cholesky<Double>(of: reference.matrix(), threads: 2).lower
    let rows = Reference((0..<size).map { Array(lower[row: $0]) })
    #expect((rows * rows.transposed).matrix(of: Double.self).deviation(from: reference) < 1e-12)
    for i in 0..<size {
      #expect(lower[i, i] > 0)
      for j in i + 1..<max(size, i + 1) { #expect(lower[i, j] == 0) }
    }
  }

  @Test("Solutions and inverse undo the matrix", arguments: [1, 2, 5, 33, 70])
  func solve(size: Int) throws {
    let reference = positive(size)
    let x = Reference(3, size, seed: 4)
    let factor = try Cholesky<Double>(of: reference.matrix(), threads: 1)
    // A is symmetric: the rows b of A x = b are xᵀ A.
    let solved = factor.solve((x * reference).matrix(), threads: 1)
    #expect(solved.deviation(from: x) < 1e-11)
    let inverse = factor.inverse(threads: 2)
    let product = Matrix.product(inverse.all, reference.matrix(of: Double.self).all, threads: 1)
    #expect(product.deviation(from: .identity(size)) < 1e-11)
    for i in 0..<size {
      for j in 0..<i { #expect(inverse[i, j] == inverse[j, i]) }
    }

    let float = try Cholesky<Float>(of: reference.matrix(), threads: 1)
    #expect(float.solve((x * reference).matrix(), threads: 1).deviation(from: x) < 1e-2)
    #expect(float.inverse(threads: 1).deviation(from: Reference(inverse)) < 1e-3)
  }

  @Test("The first dependent row is named", arguments: [0, 1, 4, 40, 64])
  func dependent(row: Int) {
    let size = 65
    // Row `row` is a sum of two before it, or zero: so are all later ones that do the same.
    var factors = Reference(size, size + 3, seed: 12)
    for k in [row, 64] {
      factors.rows[k] =
        k < 2
        ? [Double](repeating: 0, count: size + 3)
        : zip(factors.rows[0], factors.rows[1]).map { $0 + $1 }
    }
    let gram = factors * factors.transposed
    #expect {
      try Cholesky<Double>(of: gram.matrix(), tolerance: 1e-10, threads: 2)
    } throws: {
      ($0 as? Cholesky<Double>.SmallPivot)?.index == row
    }
  }

  @Test("A matrix of nothing has a factor of nothing")
  func empty() throws {
    let factor = try Cholesky(of: Matrix<Double>(rows: 0, columns: 0), threads: 1)
    #expect(factor.inverse(threads: 1).elements.isEmpty)
    #expect(factor.solve(Matrix(rows: 2, columns: 0), threads: 1).rows == 2)
  }
}

extension Reference {
  init(_ matrix: Matrix<Double>) {
    self.init((0..<matrix.rows).map { Array(matrix[row: $0]) })
  }
}
