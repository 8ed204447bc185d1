internal import Hopfield
internal import HopfieldFormats

extension Workload {
  /// `hopfield recall` as users feel it: start, load, store, recall, write.
  ///
  /// The peer is a script in the same situation, its imports included. Both have their files in the
  /// page cache.
  static let process = Workload(id: "process") { bench in
    let (size, count) = (bench.size(8192, quick: 1024), bench.size(800, quick: 100))
    let data = SpinData(size: size, patterns: count, cues: 16)
    let path = try data.write(to: bench.folder, as: "process")
    let (memory, cues) = ("\(path)/patterns.npy", "\(path)/cues.npy")
    let output = "\(path)/ours.npy"
    let hopfield = try bench.hopfield()
    let ours = InProcess {
      try ChildProcess.run(
        [hopfield, "recall", memory, "--cues", cues, "--output", output])
      return { try? NPY.read(output) }
    }
    return [
      Contest(
        id: "process", title: "`hopfield recall`, the whole process, 16 cues, .npy in and out",
        sizes: "N = \(size), P = \(count), 20 % noise",
        ours: ours,
        others: try scripts(bench, memory: memory, cues: cues, output: "\(path)/theirs"))
    ]
  }

  /// The script with and without couplings, each with its best number of BLAS threads.
  private static func scripts(
    _ bench: Bench, memory: String, cues: String, output: String
  ) throws -> [Contest.Opponent] {
    guard let python = bench.python else { return [] }
    return try [("couplings", "J", 25.0), ("overlaps", "without J", nil)].map { way, name, wanted in
      let output = "\(output)-\(way).npy"
      let run = { (threads: Int) in
        try ChildProcess.run(
          [python.executable, python.script("recall_process.py"), way, memory, cues, output],
          settings: ["OPENBLAS_NUM_THREADS": "\(threads)"])
      }
      try run(1)
      let trials = try Set([1, bench.threads]).sorted().map { threads in
        (threads, try Stopwatch.seconds { try run(threads) })
      }
      let best = trials.min { $0.1 < $1.1 }!.0
      return Contest.Opponent(
        wanted: wanted,
        contestant: InProcess("numpy script, \(name) (\(best.asThreads))") {
          try run(best)
          return { try? NPY.read(output) }
        })
    }
  }

  /// The smallest recall there is: what starting and ending cost.
  static let start = Workload(id: "start") { bench in
    let data = SpinData(size: 64, patterns: 2, cues: 1)
    let path = try data.write(to: bench.folder, as: "start")
    let output = "\(path)/ours.npy"
    let command = [
      try bench.hopfield(), "recall", "\(path)/patterns.npy", "--cues", "\(path)/cues.npy",
      "--output",
      output,
    ]
    let nothing = try (0..<20).map { _ in
      try Stopwatch.seconds { try ChildProcess.run(["/usr/bin/true"]) }
    }
    return [
      Contest(
        id: "start", title: "`hopfield recall`, the smallest there is: start-up",
        sizes: "N = 64, P = 2, one cue",
        limit: Limit(name: "an empty process", seconds: nothing.median),
        wanted: .seconds(0.03),
        ours: InProcess {
          try ChildProcess.run(command)
          return { try? NPY.read(output) }
        })
    ]
  }
}
