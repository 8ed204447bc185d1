internal import Hopfield
internal import HopfieldFormats

extension Workload {
  /// Storing, and recalling one cue site after site.
  ///
  /// What can't be avoided: reading the rows of int8 once, and one multiply-add for each spin of each
  /// pattern in each sweep, on one thread, for one visit waits for the one before it.
  static let recall = Workload(id: "recall") { bench in
    let (size, count) = (bench.size(8192, quick: 1024), bench.size(800, quick: 100))
    let data = SpinData(size: size, patterns: count, cues: 1)
    let path = try data.write(to: bench.folder, as: "recall")
    let rows = data.rows()
    let cue = data.cues[0]
    let stored = HopfieldNetwork(storing: PatternSet(rows: rows, size: size))
    let spins = Double(size) * Double(count)
    let sweeps = Double(stored.recall(from: cue).steps)
    let sizes = "N = \(size), P = \(count), 20 % noise"
    return [
      Contest(
        id: "recall-stored-now", title: "store int8 rows + recall one cue, sequential",
        sizes: sizes,
        limit: bench.limits.reading(spins, on: \.one)
          + bench.limits.spins(sweeps * spins, on: \.one),
        ours: InProcess {
          let network = HopfieldNetwork(storing: PatternSet(rows: rows, size: size))
          let recall = network.recall(from: cue)
          return { NumericArray(spins: recall.state) }
        },
        others: try bench.peer(
          "numpy, J", "recall_one.py", ["store-couplings", path], wanted: 400)
          + bench.peer("numpy without J", "recall_one.py", ["store-overlaps", path])),
      Contest(
        id: "recall-stored-before", title: "recall one cue, sequential, patterns stored",
        sizes: sizes,
        limit: bench.limits.spins(sweeps * spins, on: \.one),
        ours: InProcess {
          let recall = stored.recall(from: cue)
          return { NumericArray(spins: recall.state) }
        },
        others: try bench.peer("numpy, J given", "recall_one.py", ["couplings", path], wanted: 40)
          + bench.peer("numpy without J", "recall_one.py", ["overlaps", path])),
    ]
  }

  /// 64 cues in parallel steps, each to its own fixed point or cycle of two.
  static let synchronous = Workload(id: "synchronous") { bench in
    let (size, count) = (bench.size(8192, quick: 1024), bench.size(800, quick: 100))
    let data = SpinData(size: size, patterns: count, cues: 64)
    let path = try data.write(to: bench.folder, as: "synchronous")
    let network = HopfieldNetwork(storing: data.patterns)
    let cues = data.cues.map(Cue.init)
    let steps = network.recalls(from: cues, by: .synchronous, generator: noGenerator)
      .reduce(0) { $0 + $1.steps }
    return [
      Contest(
        id: "synchronous", title: "64 cues, synchronous, to the fixed point or 2-cycle",
        sizes: "N = \(size), P = \(count), 20 % noise",
        limit: bench.limits.spins(Double(steps) * Double(size) * Double(count)),
        ours: InProcess {
          let recalls = network.recalls(from: cues, by: .synchronous, generator: noGenerator)
          return { NumericArray(spins: recalls.map(\.state)) }
        },
        others: try bench.peer(
          "numpy, sgemm with J", "synchronous.py", ["couplings", path], wanted: 100)
          + bench.peer("numpy, sgemm without J", "synchronous.py", ["overlaps", path]))
    ]
  }
}

/// Random numbers for dynamics that draw none.
func noGenerator(_ cue: Int) -> SeededGenerator { SeededGenerator(seed: 0, stream: cue) }
