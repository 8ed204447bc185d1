internal import Hopfield

/// The story that `hopfield demo` tells, in numbers.
struct Demo {
  /// One damaged digit and what became of it.
  struct Trial {
    let label: Int
    let original: Pattern
    let cue: Pattern
    let recall: Recall<Pattern>

    var overlap: Double { original.overlap(with: recall.state) }
  }

  /// Random patterns at one load: the share of patterns that came back, and their mean overlap.
  struct Load {
    let load: Double
    let patterns: Int
    let recalled: Double
    let overlap: Double
  }

  static let noise = 0.2
  let seed: UInt64
  /// Of twelve digits as they come, how many stay put when they are the starting state, and the
  /// overlap that is left on average.
  let dozenStable: Int
  let dozenOverlap: Double
  let dozenCorrelation: Double
  let dissimilarCorrelation: Double
  /// Five digits chosen for small overlaps, recalled from damaged cues.
  let trials: [Trial]
  let loads: [Load]
  /// The twelve digits again, damaged, in each kind of network.
  let families: [Family]
  /// Grey digits from their upper halves: some of them, and how many of all came back.
  let grey: (trials: [GreyTrial], recalled: Int, stored: Int)

  init(seed: UInt64, threads: Int?) {
    self.seed = seed
    let dozen = PatternSet(SemeionDigits.dozen.map(\.pattern))
    let crowded = HopfieldNetwork(storing: dozen)
    let ends = dozen.indices.map { dozen[$0].overlap(with: crowded.recall(from: dozen[$0]).state) }
    dozenStable = ends.filter { $0 == 1 }.count
    dozenOverlap = ends.reduce(0, +) / Double(ends.count)
    dozenCorrelation = dozen.correlation().mean

    let chosen = SemeionDigits.dissimilar(5)
    let patterns = PatternSet(chosen.map(\.pattern))
    dissimilarCorrelation = patterns.correlation().largest
    let network = HopfieldNetwork(storing: patterns)
    trials = chosen.enumerated().map { c, digit in
      var generator = SeededGenerator(seed: seed, stream: 2 * c)
      let cue = digit.pattern.flipping(fraction: Self.noise, using: &generator)
      return Trial(
        label: digit.label, original: digit.pattern, cue: cue, recall: network.recall(from: cue))
    }
    loads = [0.05, 0.10, 0.14, 0.20].enumerated().map { k, load in
      Self.measure(load: load, generator: SeededGenerator(seed: seed, stream: 1000 + k))
    }
    families = Self.families(seed: seed)
    grey = Self.greyTrials()
  }

  /// Twenty networks of 256 neurons with random patterns, one damaged pattern recalled in each.
  private static func measure(load: Double, generator: SeededGenerator) -> Load {
    var generator = generator
    let size = SemeionDigits.width * SemeionDigits.width
    let count = Int((load * Double(size)).rounded())
    let overlaps = (0..<20).map { _ in
      let patterns = PatternSet.random(count: count, size: size, using: &generator)
      let cue = patterns[0].flipping(fraction: 0.1, using: &generator)
      let recall = HopfieldNetwork(storing: patterns).recall(from: cue)
      return patterns[0].overlap(with: recall.state)
    }
    return Load(
      load: load, patterns: count,
      recalled: Double(overlaps.filter { $0 >= 0.9 }.count) / Double(overlaps.count),
      overlap: overlaps.reduce(0, +) / Double(overlaps.count))
  }

  var json: JSON {
    .object([
      (
        "dozen",
        .object([
          ("patterns", .int(12)), ("stable", .int(dozenStable)),
          ("overlap", .double(dozenOverlap)), ("correlation", .double(dozenCorrelation)),
        ])
      ),
      ("recalls", .array(trials.map(\.json))),
      (
        "networks",
        .array(
          families.map {
            .object([
              ("model", .string($0.model.rawValue)), ("cues", .int($0.cues)),
              ("recalled", .int($0.recalled)),
            ])
          })
      ),
      ("halves", .object([("stored", .int(grey.stored)), ("recalled", .int(grey.recalled))])),
      (
        "random",
        .array(
          loads.map {
            .object([
              ("load", .double($0.load)), ("patterns", .int($0.patterns)),
              ("recalled", .double($0.recalled)), ("overlap", .double($0.overlap)),
            ])
          })
      ),
    ])
  }
}

extension Demo.Trial {
  fileprivate var json: JSON {
    .object([
      ("digit", .int(label)), ("cueOverlap", .double(original.overlap(with: cue))),
      ("overlap", .double(overlap)), ("steps", .int(recall.steps)),
      ("energyTrace", .array(recall.energyTrace.map(JSON.double))),
    ])
  }
}
