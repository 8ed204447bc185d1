import HopfieldClassical
import HopfieldEnergy
import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct SettledDescentTests {
  // Below, at and above the load where half of the descents end near their pattern; where flips become few
  // before the end, neurons are left out.
  @Test(
    "What leaves settled neurons out goes where all visits go, step by step",
    arguments: [
      (.sequential, 4_096, 0.15, false), (.sequential, 8_192, 0.149, false),
      (.sequential, 16_384, 0.147, true), (.permuted, 4_096, 0.15, true),
      (.permuted, 8_191, 0.145, true), (.parallel, 4_096, 0.15, true),
      (.parallel, 8_191, 0.14, true), (.parallel, 16_384, 0.147, true),
    ] as [(TransitionExperiment.Motion, Int, Double, Bool)])
  func same(
    motion: TransitionExperiment.Motion, size: Int, load: Double, leavesSomeOut: Bool
  ) {
    var random = SeededGenerator(seed: UInt64(size))
    let patterns = PatternSet.random(
      count: Int(load * Double(size)), size: size, using: &random)
    let network = HopfieldNetwork(storing: patterns)
    var visits = 0
    for k in 0..<2 {
      var running = network.start(
        from: Cue(patterns[k]), by: motion.dynamics(temperature: 0), threads: 1)
      // Left out as soon as that is right, whether it pays or not.
      var descent = SettledDescent(
        of: patterns.tiles, from: patterns[k].words, motion: motion, worthwhile: 1e3)
      // The same orders for both.
      var (one, other) = (random, random)
      var end: Outcome?
      for step in 1...3_000 {
        end = running.step(using: &one).outcome
        descent.step(using: &other)
        #expect(descent.state == running.state.words, "step \(step) of start \(k)")
        #expect(descent.overlap(with: k) == patterns[k].overlap(with: running.state))
        if end != nil { break }
      }
      // The end is said a step or two later, when all have been visited.
      var proofs = 0
      while descent.outcome == nil, proofs < 8 {
        descent.step(using: &other)
        proofs += 1
      }
      #expect(descent.outcome == (end == .fixedPoint ? .fixedPoint : .cycle))
      visits += descent.visits
      random = one
    }
    if leavesSomeOut { #expect(visits % size != 0) }
  }
}
