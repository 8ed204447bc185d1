internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldModern
internal import HopfieldPatterns
internal import HopfieldPlots

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// Which similarity finds an image again, when a part of it is blacked out.
  ///
  /// The paper's images are MNIST, CIFAR-10 and Tiny ImageNet; these are grey blobs drawn at random, so
  /// that the order of the similarities can be compared and the shares can't.
  static let millidge2022 = Reproduction(
    name: "millidge-2022",
    source: "Millidge, Salvatori, Song, Lukasiewicz and Bogacz 2022, International Conference on "
      + "Machine Learning",
    summary: "distances find masked images that products miss"
  ) { laboratory in
    let similarities = MaskedImages.similarities
    let masks = [0.25, 0.5, 0.75]
    let images = laboratory.pick(quick: 60, full: 500)
    let trials = laboratory.pick(quick: 10, full: 60)
    var findings: [Finding] = []
    var shares = similarities.map { _ in [Estimate]() }
    for mask in masks {
      let found = laboratory.trials("masked \(mask)", trials) { _, random in
        MaskedImages.found(images: images, masked: mask, random: &random)
      }
      for k in similarities.indices { shares[k].append(Estimate(of: found.map { $0[k] })) }
      for k in [2, 3] {
        // All similarities see the same cues: errors of the difference, not of the two.
        let gain = Estimate(of: found.map { $0[k] - $0[0] })
        findings.append(
          Finding(
            "\(similarities[k].name) over dot product, \(Int(100 * mask)) % masked: gain in images found",
            ours: gain.value, holds: gain.value > Finding.standardErrors * gain.error))
      }
    }
    for k in similarities.indices {
      findings.append(
        Finding(
          "\(similarities[k].name): images found, 50 % masked", published: nil, ours: shares[k][1],
          why: "\(images) drawn images, not the paper's data sets"))
    }
    let figure = similarities.indices.reduce(
      Plot("Images found again", x: "share of pixels blacked out", y: "share found")
        .subtitle("\(images) drawn images of 28 × 28, one step, sharp softmax")
        .yAxis(in: -0.02...1.05).xAxis(in: 0.2...0.8)
    ) { plot, k in
      plot.points(
        masks, shares[k].map(\.value), errors: shares[k].map(\.error), label: similarities[k].name)
    }
    return Report(findings, figure: figure.svg)
  }
}

/// Drawn images, cut and asked for.
enum MaskedImages {
  static let side = 28
  static let similarities: [(name: String, similarity: Similarity)] = [
    ("dot product", .dot), ("cosine", .cosine), ("Euclidean", .negativeSquaredDistance),
    ("Manhattan", .negativeManhattanDistance),
  ]

  /// A grey image: some soft blobs of random place, width and brightness, from 0 to 1.
  static func image(using random: inout SeededGenerator) -> [Double] {
    var image = [Double](repeating: 0, count: side * side)
    for _ in 0..<(2 + random.index(below: 6)) {
      let (x, y) = (Double(side) * random.unit(), Double(side) * random.unit())
      let width = 1.5 + 4 * random.unit()
      let brightness = 0.3 + 0.7 * random.unit()
      for pixel in image.indices {
        let (dx, dy) = (Double(pixel % side) - x, Double(pixel / side) - y)
        image[pixel] += brightness * exp(-(dx * dx + dy * dy) / (2 * width * width))
      }
    }
    return image.map { min($0, 1) }
  }

  /// The share of images that each similarity finds from cues of which a share of the rows is black,
  /// from the top.
  static func found(
    images count: Int, masked: Double, random: inout SeededGenerator
  ) -> [Double] {
    let images = (0..<count).map { _ in image(using: &random) }
    let black = Int((masked * Double(side)).rounded()) * side
    let cues = images.map { image in image.indices.map { $0 < black ? 0 : image[$0] } }
    return similarities.map { _, similarity in
      // As sharp as a maximum, and still a softmax.
      let network = ModernHopfieldNetwork(storing: images, beta: 1_000, similarity: similarity)
      let right = zip(cues, images).enumerated().count { index, pair in
        network.association(for: pair.0).largest(1).first?.pattern == index
      }
      return Double(right) / Double(count)
    }
  }
}
