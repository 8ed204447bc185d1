internal import Foundation

/// What every workload needs to know.
struct Bench {
  let isQuick: Bool
  let threads: Int
  let limits: Limits
  let folder: DataFolder
  /// Nil where no peer is to run.
  let python: PythonEnvironment?
  /// Where the executable `hopfield` should be, for the workloads that are whole processes.
  let hopfieldPath: String

  /// `full`, or `quick` in a quick run.
  func size(_ full: Int, quick: Int) -> Int { isQuick ? quick : full }

  /// The executable `hopfield`.
  func hopfield() throws -> String {
    guard FileManager.default.isExecutableFile(atPath: hopfieldPath) else {
      throw BenchError("no executable \(hopfieldPath): run `make release`, or give --hopfield")
    }
    return hopfieldPath
  }

  /// The peer that runs `script`, or nobody in a run without peers.
  func peer(
    _ name: String, _ script: String, _ arguments: [String], wanted: Double? = nil
  ) throws -> [Contest.Opponent] {
    guard python != nil else { return [] }
    let peer = try PythonPeer(name, script, arguments, in: self)
    return [Contest.Opponent(wanted: wanted, contestant: peer)]
  }
}

/// Contests that share data; nothing is made before it is needed.
struct Workload: Sendable {
  /// What `--filter` looks for: the ids of its contests begin with it.
  let id: String
  let contests: @Sendable (Bench) throws -> [Contest]

  /// Every workload, in the order of the table.
  static var all: [Workload] {
    [.recall, .synchronous, .fields, .batch] + learning + [
      .capacity, .process, .start, .denseSweep, .attention, .oneQuery, .sparse,
    ]
  }
}
