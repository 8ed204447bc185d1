internal import Hopfield
internal import HopfieldFormats

/// A recall to be done: the data that was read, and what was asked for.
struct RecallRequest {
  let memory: MemoryFile
  let cues: Dataset
  /// One mask for all cues, or one for each; nil where all sites are known.
  let known: [Pattern]?
  let command: RecallCommand

  init(memory: MemoryFile, cues: Dataset, known: Dataset?, command: RecallCommand) throws {
    self.memory = memory
    self.cues = cues
    self.command = command
    self.known = try known.map { try Self.masks($0, for: cues, size: memory.size) }
  }

  /// Height and width for pictures of states, where a file gives them.
  var picture: (height: Int, width: Int)? { memory.picture ?? cues.picture }

  /// The answer of the model that was asked for, or that suits the data.
  func answer() throws -> RecallResult {
    let model =
      command.options.model
      ?? (command.threshold != nil || memory.isTwoValued ? .classical : .modern)
    try command.options.requireOptions(of: model)
    switch model {
    case .classical: return try answerOfClassical()
    case .dense: return try answerOfDense()
    case .modern: return try answerOfModern()
    case .graded: return try answerOfGraded()
    }
  }

  /// The generator of cue c for its noise, and for its dynamics.
  func noiseGenerator(_ c: Int) -> SeededGenerator {
    SeededGenerator(seed: command.common.seed, stream: 2 * c)
  }
  func dynamicsGenerator(_ c: Int) -> SeededGenerator {
    SeededGenerator(seed: command.common.seed, stream: 2 * c + 1)
  }

  /// Masks from 0/1 data: N numbers for all cues, or a row for each cue.
  private static func masks(
    _ dataset: Dataset, for cues: Dataset, size: Int
  ) throws -> [Pattern] {
    try dataset.requireSize(size, of: cues.file)
    guard dataset.count == 1 || dataset.count == cues.count else {
      throw CommandError.data(
        dataset.file, "\(dataset.count) masks for \(cues.count) cues: wanted is one, or one a cue")
    }
    guard let values = dataset.values.distinctValues(limit: 2),
      values.allSatisfy({ $0 == 0 || $0 == 1 || $0 == 255 })
    else {
      throw CommandError.data(dataset.file, "a mask has the values 0 (unknown) and 1 (known) alone")
    }
    let marks = dataset.values.signs(above: 0)
    return (0..<dataset.count).map { Pattern(marks[$0 * dataset.size..<($0 + 1) * dataset.size]) }
  }
}
