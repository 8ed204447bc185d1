internal import Hopfield

/// The story in words and pictures for a terminal.
extension Demo {
  var story: [String] { crowded + chosen + random + later + halves + next }

  private var crowded: [String] {
    [
      "Twelve handwritten digits, 16 x 16 pixels, stored in a Hopfield network of 256 neurons",
      "by Hebb's rule. Can they at least stay where they are?",
      "",
      "  \(dozenStable) of 12 are fixed points; started from a digit itself, the network ends at an",
      "  overlap of \(dozenOverlap.formatted(2)) with it. Not a matter of load (0.047, the limit is 0.138):",
      "  digits are alike (mean overlap \(dozenCorrelation.formatted(2))), and Hebb's rule wants patterns that are not.",
      "",
    ]
  }

  private var chosen: [String] {
    let names = trials.map { "\($0.label)" }.joined(separator: ", ")
    var lines = [
      "Now five digits of different classes (\(names)), chosen greedily from 200 so that no two",
      "overlap by more than \(dissimilarCorrelation.formatted(2)). Each is damaged (20 % of its pixels flipped) and recalled:",
      "",
    ]
    for trial in trials { lines += rows(of: trial) }
    let exact = trials.filter { $0.overlap == 1 }.count
    lines += ["\(exact) of \(trials.count) came back without a wrong pixel.", ""]
    return lines
  }

  private func rows(of trial: Trial) -> [String] {
    let width = SemeionDigits.width
    let columns = [trial.cue, trial.recall.state, trial.original].map { $0.picture(width: width) }
    let facts = [
      "digit \(trial.label)", "",
      "overlap \(trial.original.overlap(with: trial.cue).formatted(2)) -> \(trial.overlap.formatted(2))",
      "energy \(trial.recall.energyTrace[0].formatted(1)) -> \(trial.recall.energy.formatted(1))",
      "\(trial.recall.steps) sweeps, flips "
        + trial.recall.changes.map { "\($0)" }.joined(separator: " "),
      "\(trial.recall.identity.kind.rawValue)\(trial.recall.identity.isExact ? ", exact" : "")",
    ]
    let header = "  " + ["cue", "recall", "original"].map { "  \($0)".left(width + 4) }.joined()
    return [header]
      + columns[0].indices.map { y in
        let pictures = columns.map { "│\($0[y])│".left(width + 4) }.joined()
        return "  " + pictures + (y < facts.count ? facts[y] : "")
      } + [""]
  }

  private var random: [String] {
    [
      "Random patterns of the same size come back up to about 0.14 N (20 networks a row, 10 %",
      "of the bits flipped; at N = 256 the transition is still soft):",
      "",
      "    load  patterns  recalled  mean overlap",
    ]
      + loads.map {
        "  " + $0.load.formatted(2).right(6) + "\($0.patterns)".right(10)
          + "\(Int(($0.recalled * 100).rounded())) %".right(10) + $0.overlap.formatted(3).right(14)
      } + [""]
  }

  private var later: [String] {
    [
      "And the twelve digits that Hebb's rule confuses? The networks that came after it, on the same",
      "cues (20 % of the pixels flipped), bring back exactly:",
      "",
    ]
      + families.map { "    " + $0.name.left(32) + "\($0.recalled)".right(3) + " of \($0.cues)" }
      + [""]
  }

  private var halves: [String] {
    var lines = [
      "The modern network stores grey values too. A hundred digits of 8 x 8 pixels, each recalled from",
      "its upper half: \(grey.recalled) of \(grey.stored) come back.",
      "",
    ]
    let half = GreyDigits.width * GreyDigits.width / 2
    for trial in grey.trials {
      let cue = trial.original.enumerated().map { $0 < half ? Double($1) : 0 }
      let columns = [cue, trial.recall.state, trial.original.map(Double.init)]
        .map(GreyDigits.picture)
      lines += columns[0].indices.map { y in
        "  " + columns.map { "│\($0[y])│".left(2 * GreyDigits.width + 4) }.joined()
          + (y == 0 ? "digit \(trial.label)" : "")
      }
      lines.append("")
    }
    return lines
  }

  private var next: [String] {
    [
      "Now your own: hopfield recall MEMORY --cues FILE --noise 0.2 --output recalled.png",
      "and whether it can work: hopfield inspect MEMORY",
    ]
  }
}
