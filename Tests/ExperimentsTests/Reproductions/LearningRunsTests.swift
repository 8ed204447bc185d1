import HopfieldClassical
import HopfieldPatterns
import HopfieldTheory
import Testing

@testable import HopfieldExperiments

/// What the reproductions of learning rules measure, in cases whose answer is known.
@Suite struct LearningRunsTests {
  @Test func unlearningCountsMemoriesAndTheirReverses() {
    var random = SeededGenerator(seed: 3)
    let patterns = PatternSet.random(count: 1, size: 16, using: &random)
    let starts = (0..<10).map { _ in Pattern.random(size: 16, using: &random) }
    // One memory attracts everything, from one side or the other.
    let run = UnlearningRun(patterns, dreams: 0, seed: 1, from: starts)
    #expect(run.reached == 1)
    #expect(run.spuriousStates == 0)
    #expect(run.stable == 1)
    // 0.01 of it a dream: with 200 it is gone, and reversed.
    #expect(UnlearningRun(patterns, dreams: 200, seed: 1, from: starts).stable == 0)
  }

  /// The majority of three memories and its reverse are one other state.
  @Test func aMixtureAndItsReverseAreOneState() {
    let memories = (0..<3).map { k in Pattern(size: 64) { $0 >> k & 1 == 0 } }
    let mixture = Pattern(size: 64) { site in
      memories.count { $0[site] > 0 } > 1
    }
    let run = UnlearningRun(
      PatternSet(memories), dreams: 0, seed: 1, from: [mixture, -mixture, memories[1]])
    #expect(run.spuriousStates == 1)
    #expect(run.spuriousVisits == 2)
    #expect(run.reached == 1.0 / 3)
  }

  @Test func equallyOftenReachedIsNotUneven() {
    var random = SeededGenerator(seed: 4)
    // Two memories that differ in every other site: a start goes to either with equal chances.
    let one = Pattern(repeating: 1, size: 64)
    let other = Pattern(size: 64) { $0.isMultiple(of: 2) }
    let starts = (0..<400).map { _ in Pattern.random(size: 64, using: &random) }
    let run = UnlearningRun(PatternSet([one, other]), dreams: 0, seed: 1, from: starts)
    #expect(abs(run.unevenness) < 0.05)
    // A single start is as uneven as can be, and chance explains it.
    let few = UnlearningRun(PatternSet([one, other]), dreams: 0, seed: 1, from: [one])
    #expect(few.reached == 1)
    #expect(abs(few.unevenness) < 1e-12)
  }

  @Test func projectionHoldsUpToNPatterns() {
    let rule = LearningRule.projection(selfCoupling: true)
    for correlation in [0, 0.5] {
      var random = SeededGenerator(seed: 5)
      #expect(
        ProjectionRun.fixedShare(
          count: 40, size: 40, correlation: correlation, rule: rule, random: &random) == 1)
    }
    var random = SeededGenerator(seed: 6)
    #expect(ProjectionRun.isRefused(count: 31, size: 30, random: &random))
    #expect(!ProjectionRun.isRefused(count: 20, size: 30, random: &random))
    #expect(
      ProjectionRun.stepOverlap(load: 0.3, size: 40, overlap: 1, random: &random) == 1)
  }

  /// With the diagonal, a flipped spin turns back just where w_ii < 1/2.
  @Test func flipsAreRepairedAsTheDiagonalSays() throws {
    let (size, count) = (30, 14)
    var random = SeededGenerator(seed: 7)
    var same = random
    let share = ProjectionRun.repairedShare(
      load: 14.0 / 30, size: size, selfCoupling: true, flips: count, random: &random)
    let patterns = PatternSet.random(count: count, size: size, using: &same)
    let network = try HopfieldNetwork(
      storing: patterns, by: .projection(selfCoupling: true), threads: 1)
    let couplings: [Double] = network.couplings()
    // Flips of sites 0 to 13; a spin that turns back may still have others turned before it.
    let below = (0..<count).count { couplings[$0 * size + $0] < 0.5 }
    #expect(share <= Double(below) / Double(count))
  }

  /// One pattern: all couplings along it, and every bit has the field √(N − 1).
  @Test func theStabilityOfOnePattern() {
    var random = SeededGenerator(seed: 8)
    let stability = IndependentRowsRun.stability(
      load: 1.0 / 24, size: 25, precision: 0.01, random: &random)
    #expect(abs(stability - 24.0.squareRoot()) < 0.01 * 24.0.squareRoot())
  }

  @Test func storkeysRuleHoldsFewPatterns() {
    var random = SeededGenerator(seed: 9)
    #expect(StorkeyRun.fixedShare(count: 3, size: 60, random: &random) == 1)
    #expect(StorkeyRun.fixedShare(count: 60, size: 60, random: &random) < 0.5)
  }

  @Test func palimpsestsKnowTheNewest() {
    let run = PalimpsestRun(rule: { _ in .marginalist(strength: 4.1) }, learned: 0.4)
    var random = SeededGenerator(seed: 10)
    let overlaps = run.overlaps(size: 100, ages: [0, 0.3], random: &random)
    #expect(overlaps[0] > 0.95)
    #expect(overlaps[1] < 0.9)
    for age in PalimpsestRun.window(around: 0.049, size: 100) {
      #expect(abs(age * 100 - (age * 100).rounded()) < 1e-9)
    }
  }

  @Test func overlapsOfSparseStatesAreCounted() {
    var random = SeededGenerator(seed: 11)
    let pattern = Pattern.random(size: 50, bias: -0.6, using: &random)
    func overlap(_ state: Pattern) -> Double {
      SparseRun.overlap(of: state, with: pattern, fraction: 0.2)
    }
    #expect(overlap(pattern) == 1)
    #expect(overlap(-pattern) == -1)
    #expect(overlap(Pattern(repeating: -1, size: 50)) == 0)
    #expect(overlap(Pattern(repeating: 1, size: 50)) == 0)
    let state = Pattern.random(size: 50, using: &random)
    let (spins, other) = (pattern.spins, state.spins)
    let right = (0..<50).count { spins[$0] > 0 && other[$0] > 0 }
    let wrong = (0..<50).count { spins[$0] < 0 && other[$0] > 0 }
    let ones = spins.count { $0 > 0 }
    let expected = Double(right) / Double(ones) - Double(wrong) / Double(50 - ones)
    #expect(abs(overlap(state) - expected) < 1e-15)
  }

  @Test func parallelStepsFollowOnePatternHome() {
    var random = SeededGenerator(seed: 12)
    let overlaps = ParallelRun.overlaps(
      size: 100, load: 0.01, overlap: 0.2, steps: 3, random: &random)
    #expect(overlaps == [1, 1, 1])
  }

  /// Fixed points by trying every state, and rest at zero alone for flat gains.
  @Test func gradedNeuronsRestWhereTwoStateNeuronsDo() {
    var random = SeededGenerator(seed: 13)
    let patterns = PatternSet.random(count: 3, size: 6, using: &random)
    let steep = GradedRun(patterns, gain: 50, random: &random)
    let spins = patterns.indices.map { patterns[$0].spins.map(Int.init) }
    let fixed = (0..<1 << 6).count { index in
      let state = (0..<6).map { 2 * (index >> $0 & 1) - 1 }
      return (0..<6).allSatisfy { i in
        let field = spins.reduce(0) { sum, pattern in
          sum + pattern[i] * zip(pattern, state).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return (field - 3 * state[i]) * state[i] > 0
      }
    }
    #expect(steep.fixedPoints == fixed)
    #expect(steep.missing == 0)
    #expect(steep.extra == 0)
    #expect(steep.restPoints == fixed)
    let flat = GradedRun(patterns, gain: GradedRun.flatGain(of: patterns), random: &random)
    #expect(flat.restPoints == 1)
  }
}
