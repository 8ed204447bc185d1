internal import CKernels

/// A coupling matrix of N x N floats, and the kernels on it.
///
/// Fields are kept in double: sums of floats round there by parts in 10^16, so that energies taken
/// from them stay exact to the last printed digit, however many flips came before.
package struct CouplingMatrix: Sendable {
  package let neurons: Int
  /// Row j holds w_ij for all i, what neuron j does to the others.
  ///
  /// A flip adds it to the fields. It is row j of the couplings where they are symmetric, column j
  /// where they are not.
  private var rows: AlignedMemory<Float>
  private let isSymmetric: Bool
  /// What the rounding of the couplings to float can make of a field that is zero:
  /// 2^-24 sum_j |w_ij|.
  private var slack: [Double]

  /// The matrix of `rows`, which must be symmetric; its diagonal is kept or made zero.
  package init(symmetric rows: [Float], neurons: Int, diagonal: Bool) {
    precondition(
      rows.count == neurons * neurons, "\(rows.count) couplings for \(neurons) neurons squared")
    let rows = AlignedMemory(copying: rows)
    if !diagonal {
      for i in 0..<neurons { unsafe rows.start[i * neurons + i] = 0 }
    }
    let threads = rows.count >= Parallel.worthwhile / 16 ? Parallel.processors : 1
    let parts = Self.parts(of: neurons)
    let found = Slots<Bool>(count: parts.count)
    slack = unsafe [Double](unsafeUninitializedCapacity: neurons) { sums, filled in
      Parallel.forEach(parts.count, threads: threads) { part in
        found[part] = unsafe hc_magnitudes(
          rows.start, neurons, parts[part].lowerBound, parts[part].upperBound, sums.baseAddress)
      }
      filled = neurons
    }.map { $0 * 0x1p-24 }
    self.neurons = neurons
    self.rows = rows
    isSymmetric = true
    if !(found.all.allSatisfy { $0 } && slack.allSatisfy(\.isFinite)) { stop() }
  }

  /// w_ij.
  package subscript(i: Int, j: Int) -> Float {
    precondition(
      i >= 0 && i < neurons && j >= 0 && j < neurons, "coupling (\(i), \(j)) of \(neurons)")
    return unsafe rows.start[j * neurons + i]
  }

  /// Row j, as it is stored.
  package func row(_ j: Int) -> [Float] {
    precondition(j >= 0 && j < neurons, "row \(j) of \(neurons)")
    return unsafe Array(UnsafeBufferPointer(start: rows.start + j * neurons, count: neurons))
  }

  /// All rows, one after another.
  ///
  /// O(N^2): a copy.
  package var elements: [Float] {
    unsafe Array(UnsafeBufferPointer(start: rows.start, count: rows.count))
  }

  /// Says which couplings are not symmetric, or not finite.
  private func stop() -> Never {
    for i in 0..<neurons {
      for j in 0...i {
        let (below, above) = (self[j, i], self[i, j])
        precondition(
          below == above && below.isFinite,
          "couplings w(\(i), \(j)) = \(below) and w(\(j), \(i)) = \(above): not symmetric")
      }
    }
    preconditionFailure("couplings that sum to more than a number can be")
  }

  /// The matrix of `rows`, w_ij at i N + j, symmetric or not; its diagonal is kept or made zero.
  package init(directed rows: [Float], neurons: Int, diagonal: Bool) {
    precondition(
      rows.count == neurons * neurons, "\(rows.count) couplings for \(neurons) neurons squared")
    let columns = AlignedMemory<Float>(count: rows.count)
    // Squares of 32 by 32, so that both sides of the transposition stay in the cache.
    for first in stride(from: 0, to: neurons, by: 32) {
      for j in 0..<neurons {
        for i in first..<min(first + 32, neurons) where diagonal || i != j {
          let coupling = rows[i * neurons + j]
          precondition(coupling.isFinite, "a coupling w(\(i), \(j)) of \(coupling)")
          unsafe columns.start[j * neurons + i] = coupling
        }
      }
    }
    var sizes = [Double](repeating: 0, count: neurons)
    for j in 0..<neurons {
      for i in 0..<neurons { sizes[i] += Double(unsafe abs(columns.start[j * neurons + i])) }
    }
    self.neurons = neurons
    isSymmetric = false
    self.rows = columns
    slack = sizes.map { $0 * 0x1p-24 }
  }

  /// Ranges of rows with about as many couplings left of the diagonal each; always the same ones, so
  /// that sums do not depend on the number of threads.
  private static func parts(of neurons: Int) -> [Range<Int>] {
    let count = 8
    let bounds = (0...count).map {
      Int((Double($0) / Double(count)).squareRoot() * Double(neurons))
    }
    return (0..<count).map { bounds[$0]..<bounds[$0 + 1] }
  }

  /// How a neuron decides: its threshold, and whether it may move.
  package struct Rule: Sendable {
    package var thresholds: [Double]?
    package var frozen: [UInt64]?

    package init(thresholds: [Double]?, frozen: [UInt64]?) {
      self.thresholds = thresholds
      self.frozen = frozen
    }

    func with<R>(noise: [Double]?, _ body: (UnsafePointer<hc_rule>) -> R) -> R {
      unsafe withOptionalPointer(thresholds) { thresholds in
        unsafe withOptionalPointer(noise) { noise in
          unsafe withOptionalPointer(frozen) { frozen in
            var rule = unsafe hc_rule(thresholds: thresholds, noise: noise, frozen: frozen)
            return unsafe body(&rule)
          }
        }
      }
    }
  }

  private func with<R>(
    _ rule: Rule, noise: [Double]?,
    _ body: (UnsafePointer<hc_couplings>, UnsafePointer<hc_rule>) -> R
  ) -> R {
    unsafe slack.withUnsafeBufferPointer { slack in
      unsafe rule.with(noise: noise) { rule in
        var couplings = unsafe hc_couplings(
          rows: rows.start, neurons: neurons, slack: slack.baseAddress)
        return unsafe body(&couplings, rule)
      }
    }
  }

  /// sum_j w_ij s_j for every neuron; spins are -1 and 1.
  ///
  /// One pass over the matrix, or over half of it where it is symmetric.
  package func fields(of spins: [Double], threads: Int) -> [Double] {
    precondition(spins.count == neurons, "\(spins.count) spins for \(neurons) neurons")
    let threads = rows.count >= Parallel.worthwhile / 16 ? threads : 1
    return isSymmetric
      ? symmetricFields(of: spins, threads: threads) : directedFields(of: spins, threads: threads)
  }

  private func directedFields(of spins: [Double], threads: Int) -> [Double] {
    var fields = [Double](repeating: 0, count: neurons)
    unsafe with(Rule(thresholds: nil, frozen: nil), noise: nil) { couplings, _ in
      unsafe spins.withUnsafeBufferPointer { spins in
        unsafe fields.withUnsafeMutableBufferPointer { fields in
          Parallel.forEachRange(of: neurons, multiple: 8, threads: threads) { _, range in
            unsafe hc_directed_fields(
              couplings, spins.baseAddress, range.lowerBound, range.upperBound,
              fields.baseAddress)
          }
        }
      }
    }
    return fields
  }

  private func symmetricFields(of spins: [Double], threads: Int) -> [Double] {
    let parts = Self.parts(of: neurons)
    let partial = Slots<[Double]>(count: parts.count)
    unsafe with(Rule(thresholds: nil, frozen: nil), noise: nil) { couplings, _ in
      unsafe spins.withUnsafeBufferPointer { spins in
        Parallel.forEach(parts.count, threads: threads) { part in
          var fields = [Double](repeating: 0, count: parts[part].upperBound)
          unsafe fields.withUnsafeMutableBufferPointer {
            unsafe hc_add_fields(
              couplings, spins.baseAddress, parts[part].lowerBound, parts[part].upperBound,
              $0.baseAddress)
          }
          partial[part] = fields
        }
      }
    }
    var fields = [Double](repeating: 0, count: neurons)
    unsafe fields.withUnsafeMutableBufferPointer { fields in
      for part in partial.all {
        unsafe part.withUnsafeBufferPointer { part in
          for i in 0..<part.count { unsafe fields[i] += unsafe part[i] }
        }
      }
    }
    return fields
  }

  /// Σ_i s_i (θ_i − h_i / 2), from fields that are up to date.
  ///
  /// O(N).
  package func energy(of spins: [Double], fields: [Double], thresholds: [Double]?) -> Double {
    unsafe withOptionalPointer(thresholds) {
      unsafe hc_energy(spins, fields, $0, neurons)
    }
  }

  /// Visits the neurons of `order`, or all in ascending order; keeps `spins` and `fields` up to
  /// date and returns the number of flips.
  ///
  /// O(1) a visit, O(N) a flip.
  package func visit(
    _ order: [UInt32]?, rule: Rule, noise: [Double]?, spins: inout [Double],
    fields: inout [Double]
  ) -> Int {
    unsafe with(rule, noise: noise) { couplings, rule in
      unsafe withOptionalPointer(order) { sites in
        unsafe spins.withUnsafeMutableBufferPointer { spins in
          unsafe fields.withUnsafeMutableBufferPointer { fields in
            unsafe hc_visit(
              couplings, rule, sites, order?.count ?? neurons, spins.baseAddress,
              fields.baseAddress)
          }
        }
      }
    }
  }

  /// The spins that the fields ask for, all at once.
  package func decisions(
    rule: Rule, noise: [Double]?, spins: [Double], fields: [Double]
  ) -> [Double] {
    unsafe with(rule, noise: noise) { couplings, pointer in
      (0..<neurons).map { i in
        if let frozen = rule.frozen, frozen[i / 64] >> (i % 64) & 1 == 1 { return spins[i] }
        return Double(unsafe hc_decide(couplings, pointer, i, i, spins[i], fields[i]))
      }
    }
  }

  /// Brings `fields` up to date after `neuron` has become `spin`.
  ///
  /// O(N).
  package func flip(_ neuron: Int, to spin: Double, fields: inout [Double]) {
    unsafe with(Rule(thresholds: nil, frozen: nil), noise: nil) { couplings, _ in
      unsafe fields.withUnsafeMutableBufferPointer {
        unsafe hc_flip(couplings, neuron, spin, $0.baseAddress)
      }
    }
  }
}

extension CouplingMatrix {
  /// Adds `factor` s_i s_j to every coupling w_ij, i != j; spins are -1 and 1.
  ///
  /// O(N^2), one pass over the matrix.
  package mutating func add(_ factor: Float, outer spins: [Double], threads: Int) {
    precondition(spins.count == neurons, "\(spins.count) spins for \(neurons) neurons")
    let spins = spins.map(Float.init)
    let parts = rows.count >= Parallel.worthwhile / 16 ? threads : 1
    if !isKnownUniquelyReferenced(&rows) { rows = rows.copy() }
    unsafe slack.withUnsafeMutableBufferPointer { slack in
      Parallel.forEachRange(of: neurons, multiple: 8, threads: parts) { [rows] _, range in
        unsafe hc_add_outer(
          rows.start, neurons, spins, factor, range.lowerBound, range.upperBound,
          slack.baseAddress)
      }
      for i in 0..<neurons { unsafe slack[i] *= 0x1p-24 }
    }
  }
}
