import HopfieldDense
import HopfieldEnergy
import HopfieldPatterns
import TestSupport
import Testing

/// A dense memory solved by enumeration: `dam.json`.
struct DenseGolden: Sendable, CustomTestStringConvertible {
  struct Model: Decodable, Sendable {
    let interaction: String
    let energies: [Double]
    let fixedPoints: [Int]
    let basinOf: [Int]
    let parallelNext: [Int]
    let patternsFixed: [Bool]

    enum CodingKeys: String, CodingKey {
      case interaction = "F"
      case energies
      case fixedPoints = "fixed_points"
      case basinOf = "basin_of"
      case parallelNext = "sync_next"
      case patternsFixed = "patterns_fixed"
    }
  }

  let size: Int
  let patterns: [Pattern]
  let model: Model
  let tolerance: Double

  var testDescription: String {
    "\(patterns.count) patterns of \(size) spins, \(model.interaction)"
  }

  var interaction: Interaction {
    let degree = Int(model.interaction.drop { !$0.isNumber })
    return switch model.interaction.prefix(while: { !$0.isNumber }) {
    case "poly": .polynomial(degree: degree!)
    case "rect": .rectified(degree: degree!)
    case "exp": .exponential
    default: fatalError("an interaction named \(model.interaction)")
    }
  }

  var memory: DenseAssociativeMemory {
    DenseAssociativeMemory(storing: PatternSet(patterns), interaction: interaction)
  }

  static var all: [DenseGolden] {
    struct Instance: Decodable {
      let size: Int
      let patterns: [[Int]]
      let models: [Model]

      enum CodingKeys: String, CodingKey {
        case size = "N"
        case patterns, models
      }
    }
    struct File: Decodable {
      let tolerance: Double
      let instances: [Instance]

      enum CodingKeys: String, CodingKey {
        case tolerance = "tolerance_rel"
        case instances
      }
    }
    let file = Golden.load(File.self, from: "dam")
    return file.instances.flatMap { instance in
      instance.models.map { model in
        DenseGolden(
          size: instance.size, patterns: instance.patterns.map { Pattern($0) }, model: model,
          tolerance: file.tolerance)
      }
    }
  }
}

@Suite struct DenseGoldenTests {
  @Test("Energies equal enumeration", arguments: DenseGolden.all)
  func energies(of golden: DenseGolden) {
    let memory = golden.memory
    for (k, energy) in golden.model.energies.enumerated() {
      let state = Pattern(index: k, size: golden.size)
      #expect(abs(memory.energy(of: state) - energy) <= golden.tolerance * abs(energy))
    }
  }

  @Test("Fixed points, basins and parallel steps equal enumeration", arguments: DenseGolden.all)
  func dynamics(of golden: DenseGolden) {
    let memory = golden.memory
    let reference = ReferenceDense(
      storing: golden.patterns, interaction: golden.interaction, size: golden.size)
    // The golden exponential was summed in doubles: where terms cancel exactly, rounding decided
    // there. A tie keeps the state; so states that meet one are held against the twin alone.
    let trustsTies = golden.interaction != .exponential
    let all = (0..<1 << golden.size).map { Pattern(index: $0, size: golden.size) }
    #expect(golden.patterns.map(memory.isFixedPoint) == golden.model.patternsFixed)
    for (k, state) in all.enumerated() {
      let relaxed = reference.relax(state)
      let recall = memory.recall(from: state)
      #expect(recall.outcome == .fixedPoint)
      #expect(recall.state == relaxed.state)
      #expect(recall.changes == relaxed.flips)
      #expect(recall.energy == memory.energy(of: recall.state))

      let stepped = reference.step(state)
      let step = memory.recall(from: Cue(state), by: .synchronous, maxSteps: 1)
      #expect(step.state == stepped.state)
      #expect(memory.isFixedPoint(state) == (stepped.state == state))

      if trustsTies || !relaxed.tie { #expect(recall.state == all[golden.model.basinOf[k]]) }
      if trustsTies || !stepped.tie {
        #expect(step.state == all[golden.model.parallelNext[k]])
        #expect(memory.isFixedPoint(state) == golden.model.fixedPoints.contains(k))
      }
    }
  }
}
