internal import HopfieldPatterns

/// Given couplings between two layers: a matrix of n x m floats, fields summed in double.
struct LayerCouplings: Sendable {
  private let rows: [Float]
  private let xSize: Int
  private let ySize: Int
  /// What the rounding of the couplings to float can make of a field that is zero:
  /// 2^-24 Σ |w| over the field's couplings.
  private let xSlack: [Double]
  private let ySlack: [Double]

  init(_ rows: [Float], xSize: Int, ySize: Int) {
    precondition(
      rows.count == xSize * ySize, "\(rows.count) couplings for \(xSize) by \(ySize) neurons")
    precondition(rows.allSatisfy(\.isFinite), "a coupling is not finite")
    self.rows = rows
    self.xSize = xSize
    self.ySize = ySize
    var (x, y) = ([Double](repeating: 0, count: xSize), [Double](repeating: 0, count: ySize))
    for i in 0..<xSize {
      for j in 0..<ySize {
        let size = Double(abs(rows[i * ySize + j])) * 0x1p-24
        x[i] += size
        y[j] += size
      }
    }
    xSlack = x
    ySlack = y
  }

  /// E = −xᵀ W y.
  func energy(of state: PatternPair) -> Double {
    zip(state.x.spins, xFields(from: state.y)).reduce(0) { $0 - Double($1.0) * $1.1 }
  }

  /// `pattern` with every spin along its field; a field within its slack leaves it.
  func aligned(
    _ pattern: Pattern, of layer: BidirectionalRecall.Layer, with other: Pattern
  ) -> Pattern {
    let fields = layer == .x ? xFields(from: other) : yFields(from: other)
    let slack = layer == .x ? xSlack : ySlack
    return Pattern(size: pattern.size) { k in
      abs(fields[k]) > slack[k] ? fields[k] > 0 : pattern[k] > 0
    }
  }

  /// Σ_j w_ij y_j.
  private func xFields(from y: Pattern) -> [Double] {
    let spins = y.spins.map(Double.init)
    return (0..<xSize).map { i in
      var sum = 0.0
      for j in 0..<ySize { sum += Double(rows[i * ySize + j]) * spins[j] }
      return sum
    }
  }

  /// Σ_i w_ij x_i.
  private func yFields(from x: Pattern) -> [Double] {
    var fields = [Double](repeating: 0, count: ySize)
    for (i, spin) in x.spins.enumerated() {
      for j in 0..<ySize { fields[j] += Double(spin) * Double(rows[i * ySize + j]) }
    }
    return fields
  }
}
