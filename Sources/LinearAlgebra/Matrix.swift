/// A dense matrix of floats or doubles, row by row: element (i, j) at i * columns + j.
///
///     var sum = Matrix<Double>(rows: 3, columns: 2)
///     sum.add(a[rows: 0..<3], times: b.all.transposed, threads: 1)
///
/// A value type over one array; products and factorizations are OpenBLAS's, or Accelerate's on
/// Apple's systems. A caller's mistake in sizes is a failed precondition.
package struct Matrix<Scalar: MatrixScalar>: Equatable, Sendable {
  package let rows: Int
  package let columns: Int
  package var elements: [Scalar]

  /// All elements alike.
  @inlinable
  package init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    precondition(
      rows >= 0 && columns >= 0 && rows < 1 << 31 && columns < 1 << 31,
      "a matrix of \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    elements = [Scalar](repeating: value, count: rows * columns)
  }

  /// The matrix with these elements, row by row.
  @inlinable
  package init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(
      rows >= 0 && columns >= 0 && rows < 1 << 31 && columns < 1 << 31
        && elements.count == rows * columns,
      "\(elements.count) elements for \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  @inlinable
  package subscript(i: Int, j: Int) -> Scalar {
    get { elements[index(i, j)] }
    set { elements[index(i, j)] = newValue }
  }

  @inlinable
  package func index(_ i: Int, _ j: Int) -> Int {
    precondition(
      i >= 0 && i < rows && j >= 0 && j < columns, "element (\(i), \(j)) of \(rows) x \(columns)")
    return i * columns + j
  }

  /// Row i.
  @inlinable
  package subscript(row i: Int) -> ArraySlice<Scalar> {
    precondition(i >= 0 && i < rows, "row \(i) of \(rows)")
    return elements[i * columns..<(i + 1) * columns]
  }

  /// All of it, as a factor of a product.
  package var all: Block { self[rows: 0..<rows, columns: 0..<columns] }

  /// Some of its rows, as a factor of a product.
  package subscript(rows range: Range<Int>) -> Block { self[rows: range, columns: 0..<columns] }

  /// A rectangle of it, as a factor of a product.
  package subscript(rows rows: Range<Int>, columns columns: Range<Int>) -> Block {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= self.rows && columns.lowerBound >= 0
        && columns.upperBound <= self.columns,
      "rows \(rows) and columns \(columns) of \(self.rows) x \(self.columns)")
    return Block(matrix: self, rowRange: rows, columnRange: columns)
  }

  /// A rectangle of a matrix, as it is or transposed; shares the matrix's memory.
  package struct Block: Sendable {
    let matrix: Matrix
    let rowRange: Range<Int>
    let columnRange: Range<Int>
    private(set) var isTransposed = false

    package var rows: Int { isTransposed ? columnRange.count : rowRange.count }
    package var columns: Int { isTransposed ? rowRange.count : columnRange.count }

    /// Rows for columns.
    package var transposed: Block {
      var other = self
      other.isTransposed.toggle()
      return other
    }

    /// Where the first element is.
    var offset: Int { rowRange.lowerBound * matrix.columns + columnRange.lowerBound }
  }
}
