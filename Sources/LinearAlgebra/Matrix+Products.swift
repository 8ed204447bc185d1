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
    multiply(scale, a, b, keep: 1, rows, threads)
  }

  /// a b.
  package static func product(_ a: Block, _ b: Block, threads: Int) -> Matrix {
    var product = Matrix(rows: a.rows, columns: b.columns)
    product.multiply(1, a, b, keep: 0, nil, threads)
    return product
  }

  private mutating func multiply(
    _ scale: Scalar, _ a: Block, _ b: Block, keep: Scalar, _ rows: Range<Int>?, _ threads: Int
  ) {
    let rows = rows ?? 0..<self.rows
    precondition(
      a.columns == b.rows, "factors of \(a.rows) x \(a.columns) and \(b.rows) x \(b.columns)")
    precondition(
      rows.count == a.rows && columns == b.columns && rows.lowerBound >= 0
        && rows.upperBound <= self.rows,
      "a product of \(a.rows) x \(b.columns) in rows \(rows) of \(self.rows) x \(columns)")
    guard a.columns > 0, columns > 0, !rows.isEmpty else { return }
    useThreads(threads)
    let columns = columns
    unsafe a.matrix.elements.withUnsafeBufferPointer { left in
      unsafe b.matrix.elements.withUnsafeBufferPointer { right in
        unsafe elements.withUnsafeMutableBufferPointer { sum in
          unsafe Scalar.gemm(
            a.isTransposed, b.isTransposed, Int32(rows.count), Int32(columns), Int32(a.columns),
            scale, left.baseAddress! + a.offset, Int32(a.matrix.columns),
            right.baseAddress! + b.offset, Int32(b.matrix.columns), keep,
            sum.baseAddress! + rows.lowerBound * columns, Int32(columns))
        }
      }
    }
  }

  /// self += scale aᵀ a, for a symmetric self.
  ///
  /// Half the work of a product; the upper triangle of self is taken for the mirror of the lower.
  package mutating func addSquare(of a: Matrix, scale: Scalar = 1, threads: Int) {
    precondition(
      rows == columns && a.columns == rows,
      "a square of \(a.rows) x \(a.columns) in \(rows) x \(columns)")
    guard a.rows > 0, rows > 0 else { return }
    useThreads(threads)
    let size = rows
    unsafe a.elements.withUnsafeBufferPointer { a in
      unsafe elements.withUnsafeMutableBufferPointer { sum in
        unsafe Scalar.syrk(
          Int32(size), Int32(a.count / size), scale, a.baseAddress, sum.baseAddress)
        unsafe Scalar.mirrorLower(size, sum.baseAddress!)
      }
    }
  }

  /// self += scale (aᵀ b + bᵀ a), for a symmetric self.
  ///
  /// Half the work of two products; the upper triangle of self is taken for the mirror of the lower.
  package mutating func addSymmetrized(
    _ a: Matrix, _ b: Matrix, scale: Scalar = 1, threads: Int
  ) {
    precondition(
      rows == columns && a.columns == rows && b.columns == rows && a.rows == b.rows,
      "factors of \(a.rows) x \(a.columns) and \(b.rows) x \(b.columns) in \(rows) x \(columns)")
    guard a.rows > 0, rows > 0 else { return }
    useThreads(threads)
    let size = rows
    unsafe a.elements.withUnsafeBufferPointer { a in
      unsafe b.elements.withUnsafeBufferPointer { b in
        unsafe elements.withUnsafeMutableBufferPointer { sum in
          unsafe Scalar.syr2k(
            Int32(size), Int32(a.count / size), scale, a.baseAddress, b.baseAddress,
            sum.baseAddress)
          unsafe Scalar.mirrorLower(size, sum.baseAddress!)
        }
      }
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
