import HopfieldPatterns
import Testing

@testable import HopfieldExperiments

@Suite struct ModernReproductionsTests {
  @Test func noBoundIsBroken() {
    var covered = 0
    for stream in 0..<6 {
      var random = SeededGenerator(seed: 17, stream: stream)
      let check = BoundCheck(random: &random)
      #expect(check.beyondStep == 0)
      #expect(check.beyondRetrieval == 0)
      #expect(check.energiesOutside == 0)
      #expect(check.raises == 0)
      // Each point is theorem 5's statement itself, but for rounding.
      for point in check.points { #expect(point.y <= 1e-9 || point.x < 25) }
      covered += check.points.count
    }
    #expect(covered > 0)
  }

  @Test func attentionIsTheSumWrittenOut() {
    var random = SeededGenerator(seed: 18)
    #expect(Sphere.attentionError(random: &random) < 1e-6)
  }

  @Test func clustersHoldTheWeight() {
    var random = SeededGenerator(seed: 19)
    func holders(_ beta: Double) -> Int {
      Sphere.holders(clusters: 4, members: 5, beta: beta, random: &random)
    }
    #expect(holders(0) == 18)
    #expect((2...5).contains(holders(8)))
    #expect(holders(1000) == 1)
  }

  /// The nearest image by each measure, in the order of `MaskedImages.similarities`.
  @Test func imagesFoundAreTheMostSimilar() {
    let count = 8
    var random = SeededGenerator(seed: 20)
    let found = MaskedImages.found(images: count, masked: 0.5, random: &random)
    random = SeededGenerator(seed: 20)
    let images = (0..<count).map { _ in MaskedImages.image(using: &random) }
    var right = [0, 0, 0, 0]
    for (k, image) in images.enumerated() {
      let cue = image.indices.map { $0 < image.count / 2 ? 0 : image[$0] }
      var scores: [[Double]] = [[], [], [], []]
      for other in images {
        var (dot, square, squares, distance, city) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (a, b) in zip(cue, other) {
          dot += a * b
          square += b * b
          squares += a * a
          distance -= (a - b) * (a - b)
          city -= abs(a - b)
        }
        scores[0].append(dot)
        scores[1].append(squares > 0 ? dot / square.squareRoot() : 0)
        scores[2].append(distance)
        scores[3].append(city)
      }
      for s in 0..<4 where scores[s].firstIndex(of: scores[s].max()!) == k { right[s] += 1 }
    }
    #expect(found == right.map { Double($0) / Double(count) })
    #expect(MaskedImages.similarities.map(\.name).last == "Manhattan")
  }

  @Test func normalNumbersAreNormal() {
    var random = SeededGenerator(seed: 21)
    let numbers = normals(20_001, using: &random)
    #expect(numbers.count == 20_001)
    // Means of x, x^2 and x^4 within four errors: 1, sqrt 2 and sqrt 96 over sqrt n.
    let count = Double(numbers.count)
    let error = 4 / count.squareRoot()
    #expect(abs(numbers.reduce(0, +) / count) < error)
    #expect(abs(numbers.reduce(0) { $0 + $1 * $1 } / count - 1) < 1.42 * error)
    #expect(abs(numbers.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count - 3) < 9.8 * error)
  }
}
