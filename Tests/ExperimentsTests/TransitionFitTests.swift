import HopfieldPatterns
import HopfieldTheory
import Testing

@testable import HopfieldExperiments

/// Fits to rows that were made from known parameters.
@Suite struct TransitionFitTests {
  private typealias Row = TransitionExperiment.Row

  /// Rows of P = Φ(√N (a + b N^−w − α)/σ), exact, or with the chance of 1000 independent starts.
  private func rows(
    limit: Double, shift: Double, width: Double, exponent: Double,
    sizes: [Int] = [1_024, 4_096, 16_384, 65_536], seed: UInt64? = nil
  ) -> [Row] {
    var random = SeededGenerator(seed: seed ?? 0)
    return sizes.flatMap { size -> [Row] in
      let root = Double(size).squareRoot()
      let place = limit + shift / (exponent == 0.5 ? root : power(Double(size), exponent))
      return (0..<7).map { k in
        let load = place + (Double(k) / 3 - 1.4) * width / root
        let share = Gaussian.distribution((place - load) * root / width)
        var found = share
        if seed != nil {
          found =
            Double((0..<1000).count { _ in Double(random.next() >> 11) * 0x1p-53 < share }) / 1000
        }
        return Row(
          dynamics: "sequential", temperature: 0, neurons: size, load: load, patterns: 0,
          samples: 20, starts: 50, seed: 0, retrieved: found,
          standardError: Estimate(successes: Int(found * 1000), of: 1000).error, widening: 1,
          overlap: nil, sweeps: 0)
      }
    }
  }

  /// N^w for N a power of 2 and w a multiple of 1/2 or 1/3 of it: by repeated square and cube roots.
  private func power(_ x: Double, _ w: Double) -> Double {
    // Newton's method for y³ = x², w = 2/3.
    precondition(abs(w - 2.0 / 3) < 1e-12)
    var y = x.squareRoot()
    for _ in 0..<100 { y -= (y * y * y - x * x) / (3 * y * y) }
    return y
  }

  @Test(arguments: [(0.14, 0.8, 0.55, 0.5), (0.142, 2.1, 0.5, 2.0 / 3)])
  func exactRowsGiveTheirParameters(a: Double, b: Double, sigma: Double, w: Double) throws {
    let rows = rows(limit: a, shift: b, width: sigma, exponent: w)
    for exponent in [w, nil] {
      let fit = try #require(TransitionFit(to: rows, exponent: exponent))
      #expect(abs(fit.limit.value - a) < 1e-6)
      #expect(abs(fit.shift.value - b) < 1e-3)
      #expect(abs(fit.width.value - sigma) < 1e-5)
      #expect(abs(fit.exponent.value - w) < 1e-3)
      #expect(fit.chiSquare < 1e-6)
      #expect(fit.degreesOfFreedom == 28 - (exponent == nil ? 4 : 3))
    }
  }

  /// 30 data sets with chance: what comes out lies around the truth as its errors say.
  @Test func errorsAreThoseOfRepeatedMeasurements() throws {
    var deviations: [Double] = []
    var exponents: [Double] = []
    for seed in 1...30 {
      let rows = rows(limit: 0.14, shift: 0.8, width: 0.55, exponent: 0.5, seed: UInt64(seed))
      let fit = try #require(TransitionFit(to: rows))
      deviations.append((fit.limit.value - 0.14) / fit.limit.error)
      #expect(abs(fit.shift.value - 0.8) < 5 * fit.shift.error)
      #expect(abs(fit.width.value - 0.55) < 5 * fit.width.error)
      let free = try #require(TransitionFit(to: rows, exponent: nil))
      exponents.append((free.exponent.value - 0.5) / free.exponent.error)
    }
    for found in [deviations, exponents] {
      let mean = found.reduce(0, +) / 30
      let square = found.reduce(0) { $0 + $1 * $1 } / 30
      // The mean of 30 normal numbers, and the mean of their squares, to four of their errors; errors are
      // widened by scatter, which makes deviations smaller.
      #expect(abs(mean) < 4 / 30.0.squareRoot())
      #expect(square > 0.4 && square < 1 + 4 * (2.0 / 30).squareRoot())
    }
  }

  @Test func curvesCrossAtTheLimitIfTheShiftIsThatOfTheWidth() throws {
    let exact = rows(limit: 0.14, shift: 0.8, width: 0.55, exponent: 0.5)
    let crossing = try #require(
      TransitionFit.crossing(
        of: exact.filter { $0.neurons == 1_024 }, and: exact.filter { $0.neurons == 65_536 }))
    #expect(abs(crossing.value - 0.14) < 1e-6)
    let half = try #require(TransitionFit.half(of: exact.filter { $0.neurons == 4_096 }))
    #expect(abs(half.value - (0.14 + 0.8 / 64)) < 1e-7)
    // 1000 starts at each of 7 loads: the width 0.55/64 over √(7000 · 0.5), or so.
    #expect(half.error > 1e-4 && half.error < 2.5e-4)
  }

  @Test func sizesThatAreTooSmallAreLeftOut() throws {
    let truth = rows(limit: 0.14, shift: 0.8, width: 0.55, exponent: 0.5)
    let odd = truth.map { row in
      var row = row
      if row.neurons == 1_024 { row.retrieved = min(1, row.retrieved + 0.2) }
      return row
    }
    let fit = try #require(TransitionFit.withoutSmallSizes(odd))
    #expect(fit.smallest == 4_096)
    #expect(abs(fit.limit.value - 0.14) < 1e-6)
    #expect(TransitionFit.withoutSmallSizes(truth)?.smallest == 1_024)
  }

  @Test func oneSizeHasNoLimit() {
    let rows = rows(limit: 0.14, shift: 0.8, width: 0.55, exponent: 0.5, sizes: [1_024])
    #expect(TransitionFit(to: rows) == nil)
  }
}
