internal import Foundation
internal import Hopfield

/// What is varied, and what is held.
extension Scaling {
  var experiments: [ScalingExperiment] { [neurons, patterns, cues, threads] }

  private var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

  private var neurons: ScalingExperiment {
    ScalingExperiment(
      id: "neurons", title: "Recall of one cue, 20 % noise, load P / N = 0.1", x: "neurons N",
      y: "time (s)"
    ) {
      let sizes = doublings(from: 512, to: isQuick ? 2048 : 65_536)
      let data = sizes.map { SpinData(size: $0, patterns: $0 / 10, cues: 1) }
      let networks = data.map { HopfieldNetwork(storing: $0.patterns) }
      func line(_ label: String, _ dynamics: Dynamics) -> LineChart.Line {
        LineChart.Line(
          label: label,
          points: sizes.indices.map { k in
            let cue = Cue(data[k].cues[0])
            let time = seconds { _ = networks[k].recall(from: cue, by: dynamics) }
            return (Double(sizes[k]), time)
          })
      }
      return [line("site after site", .asynchronous()), line("all sites at once", .synchronous)]
    }
  }

  private var patterns: ScalingExperiment {
    let size = isQuick ? 1024 : 8192
    return ScalingExperiment(
      id: "patterns", title: "N = \(size): storing, and one sweep from a damaged cue",
      x: "patterns P", y: "time (s)"
    ) {
      let counts = doublings(from: 16, to: size)
      let data = counts.map { SpinData(size: size, patterns: $0, cues: 1) }
      let networks = data.map { HopfieldNetwork(storing: $0.patterns) }
      let rows = data.map { $0.rows() }
      return [
        LineChart.Line(
          label: "storing int8 rows",
          points: counts.indices.map { k in
            (Double(counts[k]), seconds { _ = PatternSet(rows: rows[k], size: size) })
          }),
        LineChart.Line(
          label: "one sweep",
          points: counts.indices.map { k in
            let cue = Cue(data[k].cues[0])
            return (Double(counts[k]), seconds { _ = networks[k].recall(from: cue, maxSteps: 1) })
          }),
      ]
    }
  }

  private var cues: ScalingExperiment {
    let (size, count) = isQuick ? (1024, 100) : (8192, 800)
    return ScalingExperiment(
      id: "cues", title: "N = \(size), P = \(count), 20 % noise: recall of many cues", x: "cues",
      y: "time per cue (s)"
    ) {
      let numbers = doublings(from: 1, to: isQuick ? 16 : 512)
      let data = SpinData(size: size, patterns: count, cues: numbers.last!)
      let network = HopfieldNetwork(storing: data.patterns)
      func line(_ label: String, _ dynamics: Dynamics) -> LineChart.Line {
        LineChart.Line(
          label: label,
          points: numbers.map { number in
            let cues = data.cues.prefix(number).map(Cue.init)
            let time = seconds {
              _ = network.recalls(from: cues, by: dynamics, generator: noGenerator)
            }
            return (Double(number), time / Double(number))
          })
      }
      return [line("site after site", .asynchronous()), line("all sites at once", .synchronous)]
    }
  }

  private var threads: ScalingExperiment {
    let (size, count) = isQuick ? (1024, 100) : (8192, 800)
    let (large, many) = isQuick ? (4096, 400) : (100_000, 13_800)
    return ScalingExperiment(
      id: "threads", title: "Threads, of \(processors) processors", x: "threads", y: "time (s)"
    ) {
      let numbers = Array(1...max(2, processors))
      let data = SpinData(size: size, patterns: count, cues: 64)
      let network = HopfieldNetwork(storing: data.patterns)
      let cues = data.cues.map(Cue.init)
      func recalls(_ label: String, _ dynamics: Dynamics) -> LineChart.Line {
        LineChart.Line(
          label: "64 cues, N = \(size), " + label,
          points: numbers.map { number in
            let time = seconds {
              _ = network.recalls(
                from: cues, by: dynamics, threads: number, generator: noGenerator)
            }
            return (Double(number), time)
          })
      }
      let small = [
        recalls("site after site", .asynchronous()), recalls("all sites at once", .synchronous),
      ]
      let big = HopfieldNetwork(
        storing: SpinData(size: large, patterns: many, cues: 0).patterns)
      let state = Cue(big.patterns[0])
      let step = LineChart.Line(
        label: "one step of one cue, N = \(large)",
        points: numbers.map { number in
          let start = big.start(from: state, by: .synchronous, threads: number)
          let time = seconds {
            var running = start
            _ = big.descend(&running)
          }
          return (Double(number), time)
        })
      return small + [step]
    }
  }
}
