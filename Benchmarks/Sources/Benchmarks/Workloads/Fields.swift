internal import Hopfield
internal import HopfieldFormats

extension Workload {
  /// One synchronous step of a network far larger than any cache, against the memory itself.
  ///
  /// From a stored pattern, where few spins change, so that the fields are nearly all there is to do.
  static let fields = Workload(id: "fields") { bench in
    let (size, count) = (bench.size(100_000, quick: 10_000), bench.size(13_800, quick: 1_380))
    let data = SpinData(size: size, patterns: count, cues: 0)
    let network = HopfieldNetwork(storing: data.patterns)
    let start = network.start(from: Cue(data.patterns[0]), by: .synchronous)
    return [
      Contest(
        id: "fields", title: "fields: one synchronous step from a stored pattern",
        sizes: "N = \(size), P = \(count), \(bench.threads) threads",
        limit: bench.limits.reading(Double(size) * Double(count) / 8),
        wanted: .share(0.6),
        ours: InProcess {
          var running = start
          _ = network.descend(&running)
          let state = running.state
          return { NumericArray(spins: state) }
        })
    ]
  }

  /// Many cues at once against one at a time: overlaps, one synchronous step and the overlaps after it,
  /// in both.
  static let batch = Workload(id: "batch") { bench in
    let (size, count) = (bench.size(100_000, quick: 10_000), bench.size(13_800, quick: 1_380))
    let data = SpinData(size: size, patterns: count, cues: bench.size(64, quick: 16))
    let network = HopfieldNetwork(storing: data.patterns)
    let cues = data.cues.map(Cue.init)
    let step = { (cues: ArraySlice<Cue>) in
      network.recalls(
        from: Array(cues), by: .synchronous, maxSteps: 1, generator: noGenerator
      ).map(\.state)
    }
    return [
      Contest(
        id: "batch", title: "\(cues.count) cues, one synchronous step each, per cue",
        sizes: "N = \(size), P = \(count), 20 % noise, \(bench.threads) threads",
        limit: bench.limits.spins(Double(size) * Double(count)),
        ours: InProcess(units: cues.count) {
          let states = step(cues[...])
          return { NumericArray(spins: states) }
        },
        others: [
          Contest.Opponent(
            wanted: 1.5,
            contestant: InProcess("swift-hopfield, one cue at a time", units: cues.count) {
              let states = cues.indices.flatMap { step(cues[$0...$0]) }
              return { NumericArray(spins: states) }
            })
        ])
    ]
  }
}
