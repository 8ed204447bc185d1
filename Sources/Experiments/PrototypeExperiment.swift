internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// Can a network know what it was never shown? Examples of each concept are stored, and with enough of
/// them the unseen prototype becomes an attractor, while the examples themselves are lost.
///
///     let experiment = PrototypeExperiment(
///       size: 2_000, prototypes: 20, overlap: 0.4, examples: [1, 5, 20, 40], trials: 20, seed: 7)
///
/// Each example agrees with its prototype in a share (1 + b) / 2 of its sites, drawn at random.
///
/// - Source: Fontanari 1990, "Generalization in a Hopfield network".
public struct PrototypeExperiment: Experiment {
  /// What was found for one number of examples.
  public struct Row: Codable, Sendable, Equatable {
    public var neurons: Int
    public var prototypes: Int
    /// b, of an example with its prototype.
    public var exampleOverlap: Double
    /// s, of each prototype.
    public var examples: Int
    public var trials: Int
    public var seed: UInt64
    /// The share of a prototype's bits that one step gets wrong, its error, and the theory's value.
    public var prototypeError: Double
    public var standardError: Double
    public var predicted: Double
    /// The same share for an example.
    public var exampleError: Double
    /// The mean overlap with the prototype after relaxing from one of its examples.
    public var generalization: Double
    public var generalizationError: Double
  }

  public static let name = "prototypes"
  public let size: Int
  public let prototypes: Int
  public let overlap: Double
  public let examples: [Int]
  public let trials: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - size: N.
  ///   - prototypes: concepts.
  ///   - overlap: b, 0 to 1.
  ///   - examples: s, stored of each concept; a condition each.
  ///   - trials: networks for each s.
  ///   - seed: of all random numbers.
  public init(
    size: Int, prototypes: Int, overlap: Double, examples: [Int], trials: Int, seed: UInt64
  ) {
    precondition(size > 0 && prototypes > 0, "\(prototypes) prototypes of \(size) neurons")
    precondition((0...1).contains(overlap), "an overlap of \(overlap), not in 0...1")
    precondition(examples.allSatisfy { $0 > 0 }, "a number of examples that is not above 0")
    self.size = size
    self.prototypes = prototypes
    self.overlap = overlap
    self.examples = examples
    self.trials = trials
    self.seed = seed
  }

  public var conditions: Int { examples.count }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let count = examples[index]
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let results = trials.run { _, random -> (prototype: Double, example: Double, end: Double) in
      let concepts = PatternSet.random(count: prototypes, size: size, using: &random)
      var stored = PatternSet(size: size, capacity: prototypes * count)
      for concept in 0..<prototypes {
        let prototype = concepts[concept]
        stored.append(
          (0..<count).map { _ in
            prototype.flipping(probability: (1 - overlap) / 2, using: &random)
          })
      }
      let network = HopfieldNetwork(storing: stored)
      func wrongBits(_ state: Pattern) -> Double {
        let step = network.recall(state, by: .synchronous, maxSteps: 1, random: random)
        return Double(step.changes[0]) / Double(size)
      }
      let recall = network.recall(stored[0], random: random)
      return (
        wrongBits(concepts[0]), wrongBits(stored[0]), concepts[0].overlap(with: recall.state)
      )
    }
    let prototype = Estimate(of: results.map(\.prototype))
    let end = Estimate(of: results.map(\.end))
    let row = Row(
      neurons: size, prototypes: prototypes, exampleOverlap: overlap, examples: count,
      trials: results.count, seed: seed, prototypeError: prototype.value,
      standardError: prototype.error,
      predicted: Familiarity.prototypeError(
        examples: count, overlap: overlap, load: Double(prototypes) / Double(size)),
      exampleError: Estimate(of: results.map(\.example)).value, generalization: end.value,
      generalizationError: end.error)
    return [row]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    row.neurons == size && row.prototypes == prototypes && row.exampleOverlap == overlap
      && row.examples == examples[index] && row.trials == trials && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let shown = rows.map { Double($0.examples) }
    let fine = Array(1...max(examples.max() ?? 1, 2))
    return Plot(
      "The prototype that was never shown", x: "examples of each prototype *s*",
      y: "share of wrong bits"
    )
    .subtitle("Hebb, *N* = \(size), \(prototypes) prototypes, *b* = \(overlap)")
    .line(
      fine.map(Double.init),
      fine.map {
        Familiarity.prototypeError(
          examples: $0, overlap: overlap, load: Double(prototypes) / Double(size))
      }, label: "prototype, theory (Fontanari 1990)"
    )
    .points(
      shown, rows.map(\.prototypeError), errors: rows.map(\.standardError),
      label: "prototype, measured"
    )
    .points(shown, rows.map(\.exampleError), label: "example, measured").svg
  }
}
