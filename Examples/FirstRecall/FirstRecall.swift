// The first eight lines: store random patterns, damage one, recall it.

import Hopfield

@main enum FirstRecall {
  static func main() {
    var rng = SeededGenerator(seed: 1982)
    let patterns = PatternSet.random(count: 60, size: 1_000, using: &rng)
    let network = HopfieldNetwork(storing: patterns)
    let cue = patterns[0].flipping(fraction: 0.2, using: &rng)
    let recall = network.recall(from: cue)
    print(recall.outcome, "after", recall.steps, "sweeps")
    print("overlap", patterns[0].overlap(with: cue), "->", patterns[0].overlap(with: recall.state))
    print("energy", network.energy(of: cue), "->", recall.energy)

    precondition(recall.state == patterns[0], "the pattern did not come back")
  }
}
