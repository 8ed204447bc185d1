internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

extension Reproduction {
  /// A strongly diluted network: m = erf(m / √(2α)), which vanishes continuously at α = 2/π.
  ///
  /// The theory wants C ≪ ln N, which is out of reach, but not all of it: of one step from a fresh state
  /// it wants only large C, and of some steps few loops, C ≪ N. A pattern makes no noise for itself, so
  /// that α counts the others, (P − 1)/C; what is left are corrections of the order 1/C, such as ties, and
  /// with N = 8 C² loops as well. Where few spins are wrong the next order is the larger one to C of a
  /// hundred: 160 networks a size at α = 0.2 show the bend, and a fit without it misses by 0.0007.
  static let derrida1987 = Reproduction(
    name: "derrida-gardner-zippelius-1987",
    source: "Derrida, Gardner and Zippelius 1987, Europhys. Lett. 4, 167",
    summary: "the overlap of a strongly diluted network, and its end at 2/π"
  ) { laboratory in
    var findings: [Finding] = []
    let growths = DilutedRun.growth(laboratory)
    findings.append(
      Finding(
        "α_c, C → ∞", published: Dilution.capacity, ours: growths.fit.limit,
        note: "where a small overlap neither grows nor falls: one step from m = 0.3, C = "
          + "\(growths.connections[0]) to \(growths.connections.last!), fit in 1/C; \(growths.fit.quality)"
      ))

    // All even: with an odd number of odd fields there would be no ties. And α C is whole.
    let connections = laboratory.pick(quick: [24, 40, 56, 96], full: [60, 90, 140, 200])
    let loads = laboratory.pick(quick: [0.125, 0.25, 0.375, 0.5], full: [0.1, 0.2, 0.3, 0.4, 0.5])
    let most = connections.last!
    var limits: [Estimate] = []
    var largest: [Estimate] = []
    for load in loads {
      let steps = load > 0.35 ? 30 : 12
      let overlaps = connections.map { count in
        let size = 8 * count * count
        // As many neurons of each size: the smaller ones hold the bend.
        let trials = laboratory.pick(quick: 6, full: 16) * most * most / (count * count)
        return Estimate(
          of: laboratory.trials("C = \(count), α = \(load)", trials) { _, random in
            DilutedRun.overlaps(
              size: size, connections: count, load: load, steps: steps,
              random: &random
            ).last!
          }, chances: size)
      }
      let fit = DilutedRun.bend(of: overlaps, at: connections)
      limits.append(fit.estimate(0))
      largest.append(overlaps.last!)
      findings.append(
        Finding(
          "m at α = \(load), C → ∞", published: Dilution.overlap(load: load), ours: fit.estimate(0),
          note: "\(steps) parallel steps, C = \(connections[0]) to \(most), "
            + "N = 8 C², fit in 1/C and 1/C²; \(fit.quality)"))
    }

    let fine = (0...200).map { 0.7 * Double($0) / 200 }
    let curve = Plot("A strongly diluted network", x: "load α = (P − 1) / C", y: "overlap *m*")
      .subtitle("T = 0, parallel steps from a pattern, N = 8 C²")
      .line(fine, fine.map { Dilution.overlap(load: $0) }, label: "theory")
      .points(
        loads, largest.map(\.value), errors: largest.map(\.error), label: "C = \(most)"
      )
      .points(loads, limits.map(\.value), errors: limits.map(\.error), label: "C → ∞")
      .rule(x: Dilution.capacity, label: "2/π")
    return Report(findings, figure: curve.svg)
  }
}

/// Diluted networks with random patterns in motion.
enum DilutedRun {
  /// The overlap with the first pattern, from which the run starts, after each parallel step.
  static func overlaps(
    size: Int, connections: Int, load: Double, steps: Int, random: inout SeededGenerator
  ) -> [Double] {
    let network = network(size: size, connections: connections, load: load, random: &random)
    let pattern = network.patterns[0]
    var walk = network.start(from: pattern, by: .synchronous)
    return (0..<steps).map { _ in
      _ = walk.step()
      return pattern.overlap(with: walk.state)
    }
  }

  /// The mean overlap with a pattern after one parallel step from an overlap, over all patterns.
  static func step(
    from overlap: Double, size: Int, connections: Int, load: Double, random: inout SeededGenerator
  ) -> Double {
    let network = network(size: size, connections: connections, load: load, random: &random)
    let flips = Int(((1 - overlap) / 2 * Double(size)).rounded())
    var sum = 0.0
    for index in network.patterns.indices {
      let pattern = network.patterns[index]
      var walk = network.start(
        from: pattern.flipping(count: flips, using: &random), by: .synchronous)
      _ = walk.step()
      sum += pattern.overlap(with: walk.state)
    }
    return sum / Double(network.patterns.count)
  }

  /// The load at which a small overlap neither grows nor falls, for C → ∞.
  ///
  /// Below √α the step is m₁ = √(2/π) (m₀/√α) (1 − m₀²/6α + m₀⁴/40α²): from m₁/m₀ at any α comes the
  /// load at which it would be 1 for m₀ → 0.
  static func growth(_ laboratory: Laboratory) -> (fit: Extrapolation, connections: [Int]) {
    let (load, start) = (0.64, 0.3)
    let connections = laboratory.pick(quick: [50, 100, 200], full: [50, 100, 150, 200])
    let size = laboratory.pick(quick: 10_000, full: 40_000)
    let loads = connections.map { count in
      let squares = laboratory.trials(
        "growth, C = \(count)", laboratory.pick(quick: 12, full: 24)
      ) { _, random in
        let end = step(
          from: start, size: size, connections: count, load: load, random: &random)
        let square = start * start / load
        let growth = end / start / (1 - square / 6 + square * square / 40)
        return load * growth * growth
      }
      return Estimate(of: squares)
    }
    return (Extrapolation(of: loads, at: connections, exponent: 1), connections)
  }

  /// The fit of y = a + b/C + c/C²: parameter 0 is the limit.
  static func bend(of values: [Estimate], at connections: [Int]) -> LeastSquares {
    precondition(connections.count > 3, "\(connections.count) sizes for three parameters")
    // Linear in its parameters: any start leads there.
    return LeastSquares(from: [values.last!.value, 0, 0]) { p in
      zip(values, connections).map { value, count in
        let x = 1 / Double(count)
        return (value.value - p[0] - p[1] * x - p[2] * x * x) / value.error
      }
    }!
  }

  private static func network(
    size: Int, connections: Int, load: Double, random: inout SeededGenerator
  ) -> AsymmetricNetwork {
    let patterns = PatternSet.random(
      count: patternCount(load: load, size: connections) + 1, size: size, using: &random)
    return AsymmetricNetwork(storing: patterns, connections: connections, using: &random)
  }
}
