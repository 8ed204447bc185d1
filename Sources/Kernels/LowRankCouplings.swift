internal import CKernels

/// Couplings w = (1/N) Σ ξ^μ A_μν (ξ^ν)ᵀ of low rank, and the kernels on them.
///
/// With M^μ = ξ^μ · s and images a = A M, fields are N h_i = Σ_μ ξᵢ^μ a_μ − d_i s_i, d_i = N w_ii. Row i of
/// Ξᵀ A is kept for every neuron, so that a flip is O(P): 8 N P bytes beside the patterns' bits, and 128 N
/// for what neighbours say to each other.
package struct LowRankCouplings: Sendable {
  package let patterns: PatternTiles
  /// A over slots, one row a slot, zero in empty ones.
  private let factor: [Double]
  /// Ξᵀ A, a row a neuron.
  private let images: AlignedMemory<Double>
  /// d_i.
  package let diagonal: [Double]
  /// N w_ij of every neuron with the 32 of its own block, as floats.
  private let near: AlignedMemory<Float>
  /// The largest sum of magnitudes of a row of the images.
  private let rowSize: Double
  /// Σ_i d_i.
  package let trace: Double
  /// Whether w_ii stays.
  package let selfCoupling: Bool

  /// The couplings with factor A, row by row in the ascending order of the patterns.
  ///
  /// O(N P²).
  package init(_ patterns: PatternTiles, factor: [Double], selfCoupling: Bool, threads: Int) {
    let count = patterns.count, slots = patterns.slots
    precondition(
      factor.count == count * count, "a factor of \(factor.count) numbers for \(count) patterns")
    self.patterns = patterns
    self.selfCoupling = selfCoupling
    self.factor = count == slots ? factor : Self.padded(factor, of: patterns)
    images = patterns.products(self.factor, columns: slots, threads: threads)
    let blocks = patterns.blocks, lanes = PatternTiles.neuronsPerBlock
    near = AlignedMemory.unset(count: blocks * lanes * lanes)
    let isLong = patterns.neurons * slots * lanes >= Parallel.worthwhile
    let parts = isLong ? min(blocks, 4 * threads) : 1
    let sizes = Slots<Double>(count: parts)
    diagonal = unsafe [Double](unsafeUninitializedCapacity: patterns.neurons) {
      [images, near] diagonal, filled in
      nonisolated(unsafe) let diagonal = unsafe diagonal
      unsafe patterns.withTiles { tiles in
        nonisolated(unsafe) let tiles = unsafe tiles
        Parallel.forEach(parts, threads: threads) { part in
          var room = Motion(words: [], overlaps: [Int32](repeating: 0, count: slots))
          sizes[part] = unsafe room.with { room in
            unsafe hl_near(
              tiles, images.start, blocks * part / parts, blocks * (part + 1) / parts, room,
              near.start, diagonal.baseAddress)
          }
        }
      }
      filled = patterns.neurons
    }
    rowSize = sizes.all.max() ?? 0
    trace = diagonal.reduce(0, +)
  }

  /// A over slots, from its rows in the ascending order of the patterns.
  private static func padded(_ factor: [Double], of patterns: PatternTiles) -> [Double] {
    let slots = patterns.slots, active = (0..<slots).filter(patterns.isActive)
    let count = active.count
    return unsafe [Double](unsafeUninitializedCapacity: slots * slots) { padded, filled in
      unsafe padded.initialize(repeating: 0)
      unsafe factor.withUnsafeBufferPointer { factor in
        for (m, mu) in active.enumerated() {
          let row = unsafe padded.baseAddress! + mu * slots
          if active[count - 1] == count - 1 {
            unsafe row.update(from: factor.baseAddress! + m * count, count: count)
          } else {
            for n in 0..<count { unsafe row[active[n]] = unsafe factor[m * count + n] }
          }
        }
      }
      filled = slots * slots
    }
  }

  /// A, row by row in the ascending order of the patterns.
  package var compactFactor: [Double] {
    let slots = patterns.slots
    guard patterns.count < slots else { return factor }
    let active = (0..<slots).filter(patterns.isActive)
    return active.flatMap { mu in active.map { factor[mu * slots + $0] } }
  }

  /// Row i of N w, its diagonal included.
  ///
  /// O(N P).
  package func row(_ i: Int) -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: patterns.neurons) { row, filled in
      unsafe patterns.withTiles {
        unsafe hl_sums(
          $0, images.start + i * patterns.slots, 0, patterns.neurons, row.baseAddress)
      }
      filled = patterns.neurons
    }
  }

  private func with<R>(
    _ rule: CouplingMatrix.Rule, noise: [Double]?,
    _ body: (UnsafePointer<hl_couplings>, UnsafePointer<hc_rule>) -> R
  ) -> R {
    unsafe patterns.withTiles { tiles in
      unsafe diagonal.withUnsafeBufferPointer { diagonal in
        unsafe rule.with(noise: noise) { rule in
          var couplings = unsafe hl_couplings(
            patterns: tiles, images: images.start, diagonal: diagonal.baseAddress,
            near: near.start, row_size: rowSize, keeps_diagonal: selfCoupling)
          return unsafe body(&couplings, rule)
        }
      }
    }
  }
}

// MARK: - A state in motion

extension LowRankCouplings {
  /// A state, with its overlaps and their images.
  package struct Motion: Sendable {
    package fileprivate(set) var words: [UInt64]
    /// M.
    package fileprivate(set) var overlaps: [Int32]
    /// a = A M.
    package fileprivate(set) var images: [Double]
    private var rounded: [Float]
    private var tables: [Float]
    private var magnitude = 0.0
    private var total = 0.0
    /// Flips since the images were made.
    fileprivate var flips = 0

    fileprivate init(words: [UInt64], overlaps: [Int32]) {
      self.words = words
      self.overlaps = overlaps
      images = [Double](repeating: 0, count: overlaps.count)
      rounded = [Float](repeating: 0, count: overlaps.count)
      tables = [Float](repeating: 0, count: 4 * overlaps.count)
    }

    /// N times a field that is rounding: a billionth of what fields are sums of.
    package var slack: Double { magnitude * 0x1p-30 }

    fileprivate mutating func with<R>(_ body: (UnsafeMutablePointer<hl_state>) -> R) -> R {
      var sums = (magnitude, total)
      let result = unsafe words.withUnsafeMutableBufferPointer { words in
        unsafe images.withUnsafeMutableBufferPointer { images in
          unsafe rounded.withUnsafeMutableBufferPointer { rounded in
            unsafe tables.withUnsafeMutableBufferPointer { tables in
              var state = unsafe hl_state(
                words: words.baseAddress, images: images.baseAddress,
                rounded: rounded.baseAddress, tables: tables.baseAddress, magnitude: sums.0,
                total: sums.1)
              let result = unsafe body(&state)
              unsafe sums = (state.magnitude, state.total)
              return result
            }
          }
        }
      }
      (magnitude, total) = sums
      return result
    }
  }

  /// Σ_μ a_μ M_μ: −2 N times the energy, the diagonal and thresholds aside.
  ///
  /// O(P).
  package func alignment(of motion: Motion) -> Double {
    unsafe hl_dot(motion.images, motion.overlaps, patterns.slots)
  }

  /// The state of these words.
  ///
  /// O(N P) bits and O(P²).
  package func motion(at words: [UInt64], threads: Int) -> Motion {
    var motion = Motion(
      words: words, overlaps: patterns.overlaps(with: words.span, threads: threads))
    renew(&motion, threads: threads)
    return motion
  }

  /// Makes the images anew from the overlaps, so that what flips have added up is gone.
  private func renew(_ motion: inout Motion, threads: Int) {
    let slots = patterns.slots
    let parts = slots * slots >= Parallel.worthwhile / 8 ? threads : 1
    let overlaps = motion.overlaps
    unsafe factor.withUnsafeBufferPointer { factor in
      unsafe overlaps.withUnsafeBufferPointer { overlaps in
        unsafe patterns.withTiles { tiles in
          unsafe motion.with { state in
            Parallel.forEachRange(of: slots, multiple: 16, threads: parts) { _, range in
              unsafe hl_images(
                factor.baseAddress, overlaps.baseAddress, slots, range.lowerBound,
                range.upperBound, state.pointee.images)
            }
            unsafe hl_settle(tiles, state)
          }
        }
      }
    }
    motion.flips = 0
  }

  /// Visits the neurons of `order`, or all in ascending order; returns the number of flips.
  ///
  /// O(P) a visit.
  package func visit(
    _ order: [UInt32]?, _ motion: inout Motion, rule: CouplingMatrix.Rule, noise: [Double]?,
    threads: Int
  ) -> Int {
    // Each flip may round the images by parts in 10^16: long before that matters they are made anew.
    if motion.flips >= 1 << 16 { renew(&motion, threads: threads) }
    let before = motion.words
    let flips = unsafe with(rule, noise: noise) { couplings, rule in
      unsafe withOptionalPointer(order) { order in
        unsafe motion.with { state in
          unsafe hl_visit(couplings, rule, order, visits(order), state)
        }
      }
    }
    motion.flips += flips
    follow(&motion, from: before, flips: flips, threads: threads)
    return flips

    func visits(_ pointer: UnsafePointer<UInt32>?) -> Int { order?.count ?? patterns.neurons }
  }

  /// Reverses the spins of `neurons`.
  ///
  /// O(P) each, or O(P²) for all.
  package func flip(_ neurons: [Int], _ motion: inout Motion, threads: Int) {
    let before = motion.words
    if neurons.count < patterns.slots {
      unsafe with(CouplingMatrix.Rule(thresholds: nil, frozen: nil), noise: nil) { couplings, _ in
        unsafe motion.with { state in
          for i in neurons { unsafe hl_flip(couplings, i, state) }
        }
      }
      motion.flips += neurons.count
      follow(&motion, from: before, flips: neurons.count, threads: threads)
    } else {
      for i in neurons { motion.words[i / 64] ^= 1 << (i % 64) }
      follow(&motion, from: before, flips: neurons.count, threads: threads)
      renew(&motion, threads: threads)
    }
  }

  /// Brings the overlaps up to date.
  ///
  /// O(P) a flip, or O(N P) bits.
  private func follow(_ motion: inout Motion, from before: [UInt64], flips: Int, threads: Int) {
    if flips < 32 {
      let words = motion.words
      patterns.move(&motion.overlaps, from: before.span, to: words.span, threads: 1)
    } else {
      motion.overlaps = patterns.overlaps(with: motion.words.span, threads: threads)
    }
  }

  /// Σ_μ ξᵢ^μ a_μ of every neuron: N h_i, its threshold and its own coupling aside.
  ///
  /// O(N P).
  package func sums(_ motion: Motion, threads: Int) -> [Double] {
    let neurons = patterns.neurons
    let parts = neurons * patterns.slots >= Parallel.worthwhile / 8 ? threads : 1
    return unsafe [Double](unsafeUninitializedCapacity: neurons) { sums, filled in
      unsafe patterns.withTiles { tiles in
        unsafe motion.images.withUnsafeBufferPointer { images in
          Parallel.forEachRange(of: neurons, multiple: 8, threads: parts) { _, range in
            unsafe hl_sums(
              tiles, images.baseAddress, range.lowerBound, range.upperBound,
              sums.baseAddress! + range.lowerBound)
          }
        }
      }
      filled = neurons
    }
  }
}
