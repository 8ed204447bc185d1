/// Products, of rectangles of matrices that may be transposed.
///
/// For a given number of threads they are deterministic; another number may change the last bit.
extension Matrix {
  /// self += scale a b.
  ///
  /// - Parameters:
  ///   - a: the left factor.
  ///   - b: the right factor.
  ///   - scale: a factor of the product.
  ///   - rows: the rows of self that the product belongs to; nil for all of them.
  ///   - threads: at most this many.
  /// - Complexity: O(m n k).
  package mutating func add(
    _ a: Block, times b: Block, scale: Scalar = 1, toRows rows: Range<Int>? = nil, threads: Int
  ) {
    precondition(b.columns == columns, "a product of \(b.columns) columns in \(columns)")
    multiply(scale, a, b, keep: 1, rows, threads)
  }

  /// a b.
  package static func product(_ a: Block, _ b: Block, threads: Int) -> Matrix {
    var product = Matrix(rows: a.rows, columns: b.columns)
    product.multiply(1, a, b, keep: 0, nil, threads)
    return product
  }

  /// The left columns of self become scale a b + keep of themselves.
  private mutating func multiply(
    _ scale: Scalar, _ a: Block, _ b: Block, keep: Scalar, _ rows: Range<Int>?, _ threads: Int
  ) {
    let rows = rows ?? 0..<self.rows
    precondition(
      a.columns == b.rows, "factors of \(a.rows) x \(a.columns) and \(b.rows) x \(b.columns)")
    precondition(
      rows.count == a.rows && columns >= b.columns && rows.lowerBound >= 0
        && rows.upperBound <= self.rows,
      "a product of \(a.rows) x \(b.columns) in rows \(rows) of \(self.rows) x \(columns)")
    guard a.columns > 0, columns > 0, !rows.isEmpty else { return }
    useThreads(threads)
    let columns = columns
    unsafe a.matrix.elements.withUnsafeBufferPointer { left in
      unsafe b.matrix.elements.withUnsafeBufferPointer { right in
        unsafe elements.withUnsafeMutableBufferPointer { sum in
          unsafe Scalar.gemm(
            a.isTransposed, b.isTransposed, Int32(rows.count), Int32(b.columns), Int32(a.columns),
            scale, left.baseAddress! + a.offset, Int32(a.matrix.columns),
            right.baseAddress! + b.offset, Int32(b.matrix.columns), keep,
            sum.baseAddress! + rows.lowerBound * columns, Int32(columns))
        }
      }
    }
  }

  /// scale (aᵀ b + bᵀ a) as floats, row by row, with zeros on the diagonal.
  ///
  /// Half the work of two products, scaled last, so that sums of integers stay exact. It is made in panels,
  /// which are rounded while they are in the cache: a matrix of N x N doubles never exists.
  ///
  /// - Complexity: O(N² k), for a and b of k x N.
  package static func symmetrized(
    _ a: Matrix, _ b: Matrix, scale: Double, threads: Int
  ) -> [Float] {
    precondition(
      a.rows == b.rows && a.columns == b.columns,
      "factors of \(a.rows) x \(a.columns) and \(b.rows) x \(b.columns)")
    let size = a.columns, height = 128
    return unsafe [Float](unsafeUninitializedCapacity: size * size) { result, filled in
      filled = size * size
      var panel = Matrix(rows: min(height, size), columns: size)
      for top in stride(from: 0, to: size, by: height) {
        let rows = top..<min(top + height, size)
        let left = 0..<rows.upperBound
        panel.multiply(
          1, a[rows: 0..<a.rows, columns: rows].transposed, b[rows: 0..<b.rows, columns: left],
          keep: 0, 0..<rows.count, threads)
        panel.multiply(
          1, b[rows: 0..<b.rows, columns: rows].transposed, a[rows: 0..<a.rows, columns: left],
          keep: 1, 0..<rows.count, threads)
        unsafe panel.elements.withUnsafeBufferPointer { panel in
          for i in rows {
            let row = unsafe result.baseAddress! + i * size
            unsafe Scalar.round(i, scale, panel.baseAddress! + (i - top) * size, row)
            unsafe row[i] = 0
          }
        }
      }
      if size > 0 { unsafe Float.mirrorLower(size, result.baseAddress!) }
    }
  }
}

extension Matrix.Block {
  /// The product with a vector.
  ///
  /// - Complexity: O(m n).
  package func times(_ vector: ArraySlice<Scalar>, threads: Int) -> [Scalar] {
    precondition(
      vector.count == columns, "a vector of \(vector.count) for \(rows) x \(columns)")
    guard rows > 0, columns > 0 else { return [Scalar](repeating: 0, count: rows) }
    useThreads(threads)
    return unsafe [Scalar](unsafeUninitializedCapacity: rows) { result, filled in
      unsafe matrix.elements.withUnsafeBufferPointer { elements in
        unsafe vector.withUnsafeBufferPointer { vector in
          unsafe Scalar.gemv(
            isTransposed, Int32(rowRange.count), Int32(columnRange.count),
            elements.baseAddress! + offset, Int32(matrix.columns), vector.baseAddress,
            result.baseAddress)
        }
      }
      filled = rows
    }
  }

  /// The product with a vector.
  package func times(_ vector: [Scalar], threads: Int) -> [Scalar] {
    times(vector[...], threads: threads)
  }
}
