import HopfieldLinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixTests {
  @Test("Elements stand row by row")
  func layout() {
    var matrix = Matrix<Double>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 4)
    matrix[0, 2] = 9
    #expect(matrix.elements == [1, 2, 9, 4, 5, 6])
    #expect(Array(matrix[row: 1]) == [4, 5, 6])
    #expect(Matrix<Float>(rows: 0, columns: 3).elements.isEmpty)
  }

  @Test("A block has the shape of its rows and columns")
  func blocks() {
    let matrix = Matrix<Float>(rows: 4, columns: 6)
    #expect(matrix[rows: 1..<3].rows == 2)
    #expect(matrix[rows: 1..<3].columns == 6)
    #expect(matrix[rows: 0..<4, columns: 2..<3].transposed.rows == 1)
    #expect(matrix[rows: 0..<4, columns: 2..<3].transposed.columns == 4)
    #expect(matrix.all.transposed.transposed.rows == 4)
  }
}
