internal import Hopfield

/// Recall by networks of graded neurons.
extension RecallRequest {
  func answerOfGraded() throws -> RecallResult {
    throw CommandError.data(memory.file, "the model graded is not built in yet")
  }
}
