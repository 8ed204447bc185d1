internal import CKernels

/// The steps a(m) = F(m + 1) - F(m - 1) of an interaction F, in any one unit: see dense.h.
package struct StepTable: Sendable {
  /// a(first + 2 k); midpoints outside take the nearest entry.
  package var steps: [Double]
  /// The same exactly, as 128-bit integers, low word first; nil where they are no such integers.
  package var wide: [UInt64]?
  package var first: Int
  /// The lowest midpoint that can occur, and how many can.
  package var lowest: Int
  package var span: Int
  /// Rounding of a sum relative to its magnitude, 0 where sums are exact.
  package var error = 0.0
  /// a(m - 2) / a(m) of the exponential interaction, else 0.
  package var ratio = 0.0
  /// Whether the heat bath's energy is -ln sum exp M.
  package var isLogarithmic = false

  package init(steps: [Double], wide: [UInt64]?, first: Int, lowest: Int, span: Int) {
    self.steps = steps
    self.wide = wide
    self.first = first
    self.lowest = lowest
    self.span = span
  }

  func with<R>(_ body: (UnsafePointer<hd_table>) -> R) -> R {
    unsafe steps.withUnsafeBufferPointer { steps in
      unsafe withOptionalPointer(wide) { wide in
        var table = unsafe hd_table(
          steps: steps.baseAddress, wide: wide, count: UInt32(steps.count), first: Int32(first),
          lowest: Int32(lowest), span: UInt32(span), error: error, ratio: ratio,
          logarithmic: isLogarithmic)
        return unsafe body(&table)
      }
    }
  }
}

/// What the present overlaps contribute to every field: one value a slot, and their totals.
package struct DenseValues: Sendable {
  private var values: [Double] = []
  private var slopes = 0.0
  private var bends = 0.0
  private var magnitude = 0.0

  package init() {}

  /// sum_mu exp M^mu in units of the steps' exponential: see `decide` in dense.c.
  package func partition(curvature: Double) -> Double { bends / curvature }

  mutating func with<R>(slots: Int, _ body: (UnsafeMutablePointer<hd_values>) -> R) -> R {
    if values.count != slots { values = [Double](repeating: 0, count: slots) }
    var totals = (slopes, bends, magnitude)
    let result = unsafe values.withUnsafeMutableBufferPointer { values in
      var all = unsafe hd_values(
        values: values.baseAddress, slopes: totals.0, bends: totals.1, magnitude: totals.2)
      let result = unsafe body(&all)
      unsafe totals = (all.slopes, all.bends, all.magnitude)
      return result
    }
    (slopes, bends, magnitude) = totals
    return result
  }
}

/// The dynamics of one recall that visits neurons: what `PatternTiles.visit` moves.
package struct DenseVisits: Sendable {
  package var state: [UInt64]
  package var overlaps: [Int32]
  package var flips = 0

  package init(state: [UInt64], overlaps: [Int32]) {
    self.state = state
    self.overlaps = overlaps
  }
}

extension DensePatterns {
  /// Computes the values of `overlaps`; `atMidpoints`, for fields on spins that are not set.
  ///
  /// O(P).
  package func prepare(
    _ values: inout DenseValues, _ table: StepTable, overlaps: [Int32], atMidpoints: Bool = false
  ) {
    let slots = tiles.slots
    precondition(overlaps.count == slots, "\(overlaps.count) overlaps for \(slots) slots")
    unsafe withRows { tiles, _ in
      unsafe table.with { table in
        unsafe overlaps.withUnsafeBufferPointer { overlaps in
          unsafe values.with(slots: slots) {
            unsafe hd_prepare(tiles, table, overlaps.baseAddress, atMidpoints, $0)
          }
        }
      }
    }
  }

  /// 4 h_i of every neuron, in units of the steps, its sign exact.
  ///
  /// O(N P). `state` is nil where values are at midpoints.
  package func fields(
    _ values: DenseValues, _ table: StepTable, overlaps: [Int32], state: [UInt64]?, threads: Int
  ) -> [Double] {
    let (blocks, lanes) = (tiles.blocks, PatternTiles.neuronsPerBlock)
    var fields = [Double](repeating: 0, count: blocks * lanes)
    let parts = tiles.neurons * tiles.slots >= Parallel.worthwhile / 8 ? threads : 1
    var values = values
    unsafe withRows { tiles, rows in
      unsafe table.with { table in
        unsafe overlaps.withUnsafeBufferPointer { overlaps in
          unsafe withOptionalPointer(state) { state in
            unsafe fields.withUnsafeMutableBufferPointer { fields in
              unsafe values.with(slots: overlaps.count) { values in
                Parallel.forEachRange(of: blocks, multiple: 1, threads: parts) { _, range in
                  unsafe withScratch(span: Int(table.pointee.span)) { scratch in
                    unsafe hd_fields(
                      tiles, rows, table, values, overlaps.baseAddress, state, range.lowerBound,
                      range.upperBound, scratch, fields.baseAddress! + range.lowerBound * lanes)
                  }
                }
              }
            }
          }
        }
      }
    }
    fields.removeLast(fields.count - tiles.neurons)
    return fields
  }

  /// Visits the neurons of `order` (nil: all, ascending) until `limit` flips.
  ///
  /// O(P) a visit. Begins with visit number `first` and returns the one to go on with; `noise` is
  /// one value a visit.
  package func visit(
    _ visits: inout DenseVisits, _ values: inout DenseValues, _ table: StepTable,
    order: [UInt32]?, from first: Int, limit: Int, noise: [Double]?, noiseScale: Double,
    frozen: [UInt64]?
  ) -> Int {
    let end = order?.count ?? tiles.neurons
    return unsafe withVisits(&visits, table, noise, noiseScale, frozen) {
      tiles, rows, table, rule, scratch, state, overlaps, flips in
      unsafe withOptionalPointer(order) { order in
        unsafe values.with(slots: self.tiles.slots) { values in
          unsafe hd_visit(
            tiles, rows, table, values, rule, order, first, end, limit, scratch, state, overlaps,
            flips)
        }
      }
    }
  }

  /// Visits all neurons from `first` on, ascending, where there is a quicker way that needs no
  /// values; returns the visit to go on with, or nil, and has done nothing.
  package func sweep(
    _ visits: inout DenseVisits, _ table: StepTable, from first: Int, noise: [Double]?,
    noiseScale: Double, frozen: [UInt64]?
  ) -> Int? {
    var next = first
    let isDone = unsafe withVisits(&visits, table, noise, noiseScale, frozen) {
      tiles, rows, table, rule, scratch, state, overlaps, flips in
      unsafe hd_sweep(tiles, rows, table, rule, &next, scratch, state, overlaps, flips)
    }
    return isDone ? next : nil
  }

  private func withVisits<R>(
    _ visits: inout DenseVisits, _ table: StepTable, _ noise: [Double]?, _ noiseScale: Double,
    _ frozen: [UInt64]?,
    _ body: (
      UnsafePointer<hk_patterns>, UnsafePointer<UInt16>, UnsafePointer<hd_table>,
      UnsafePointer<hd_rule>, UnsafeMutablePointer<hd_scratch>, UnsafeMutablePointer<UInt64>?,
      UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int>
    ) -> R
  ) -> R {
    unsafe withRows { tiles, rows in
      unsafe table.with { table in
        unsafe withOptionalPointer(noise) { noise in
          unsafe withOptionalPointer(frozen) { frozen in
            var rule = unsafe hd_rule(noise: noise, noise_scale: noiseScale, frozen: frozen)
            return unsafe visits.state.withUnsafeMutableBufferPointer { state in
              unsafe visits.overlaps.withUnsafeMutableBufferPointer { overlaps in
                unsafe withScratch(span: Int(table.pointee.span)) { scratch in
                  unsafe body(
                    tiles, rows, table, &rule, scratch, state.baseAddress, overlaps.baseAddress,
                    &visits.flips)
                }
              }
            }
          }
        }
      }
    }
  }

  private func withScratch<R>(span: Int, _ body: (UnsafeMutablePointer<hd_scratch>) -> R) -> R {
    let counts = AlignedMemory<Int32>(count: span)
    let places = AlignedMemory<UInt8>(count: 32 * hd_stride(tiles.groups))
    var scratch = unsafe hd_scratch(counts: counts.start, places: places.start)
    return withExtendedLifetime((counts, places)) { unsafe body(&scratch) }
  }
}
