internal import Hopfield
internal import HopfieldFormats

extension Workload {
  /// The capacity curve: what is left of a stored pattern, load by load, over fresh networks.
  ///
  /// Ours also draws its patterns; the peers get them, the same bits, and so the answers are the same
  /// numbers: mean overlap and share retrieved at each load.
  static let capacity = Workload(id: "capacity") { bench in
    let (size, trials) = (bench.size(1000, quick: 200), bench.size(30, quick: 10))
    let counts = (1...15).map { size * (3 + $0) / 100 }
    let experiment = CapacityExperiment(
      size: size, loads: counts.map { Double($0) / Double(size) }, trials: trials, seed: 1985)
    let path = try write(experiment, counts: counts, to: bench.folder)
    return [
      Contest(
        id: "capacity", title: "capacity curve: \(counts.count) loads, \(trials) networks each",
        sizes: "N = \(size), P = \(counts.first!) to \(counts.last!)",
        agreement: .within(1e-12),
        ours: InProcess {
          let rows = experiment.measure()
          return {
            NumericArray(
              shape: [rows.count, 2], rows.flatMap { [$0.overlap, $0.retrieved] })
          }
        },
        others: try bench.peer("numpy", "capacity.py", [path], wanted: 50))
    ]
  }

  /// Writes the patterns that the trials of the experiment draw, and the number of them at each load.
  ///
  /// Trial k draws from stream k at every load: fewer patterns are the first of more.
  private static func write(
    _ experiment: CapacityExperiment, counts: [Int], to data: DataFolder
  ) throws -> String {
    let folder = try data.folder("capacity")
    var spins: [Int8] = []
    for trial in 0..<experiment.trials {
      var random = SeededGenerator(seed: experiment.seed, stream: trial)
      PatternSet.random(count: counts.last!, size: experiment.size, using: &random)
        .forEach { spins += $1.spins }
    }
    try NPY.write(
      NumericArray(shape: [experiment.trials, counts.last!, experiment.size], spins),
      to: "\(folder)/patterns.npy")
    try NPY.write(
      NumericArray(shape: [counts.count], counts.map(Int64.init)), to: "\(folder)/counts.npy")
    return folder
  }
}
