import HopfieldClassical
import HopfieldExperiments
import HopfieldPatterns
import Testing

@Suite struct LandscapeExperimentTests {
  private let experiment = LandscapeExperiment(size: 150, load: 0.04, grid: 9, trials: 12, seed: 5)

  private func paths(
    _ rows: [LandscapeExperiment.Row]
  ) -> [[LandscapeExperiment.Row]] {
    Dictionary(grouping: rows.filter { $0.kind == "path" }) { $0.path! }.sorted { $0.key < $1.key }
      .map(\.value)
  }

  @Test(arguments: ["hebbian", "projection", "storkey"])
  func energyNeverRisesAlongAPath(_ rule: String) {
    let experiment = LandscapeExperiment(
      size: 100, load: 0.06, grid: 2, trials: 8, seed: 9, rule: .named(rule)!)
    let paths = paths(experiment.measure())
    #expect(paths.count == 8)
    for path in paths {
      #expect(path[0].flips == 0)
      for (before, after) in zip(path, path.dropFirst()) {
        // Couplings of matrices are floats.
        #expect(after.energy! <= before.energy! + 1e-6)
        #expect(after.flips! >= before.flips!)
      }
    }
  }

  /// What ends at a pattern of the plane ends at its corner, with its energy.
  @Test func storedEndsAreCorners() {
    let rows = experiment.measure()
    let corners = rows.filter { $0.kind == "pattern" }
    let ends = paths(rows).map { $0.last! }.filter { $0.end == "stored" }
    #expect(ends.count > 3)
    for end in ends {
      #expect(
        corners.contains { corner in
          // At an overlap of 0.9 or more.
          abs(corner.x - end.x) < 0.15 && abs(corner.y - end.y) < 0.15
            && abs(corner.energy! - end.energy!) < 0.06
        })
    }
  }

  /// Random patterns: −½ (1 − 1/N) and, for the mixture of three, −3/8 (1 − 1/N) on average, exactly.
  @Test func meanEnergiesAreTheTheorys() {
    var (patterns, mixtures): ([Double], [Double]) = ([], [])
    var predicted: [Double] = []
    for seed in 0..<80 {
      let rows = LandscapeExperiment(size: 40, load: 0.15, grid: 2, trials: 1, seed: UInt64(seed))
        .measure()
      patterns.append(rows.first { $0.kind == "pattern" }!.energy!)
      mixtures.append(rows.first { $0.kind == "mixture" }!.energy!)
      predicted = rows.compactMap(\.predicted)
    }
    #expect(predicted.allSatisfy { [-0.4875, -0.365625].contains($0) })
    #expect(Estimate(of: patterns).deviation(from: Estimate(-0.4875, error: 0)) < 4)
    #expect(Estimate(of: mixtures).deviation(from: Estimate(-0.365625, error: 0)) < 4)
  }

  @Test func runsAreReproducible() {
    let other = LandscapeExperiment(size: 150, load: 0.04, grid: 9, trials: 12, seed: 6)
    checkRuns(
      experiment, unlike: other,
      showing: ["pattern 1", "pattern 3", "end: pattern", "mixture", "hebbian"])
  }

  @Test func readersSeeStatesAndEnds() {
    let summary = experiment.summary(of: experiment.measure())
    #expect(summary.prefix(7).count { $0.kind == "pattern" } == 3)
    #expect(summary.prefix(7).count { $0.kind == "mixture" } == 4)
    #expect(summary.dropFirst(7).map(\.path) == (0..<12).map { $0 })
  }

  @Test func theFigureHasSurfaceAndPaths() {
    let rows = experiment.measure()
    let svg = experiment.figure(of: rows)
    // Each path is a line in white.
    #expect(svg.split(separator: "stroke=\"#ffffff\"").count > 12)
  }

  /// A rule that cannot learn the patterns has no surface, and says so.
  @Test func rulesMayFail() {
    let experiment = LandscapeExperiment(
      size: 20, load: 3, grid: 3, trials: 2, seed: 1, rule: .projection)
    #expect(experiment.network == nil)
    let rows = experiment.measure()
    #expect(rows.count == experiment.rowsPerCondition)
    #expect(rows.allSatisfy { $0.energy == nil })
    #expect(experiment.findings(from: rows).map(\.name) == ["learned"])
    #expect(experiment.summary(of: rows).isEmpty)
  }
}
