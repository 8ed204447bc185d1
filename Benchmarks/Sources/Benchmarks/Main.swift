internal import ArgumentParser
internal import Foundation

/// Measures swift-hopfield and its peers side by side, in one run, on the same data.
@main struct HopfieldBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hopfield-bench",
    abstract: "Measure swift-hopfield and its peers side by side.",
    discussion: "Prints a Markdown table, and writes RESULTS.md and results.json.")

  @Option(help: "Run the workloads whose names contain this text.")
  var filter = ""

  @Flag(help: "Small sizes and few turns: for trying the benchmark itself.")
  var quick = false

  @Flag(help: "Also 10^6 neurons and 10^5 patterns, which takes 13 GB of memory.")
  var huge = false

  @Flag(help: "Measure time against N, P, cues and threads instead: CSV and SVG.")
  var scaling = false

  @Flag(help: "Run nobody but ourselves.")
  var noPeers = false

  @Flag(help: "List the workloads.")
  var list = false

  @Option(help: "Turns of each contestant (default 7, quick 2).")
  var turns: Int?

  @Option(help: "The folder that results go to.")
  var output = ".build/results"

  @Option(help: "The folder with the peers.")
  var folder = "."

  @Option(help: "The executable `hopfield` (of a release build).")
  var hopfield = "../.build/release/hopfield"

  @Option(help: "The Python that the peers' environment is made with.")
  var python = "python3"

  @Option(parsing: .upToNextOption, help: .hidden)
  var hugeProcess: [Int] = []

  func validate() throws {
    if let turns, turns < 1 { throw ValidationError("--turns \(turns) is not at least 1") }
    if !hugeProcess.isEmpty, hugeProcess.count != 2 {
      throw ValidationError("--huge-process takes N and P")
    }
  }

  func run() throws {
    if hugeProcess.count == 2 {
      let report = Huge.measured(size: hugeProcess[0], patterns: hugeProcess[1])
      return Console.print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }
    if list { return Console.print((Workload.all.map(\.id) + ["huge"]).joined(separator: "\n")) }
    if scaling { return try Scaling(isQuick: quick).run(filter: filter, output: output) }
    try compare()
  }

  private func compare() throws {
    let chosen = Workload.all.filter { filter.isEmpty || $0.id.contains(filter) }
    guard !chosen.isEmpty || huge else {
      throw ValidationError("no workload is called *\(filter)*: see --list")
    }
    let python =
      noPeers ? nil : try PythonEnvironment.prepared(in: folder, python: self.python)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let machine = Machine.described(peers: try python?.versions() ?? [])
    Console.note("\(machine.processor); measuring its limits")
    let bench = Bench(
      isQuick: quick, threads: threads, limits: .measured(threads: threads, quick: quick),
      folder: try DataFolder(), python: python, hopfieldPath: hopfield)
    let turns = turns ?? (quick ? 2 : 7)
    var report = Report(machine: machine, limits: bench.limits, turns: turns, isQuick: quick)
    for workload in chosen {
      Console.note("\(workload.id) ...")
      for contest in try workload.contests(bench) {
        let rows = try Referee(turns: turns).judge(contest)
        rows.forEach(Console.show)
        report.rows += rows
      }
    }
    if huge {
      Console.note("huge ...")
      report.rows.append(try Huge.row(bench))
      Console.show(report.rows.last!)
    }
    try report.write(to: output)
    Console.print(report.markdown)
  }
}
