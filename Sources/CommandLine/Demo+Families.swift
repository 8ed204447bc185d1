internal import Hopfield

/// What the later networks make of the cues that Hebb's rule fails on.
extension Demo {
  /// How many of a set of cues one network brought back.
  struct Family {
    let model: ModelName
    let name: String
    let recalled: Int
    let cues: Int
  }

  /// A grey digit of which only the upper half was given.
  struct GreyTrial {
    let label: Int
    let original: [Float]
    let recall: Recall<[Double]>
    let isRight: Bool
  }

  /// Twelve digits as they come, each with 20 % of its pixels flipped, in every network.
  static func families(seed: UInt64) -> [Family] {
    let dozen = PatternSet(SemeionDigits.dozen.map(\.pattern))
    let cues = dozen.indices.map { c in
      var generator = SeededGenerator(seed: seed, stream: 2 * c)
      return dozen[c].flipping(fraction: noise, using: &generator)
    }
    func family(_ model: ModelName, _ name: String, _ recall: (Pattern) -> Pattern) -> Family {
      let recalled = zip(dozen.indices, cues).filter { recall($1) == dozen[$0] }.count
      return Family(model: model, name: name, recalled: recalled, cues: cues.count)
    }
    let classical = HopfieldNetwork(storing: dozen)
    var graded = GradedHopfieldNetwork(storing: dozen, gain: .tanh(beta: 5))
    graded.tolerance = 1e-4
    let dense = DenseAssociativeMemory(storing: dozen, interaction: .polynomial(degree: 4))
    let modern = ModernHopfieldNetwork(
      storing: dozen.indices.map { dozen[$0].spins.map(Float.init) })
    return [
      family(.classical, "Hebb's rule (1982)") { classical.recall(from: $0).state },
      family(.graded, "graded neurons (1984)") {
        graded.spins(of: graded.recall(from: Cue($0), until: 50).state)
      },
      family(.dense, "dense memory, degree 4 (2016)") { dense.recall(from: $0).state },
      family(.modern, "modern network (2020)") {
        Pattern(modern.recall(from: $0.spins.map(Double.init)).state)
      },
    ]
  }

  /// Five grey digits of a hundred stored ones, recalled from their upper halves.
  static func greyTrials() -> (trials: [GreyTrial], recalled: Int, stored: Int) {
    let digits = GreyDigits.all
    let half = digits[0].pixels.count / 2
    let network = ModernHopfieldNetwork(storing: digits.map(\.pixels)).knowing { $0 < half }
    let trials = digits.map { digit in
      let cue = digit.pixels.enumerated().map { $0 < half ? Double($1) : 0 }
      let recall = network.recall(from: cue)
      let distance = zip(recall.state, digit.pixels).reduce(0) { max($0, abs($1.0 - Double($1.1))) }
      return GreyTrial(
        label: digit.label, original: digit.pixels, recall: recall, isRight: distance < 0.5)
    }
    return ([3, 24, 45, 66, 87].map { trials[$0] }, trials.filter(\.isRight).count, trials.count)
  }
}

/// The grey handwritten digits that are shipped with the program: 10 of each class.
enum GreyDigits {
  static let width = 8

  /// All digits with their classes; pixels from 0 to 16.
  static let all: [(label: Int, pixels: [Float])] = {
    let bytes = PackageResources.optdigits_grey
    let size = width * width
    return (0..<bytes.count / size).map { digit in
      (digit / 10, bytes[digit * size..<(digit + 1) * size].map(Float.init))
    }
  }()

  /// A picture for a terminal: two characters a pixel, in five shades.
  static func picture(_ pixels: [Double]) -> [String] {
    let shades: [Character] = [" ", "░", "▒", "▓", "█"]
    return stride(from: 0, to: pixels.count, by: width).map { first in
      String(
        pixels[first..<first + width].flatMap { value in
          let shade = shades[max(0, min(4, Int((value / 4).rounded())))]
          return [shade, shade]
        })
    }
  }
}
