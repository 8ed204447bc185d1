internal import CKernels

/// What decides about a neuron beside its field.
package struct FieldRule: Sendable {
  /// P where the self-coupling is removed, 0 where it is kept.
  package var selfTerm: Int
  /// N theta_i, or nil where all are 0.
  package var scaledThresholds: [Double]?
  /// Neurons that never move, as words of bits, or nil.
  package var frozen: [UInt64]?

  package init(selfTerm: Int, scaledThresholds: [Double]? = nil, frozen: [UInt64]? = nil) {
    self.selfTerm = selfTerm
    self.scaledThresholds = scaledThresholds
    self.frozen = frozen
  }

  func with<R>(noise: [Double]?, _ body: (UnsafePointer<hk_rule>) -> R) -> R {
    unsafe withOptionalPointer(scaledThresholds) { thresholds in
      unsafe withOptionalPointer(noise) { noise in
        unsafe withOptionalPointer(frozen) { frozen in
          var rule = unsafe hk_rule(
            self: Int64(selfTerm), thresholds: thresholds, noise: noise, frozen: frozen)
          return unsafe body(&rule)
        }
      }
    }
  }
}

func withOptionalPointer<T, R>(_ array: [T]?, _ body: (UnsafePointer<T>?) -> R) -> R {
  guard let array else { return body(nil) }
  return unsafe array.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}

/// Overlaps prepared for the field kernels: tables of their partial sums, 256 bytes a group.
@safe package final class FieldTables {
  private var plan = unsafe hk_plan()
  private let tables: AlignedMemory<Int16>
  private let groups: Int

  package init(for patterns: PatternTiles) {
    groups = patterns.groups
    tables = .unset(count: max(1, Int(HK_DIGITS) * groups * Int(HK_TABLE)))
    unsafe plan.tables = tables.start
  }

  package func prepare(_ patterns: PatternTiles, overlaps: [Int32]) {
    precondition(overlaps.count == patterns.slots && patterns.groups == groups)
    unsafe patterns.withTiles { tiles in
      unsafe overlaps.withUnsafeBufferPointer {
        unsafe hk_prepare(&plan, tiles, $0.baseAddress)
      }
    }
  }

  func with<R>(_ body: (UnsafeMutablePointer<hk_plan>) -> R) -> R { unsafe body(&plan) }
}

extension PatternTiles {
  /// Ranges that each thread takes, so that one which wakes late delays little.
  private static var partsPerThread: Int { 4 }

  /// Runs `body` over the blocks, on several threads where one pass over the patterns pays for it.
  private func overBlocks(threads: Int, _ body: (Int, Range<Int>) -> Void) {
    let pays = neurons * slots >= Parallel.worthwhile
    Parallel.forEachRange(
      of: blocks, multiple: 32, parts: Self.partsPerThread * threads, threads: pays ? threads : 1,
      body)
  }

  /// sum_mu xi_i^mu M^mu for every neuron i.
  ///
  /// O(N P).
  package func fields(_ tables: FieldTables, threads: Int) -> [Int64] {
    let padded = blocks * Self.neuronsPerBlock
    var fields = [Int64](repeating: 0, count: padded)
    unsafe withTiles { tiles in
      unsafe fields.withUnsafeMutableBufferPointer { fields in
        unsafe tables.with { plan in
          overBlocks(threads: threads) { _, range in
            unsafe hk_fields(
              tiles, plan, range.lowerBound, range.upperBound,
              fields.baseAddress! + range.lowerBound * Self.neuronsPerBlock)
          }
        }
      }
    }
    fields.removeLast(padded - neurons)
    return fields
  }

  /// The same sum for one neuron, from the overlaps themselves.
  ///
  /// O(P).
  package func field(of neuron: Int, overlaps: [Int32]) -> Int64 {
    unsafe withTiles { tiles in
      unsafe overlaps.withUnsafeBufferPointer { unsafe hk_field(tiles, $0.baseAddress, neuron) }
    }
  }

  /// sum_mu xi_i^mu xi_j^mu for every neuron i: N J_ij off the diagonal.
  ///
  /// O(N P).
  package func gram(of neuron: Int, threads: Int) -> [Int32] {
    let padded = blocks * Self.neuronsPerBlock
    var gram = [Int32](repeating: 0, count: padded)
    unsafe withTiles { tiles in
      unsafe gram.withUnsafeMutableBufferPointer { gram in
        overBlocks(threads: threads) { _, range in
          unsafe hk_gram(
            tiles, neuron, range.lowerBound, range.upperBound,
            gram.baseAddress! + range.lowerBound * Self.neuronsPerBlock)
        }
      }
    }
    gram.removeLast(padded - neurons)
    return gram
  }

  /// One parallel step from `state` into `next`; returns the number of neurons that changed.
  ///
  /// `noise` is added to each neuron's threshold.
  ///
  /// O(N P).
  package func step(
    _ tables: FieldTables, rule: FieldRule, noise: [Double]?, state: [UInt64],
    next: inout [UInt64], threads: Int
  ) -> Int {
    var changed = [Int](repeating: 0, count: Self.partsPerThread * max(1, threads))
    unsafe withTiles { tiles in
      unsafe tables.with { plan in
        unsafe rule.with(noise: noise) { rule in
          unsafe state.withUnsafeBufferPointer { state in
            unsafe next.withUnsafeMutableBufferPointer { next in
              unsafe changed.withUnsafeMutableBufferPointer { changed in
                overBlocks(threads: threads) { part, range in
                  unsafe changed[part] = unsafe hk_step(
                    tiles, plan, rule, state.baseAddress, range.lowerBound, range.upperBound,
                    next.baseAddress)
                }
              }
            }
          }
        }
      }
    }
    return changed.reduce(0, +)
  }

  /// Visits all neurons once in ascending order, each seeing the newest state; keeps `overlaps` and
  /// `tables` up to date.
  ///
  /// Returns the number of flips. O(N P).
  package func sweep(
    _ tables: FieldTables, rule: FieldRule, noise: [Double]?, state: inout [UInt64],
    overlaps: inout [Int32]
  ) -> Int {
    unsafe withTiles { tiles in
      unsafe tables.with { plan in
        unsafe rule.with(noise: noise) { rule in
          unsafe state.withUnsafeMutableBufferPointer { state in
            unsafe overlaps.withUnsafeMutableBufferPointer { overlaps in
              unsafe hk_sweep(tiles, plan, rule, state.baseAddress, overlaps.baseAddress)
            }
          }
        }
      }
    }
  }

  /// Visits the neurons of `order`; `noise` is one value a visit.
  ///
  /// Returns the number of flips; tables are the caller's to prepare anew. O(P) a visit.
  package func visit(
    _ order: [UInt32], rule: FieldRule, noise: [Double]?, state: inout [UInt64],
    overlaps: inout [Int32]
  ) -> Int {
    unsafe withTiles { tiles in
      unsafe rule.with(noise: noise) { rule in
        unsafe order.withUnsafeBufferPointer { order in
          unsafe state.withUnsafeMutableBufferPointer { state in
            unsafe overlaps.withUnsafeMutableBufferPointer { overlaps in
              unsafe hk_visit(
                tiles, rule, order.baseAddress, order.count, state.baseAddress,
                overlaps.baseAddress)
            }
          }
        }
      }
    }
  }
}

extension DensePatterns {
  /// The visits of `PatternTiles.visit` from rows, for many of them: a neuron's bits lie together, while in
  /// tiles a visit reads 32 times as much.
  package func visit(
    _ order: [UInt32], rule: FieldRule, noise: [Double]?, state: inout [UInt64],
    overlaps: inout [Int32]
  ) -> Int {
    unsafe withRows { tiles, rows in
      unsafe visitRows(
        tiles, rows, order: order[...], rule: rule, noise: noise, state: &state,
        overlaps: &overlaps)
    }
  }
}

/// Visits neurons by their rows; returns the number of flips.
private func visitRows(
  _ tiles: UnsafePointer<hk_patterns>, _ rows: UnsafePointer<UInt16>, order: ArraySlice<UInt32>,
  rule: FieldRule, noise: [Double]?, state: inout [UInt64], overlaps: inout [Int32]
) -> Int {
  unsafe rule.with(noise: noise) { rule in
    unsafe order.withUnsafeBufferPointer { order in
      unsafe state.withUnsafeMutableBufferPointer { state in
        unsafe overlaps.withUnsafeMutableBufferPointer { overlaps in
          unsafe hk_visit_rows(
            tiles, rows, rule, order.baseAddress, order.count, state.baseAddress,
            overlaps.baseAddress)
        }
      }
    }
  }
}

/// Rows of bits of some of the neurons, for visits to these in any order.
package struct SelectedRows: Sendable {
  private let patterns: PatternTiles
  private let rows: AlignedMemory<UInt16>
  private let count: Int

  /// - Complexity: O(P) bits a neuron; a pass over the patterns at the most, where neurons ascend.
  package init(of patterns: PatternTiles, neurons: [UInt32]) {
    precondition(
      neurons.allSatisfy { $0 < patterns.neurons },
      "a neuron that is not one of \(patterns.neurons)")
    self.patterns = patterns
    count = neurons.count
    rows = .unset(count: neurons.count * hd_stride(patterns.groups))
    unsafe patterns.withTiles { unsafe hk_select_rows($0, neurons, neurons.count, rows.start) }
  }

  /// Visits the neurons at these places among the selected, whose spins `state` has in that order.
  ///
  /// Returns the number of flips.
  ///
  /// - Complexity: O(P) a visit.
  package func visit(
    _ order: ArraySlice<UInt32>, rule: FieldRule, state: inout [UInt64], overlaps: inout [Int32]
  ) -> Int {
    precondition(state.count == (count + 63) / 64, "\(state.count) words for \(count) neurons")
    return unsafe patterns.withTiles { tiles in
      unsafe visitRows(
        tiles, rows.start, order: order, rule: rule, noise: nil, state: &state,
        overlaps: &overlaps)
    }
  }
}
