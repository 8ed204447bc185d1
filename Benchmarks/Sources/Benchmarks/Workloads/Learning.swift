internal import Hopfield
internal import HopfieldFormats

extension Workload {
  /// Learning by the rules that are more than a sum, and recalling one cue with what they learned.
  static let learning = [
    learning(by: .projection, wanted: 3), learning(by: .storkey, wanted: 10),
    learning(by: .perceptron, wanted: 10),
  ]

  /// From rows of int8 to a network that recalls, and one recall.
  ///
  /// Peers make the matrix of couplings; what both have learned is compared by what the cue becomes.
  private static func learning(by rule: LearningRule, wanted: Double) -> Workload {
    Workload(id: "learning-\(rule.name)") { bench in
      let (size, count) = (bench.size(2048, quick: 256), bench.size(600, quick: 75))
      let data = SpinData(size: size, patterns: count, cues: 1)
      let path = try data.write(to: bench.folder, as: "learning")
      let rows = data.rows()
      let cue = data.cues[0]
      let sizes = "N = \(size), P = \(count)"
      let network = try HopfieldNetwork(storing: data.patterns, by: rule)
      return [
        Contest(
          id: "learning-\(rule.name)", title: "learn int8 rows by the \(rule.name) rule",
          sizes: sizes,
          ours: InProcess {
            let patterns = PatternSet(rows: rows, size: size)
            let network = try HopfieldNetwork(storing: patterns, by: rule)
            return { NumericArray(spins: network.recall(from: cue).state) }
          },
          others: try bench.peer(
            "numpy, J", "learning.py", ["learn", rule.name, path], wanted: wanted)),
        Contest(
          id: "learning-\(rule.name)-recall",
          title: "recall one cue, sequential, learned by the \(rule.name) rule",
          sizes: "\(sizes), 20 % noise",
          ours: InProcess {
            let recall = network.recall(from: cue)
            return { NumericArray(spins: recall.state) }
          },
          others: try bench.peer(
            "numpy, J given", "learning.py", ["recall", rule.name, path], wanted: 10)),
      ]
    }
  }
}
