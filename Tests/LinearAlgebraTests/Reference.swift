import HopfieldLinearAlgebra
import TestSupport

/// Matrices of doubles as rows, multiplied as it is written.
struct Reference: Equatable {
  var rows: [[Double]]

  /// Numbers in [-1, 1), by the generator of Park and Miller (1988).
  init(_ count: Int, _ columns: Int, seed: Int) {
    var state = 48_271 * (seed + 1)
    rows = (0..<count).map { _ in
      (0..<columns).map { _ in
        state = 48_271 * state % 2_147_483_647
        return Double(state) / 1_073_741_824 - 1
      }
    }
  }

  init(_ rows: [[Double]]) { self.rows = rows }

  var transposed: Reference {
    Reference((rows.first ?? []).indices.map { j in rows.map { $0[j] } })
  }

  static func * (a: Reference, b: Reference) -> Reference {
    let columns = b.transposed.rows
    return Reference(
      a.rows.map { row in columns.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } })
  }

  static func + (a: Reference, b: Reference) -> Reference {
    Reference(zip(a.rows, b.rows).map { zip($0, $1).map { $0 + $1 } })
  }

  static func * (scale: Double, a: Reference) -> Reference {
    Reference(a.rows.map { $0.map { scale * $0 } })
  }

  static func identity(_ size: Int) -> Reference {
    Reference((0..<size).map { i in (0..<size).map { i == $0 ? 1 : 0 } })
  }

  func matrix<Scalar: MatrixScalar>(of scalar: Scalar.Type = Scalar.self) -> Matrix<Scalar> {
    Matrix(
      rows: rows.count, columns: rows.first?.count ?? 0,
      elements: rows.flatMap { $0.map { Scalar($0) } })
  }
}

extension Matrix {
  /// The largest difference of any element.
  func deviation(from expected: Reference) -> Double {
    elements.map(Double.init).deviation(from: expected.rows.flatMap { $0 })
  }
}
