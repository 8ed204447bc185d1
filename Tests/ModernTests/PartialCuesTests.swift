import Foundation
import HopfieldEnergy
import HopfieldModern
import TestSupport
import Testing

/// MNIST is not part of the repository: it is looked for beside it.
private let mnist = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/data/mnist5k_images.npy").standardized

/// Cues of which a part is known, and the β that is chosen for them.
@Suite struct PartialCuesTests {
  @Test("From the known half the whole comes back, in any units, clamped or not")
  func halves() {
    var random = Vectors(seed: 31)
    let memories = random.vectors(60, 24).map { v in v.map { abs($0) } }
    for scale in [1e-6, 1, 255.0] {
      let set = memories.map { v in v.map { scale * $0 } }
      for separation in [Separation.softmax, .sparsemax, .entmax(alpha: 1.5), .normmax(gamma: 2)] {
        let network = ModernHopfieldNetwork(storing: set, separation: separation)
          .knowing { $0 < 12 }
        for (i, memory) in set.enumerated() {
          let cue = memory.enumerated().map { $0 < 12 ? $1 : random.vector(1)[0] * scale }
          for clamping in [false, true] {
            let recall = network.recall(from: cue, clamping: clamping)
            #expect(recall.identity.kind == .stored && recall.identity.match?.pattern == i)
            #expect(recall.state.deviation(from: memory) < 1e-6 * scale)
            // What is unknown has no say.
            let energy = network.energy(of: memory)
            #expect(abs(recall.energyTrace[0] - energy) <= 1e-9 * energy.magnitude)
          }
          let single = network.retrieve([cue.map(Float.init)])[0].map(Double.init)
          #expect(single.deviation(from: memory) < 1e-5 * scale)
        }
      }
    }
  }

  @Test("Similarities are minus half the squared distance on the known coordinates")
  func distances() {
    let network = ModernHopfieldNetwork(storing: [[0.0, 9], [2, -9]], beta: 1)
      .knowing([true, false])
    #expect(network.similarity == .negativeSquaredDistance && network.beta == 1)
    let weights = network.association(for: [0.5, 100])
    let ratio = weights[1] / weights[0]
    #expect(abs(ratio - exp(-1.0)) < 1e-12)
    #expect(network.separations() == [2, 2])
    // E = -(1/β) ln of the mean of exp(β z).
    let mean = (exp(-0.125) + exp(-1.125)) / 2
    #expect(abs(network.energy(of: [0.5, 100]) + log(mean)) < 1e-12)
  }

  @Test("The automatic beta scales as 1 / Δ, promises retrieval, and does not see units")
  func automaticBeta() {
    var random = Vectors(seed: 32)
    let memories = random.vectors(50, 16)
    let network = ModernHopfieldNetwork(storing: memories, similarity: .negativeSquaredDistance)
    #expect(network.isBetaAutomatic)
    #expect(memories.indices.allSatisfy { network.promisesRetrieval(of: $0) })
    let larger = ModernHopfieldNetwork(
      storing: memories.map { v in v.map { 1000 * $0 } }, similarity: .negativeSquaredDistance)
    #expect(abs(larger.beta * 1e6 / network.beta - 1) < 1e-9)
    let sparse = ModernHopfieldNetwork(
      storing: memories, separation: .sparsemax, similarity: .negativeSquaredDistance)
    #expect(abs(sparse.beta * network.separations().min()! - 2) < 1e-9)
    // A pair that nearly coincides does not set the scale for all.
    let close = memories + [memories[0].map { $0 + 1e-9 }]
    let unmoved = ModernHopfieldNetwork(storing: close, similarity: .negativeSquaredDistance)
    #expect(unmoved.beta < 1.1 * network.beta)
  }

  @Test(
    "MNIST, 1000 stored digits, the lower half unknown: the right image for at least 99 %",
    .enabled(if: FileManager.default.fileExists(atPath: mnist.path)))
  func digits() throws {
    let bytes = [UInt8](try Data(contentsOf: mnist))
    let start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    let images = (0..<1000).map { i in
      bytes[(start + 784 * i)..<(start + 784 * (i + 1))].map(Float.init)
    }
    for scale in [1, Float(1) / 255] {
      let network = ModernHopfieldNetwork(storing: images.map { v in v.map { scale * $0 } })
        .knowing { $0 < 392 }
      let cues = images.map { v in v.enumerated().map { $0 < 392 ? Double(scale * $1) : 0 } }
      let recalls = network.recalls(from: cues)
      let right = recalls.enumerated().count { i, recall in
        recall.identity.kind == .stored && recall.identity.match?.pattern == i
          && recall.identity.isExact
      }
      #expect(right >= 990, "\(right) of 1000")
    }
  }
}
