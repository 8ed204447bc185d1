import HopfieldLinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixProductsTests {
  struct Shape: CustomTestStringConvertible {
    let m: Int
    let n: Int
    let k: Int
    var testDescription: String { "\(m) x \(k) times \(k) x \(n)" }
  }
  static let shapes = [(1, 1, 1), (1, 7, 3), (5, 1, 17), (33, 31, 37), (65, 64, 5)].map {
    Shape(m: $0.0, n: $0.1, k: $0.2)
  }

  /// k + 1 roundings of sums of k products of at most 1.
  private func tolerance<Scalar: MatrixScalar>(_ shape: Shape, _ scalar: Scalar.Type) -> Double {
    Double(shape.k + 2) * Double(shape.k + 2) * Double(Scalar.ulpOfOne)
  }

  private func check<Scalar: MatrixScalar>(_ shape: Shape, _ scalar: Scalar.Type, threads: Int) {
    let tolerance = tolerance(shape, scalar)
    let a = Reference(shape.m, shape.k, seed: 1), b = Reference(shape.k, shape.n, seed: 2)
    let start = Reference(shape.m, shape.n, seed: 3)
    let expected = a * b
    for isLeft in [false, true] {
      for isRight in [false, true] {
        let left: Matrix<Scalar> = (isLeft ? a.transposed : a).matrix()
        let right: Matrix<Scalar> = (isRight ? b.transposed : b).matrix()
        let factors = (
          isLeft ? left.all.transposed : left.all, isRight ? right.all.transposed : right.all
        )
        let product = Matrix.product(factors.0, factors.1, threads: threads)
        #expect(product.deviation(from: expected) <= tolerance)
        var sum: Matrix<Scalar> = start.matrix()
        sum.add(factors.0, times: factors.1, scale: -0.5, threads: threads)
        #expect(sum.deviation(from: start + -0.5 * expected) <= tolerance)
      }
    }
  }

  @Test("Products are sums of products, transposed or not", arguments: shapes)
  func products(shape: Shape) {
    for threads in [1, 2] {
      check(shape, Double.self, threads: threads)
      check(shape, Float.self, threads: threads)
    }
  }

  @Test("A product of parts goes to the rows it is meant for")
  func parts() {
    let a = Reference(9, 12, seed: 1), b = Reference(7, 11, seed: 2), c = Reference(10, 5, seed: 3)
    let part = Reference(a.rows[2..<5].map { Array($0[1..<8]) })
    let other = Reference(b.rows.map { Array($0[6..<11]) })
    let product = part * other
    var expected = c
    for i in 0..<3 {
      for j in 0..<5 { expected.rows[4 + i][j] += 2 * product.rows[i][j] }
    }
    let (left, right): (Matrix<Double>, Matrix<Double>) = (a.matrix(), b.matrix())
    var sum: Matrix<Double> = c.matrix()
    sum.add(
      left[rows: 2..<5, columns: 1..<8], times: right[rows: 0..<7, columns: 6..<11], scale: 2,
      toRows: 4..<7, threads: 1)
    #expect(sum.deviation(from: expected) < 1e-14)
    // Factors may be parts of the sum itself: they are the values from before.
    var own: Matrix<Double> = Reference(6, 6, seed: 4).matrix()
    let before = Reference(6, 6, seed: 4)
    own.add(own[rows: 0..<6], times: own.all.transposed, threads: 1)
    #expect(own.deviation(from: before + before * before.transposed) < 1e-14)
  }

  @Test("Symmetrized products are whole matrices", arguments: [0, 1, 31, 128, 129, 301])
  func symmetric(size: Int) {
    let a = Reference(7, size, seed: 5), b = Reference(7, size, seed: 6)
    let expected = 3 * (a.transposed * b + b.transposed * a)
    let double = Matrix<Double>.symmetrized(a.matrix(), b.matrix(), scale: 3, threads: 2)
    let float = Matrix<Float>.symmetrized(a.matrix(), b.matrix(), scale: 3, threads: 1)
    #expect(double.count == size * size && float.count == size * size)
    for i in 0..<size {
      for j in 0..<size {
        let truth = i == j ? 0 : expected.rows[i][j]
        // Sums of 14 products of numbers of size 1, and rounded to float.
        #expect(abs(Double(double[i * size + j]) - truth) <= 0x1p-24 * abs(truth) + 1e-13)
        #expect(abs(Double(float[i * size + j]) - truth) <= 1e-4)
      }
    }
  }

  @Test("A product with a vector is one with a column")
  func vectors() {
    let a = Reference(13, 17, seed: 8)
    let x = Reference(1, 17, seed: 9), y = Reference(1, 13, seed: 10)
    let matrix: Matrix<Double> = a.matrix()
    let image = (a * x.transposed).rows.map { $0[0] }
    #expect(matrix.all.times(x.rows[0], threads: 1).deviation(from: image) < 1e-14)
    let back = (y * a).rows[0]
    #expect(matrix.all.transposed.times(y.rows[0], threads: 2).deviation(from: back) < 1e-14)
    let part = matrix[rows: 3..<5, columns: 2..<4].times(x.rows[0][2..<4], threads: 1)
    for (row, value) in zip(3..<5, part) {
      let expected = a.rows[row][2] * x.rows[0][2] + a.rows[row][3] * x.rows[0][3]
      #expect(abs(value - expected) < 1e-15)
    }
    let floats: Matrix<Float> = a.matrix()
    #expect(
      floats.all.times(x.rows[0].map(Float.init), threads: 1).map(Double.init)
        .deviation(from: image) < 1e-5)
    #expect(Matrix<Double>(rows: 3, columns: 0).all.times([], threads: 1) == [0, 0, 0])
  }

  @Test("A product over nothing is zero")
  func empty() {
    let (a, b) = (Matrix<Double>(rows: 2, columns: 0), Matrix<Double>(rows: 0, columns: 3))
    #expect(Matrix.product(a.all, b.all, threads: 1) == Matrix(rows: 2, columns: 3))
  }

  @Test("One number of threads gives the same bits every time")
  func deterministic() {
    let a: Matrix<Double> = Reference(70, 90, seed: 11).matrix()
    let first = Matrix.product(a.all, a.all.transposed, threads: 2)
    for _ in 0..<3 { #expect(Matrix.product(a.all, a.all.transposed, threads: 2) == first) }
  }
}
