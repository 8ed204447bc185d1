internal import Hopfield
internal import HopfieldFormats

extension Workload {
  /// One asynchronous sweep of a dense memory of degree 4 from a damaged cue, its overlaps
  /// included.
  static let denseSweep = Workload(id: "dense") { bench in
    let (size, count) = (bench.size(1024, quick: 128), bench.size(20_000, quick: 500))
    let data = SpinData(size: size, patterns: count, cues: 1)
    let path = try data.write(to: bench.folder, as: "dense")
    let memory = DenseAssociativeMemory(
      storing: data.patterns, interaction: .polynomial(degree: 4))
    let cue = Cue(data.cues[0])
    return [
      Contest(
        id: "dense", title: "dense memory, n = 4: overlaps + one asynchronous sweep",
        sizes: "N = \(size), P = \(count), 20 % noise",
        limit: bench.limits.spins(Double(size) * Double(count), on: \.one),
        ours: InProcess {
          let recall = memory.recall(from: cue, maxSteps: 1)
          return { NumericArray(spins: recall.state) }
        },
        others: try bench.peer(
          "numpy, incremental overlaps", "dense.py", ["differences", path], wanted: 100)
          + bench.peer("numpy, expanded sum", "dense.py", ["expanded", path]))
    ]
  }
}
