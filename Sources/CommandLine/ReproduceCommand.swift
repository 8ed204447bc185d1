internal import ArgumentParser
internal import Hopfield
internal import HopfieldFormats

/// `hopfield reproduce`: the numbers of the papers, measured again.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Measure the numbers of the papers again, and say whether they agree.",
    discussion: """
      A number passes if it lies within three joint standard errors of the published one. Where the \
      numbers can't be compared there is no verdict, and the note says why. The exit status is 0 either \
      way: the table is the result.

      With --output, what takes hours keeps the rows that it has measured in the folder rows, and goes on \
      from them when it is run again with the same seed.

      EXAMPLES
        hopfield reproduce --list
        hopfield reproduce hopfield-1982 krotov-hopfield-2016 --quick
        hopfield reproduce all --output results/
      """)

  @Argument(help: "Names from --list, or all.")
  var names: [String] = []

  @Flag(help: "List the names and what they are about.")
  var list = false

  @Flag(help: "Smaller sizes: all of them in some minutes.")
  var quick = false

  @Option(help: "Write a table and a figure for each to this folder.")
  var output: String?

  @OptionGroup(title: "Run") var common: RunOptions

  func validate() throws {
    guard list || !names.isEmpty else {
      throw ValidationError("Missing a name: see --list, or use all")
    }
    for name in names where name != "all" && Reproduction.named(name) == nil {
      throw ValidationError("no reproduction is called '\(name)': see --list")
    }
    if let output, output.isEmpty { throw ValidationError("--output has no name") }
  }

  func run() throws {
    guard !list else { return printList() }
    let chosen =
      names.contains("all") ? Reproduction.all : names.map { Reproduction.named($0)! }
    if let output { try OutputFolder.make(output) }
    var results: [JSON] = []
    for reproduction in chosen {
      let start = ContinuousClock.now
      let progress = StageProgress(reproduction.name)
      let report = reproduction.run(
        quick ? .quick : .full, seed: common.seed, threads: common.threads,
        store: output.map { RowFolder(path: "\($0)/rows", prefix: reproduction.name) },
        progress: progress.show)
      progress.finish()
      let seconds = (ContinuousClock.now - start).seconds
      if let output { try write(report, of: reproduction, to: output) }
      if common.json {
        results.append(json(report, of: reproduction, seconds: seconds))
      } else {
        printTable(report, of: reproduction, seconds: seconds)
        // Long runs show what they have.
        try Console.flush()
      }
    }
    if common.json {
      Console.print((results.count == 1 ? results[0] : .array(results)).text)
    }
  }

  private func printList() {
    if common.json {
      Console.print(
        JSON.array(
          Reproduction.all.map {
            .object([
              ("name", .string($0.name)), ("source", .string($0.source)),
              ("summary", .string($0.summary)),
            ])
          }
        ).text)
      return
    }
    for reproduction in Reproduction.all {
      Console.print(reproduction.name.left(40) + reproduction.summary)
    }
  }

  private func json(
    _ report: Reproduction.Report, of reproduction: Reproduction, seconds: Double
  ) -> JSON {
    .object([
      ("name", .string(reproduction.name)), ("source", .string(reproduction.source)),
      ("rows", .array(report.findings.map { JSON(row: Row($0)) })),
      ("seconds", .double(seconds)),
    ])
  }

  private func printTable(
    _ report: Reproduction.Report, of reproduction: Reproduction, seconds: Double
  ) {
    Console.print("\(reproduction.name): \(reproduction.source)")
    let cells = report.findings.map { finding in
      [
        finding.quantity, finding.published.map(\.compact) ?? "",
        finding.ours.map(\.compact) ?? "",
        finding.tolerance.map(\.compact) ?? "",
        finding.verdict.map { $0 ? "pass" : "FAIL" } ?? "-", finding.note ?? "",
      ]
    }
    let all = [["quantity", "published", "ours", "tolerance", "verdict", ""]] + cells
    let widths = all[0].indices.map { column in all.map { $0[column].count }.max()! }
    for line in all {
      var text = "  " + line[0].left(widths[0])
      for column in 1...3 { text += "  " + line[column].right(widths[column]) }
      text += "  " + line[4].left(widths[4]) + (line[5].isEmpty ? "" : "  \(line[5])")
      Console.print(text)
    }
    Console.print("  \(seconds.formatted(1)) s")
    Console.print("")
  }

  private func write(
    _ report: Reproduction.Report, of reproduction: Reproduction, to folder: String
  ) throws {
    let output = try FigureOutput(path: folder, name: reproduction.name)
    try output.write(report.findings.map(Row.init))
    if let figure = report.figure { try output.write(figure: figure) }
  }

  /// A finding as the contract names its fields.
  private struct Row: Encodable {
    var quantity: String
    var published: Double?
    var ours: Double?
    var tolerance: Double?
    var pass: Bool?
    var why: String?

    init(_ finding: Finding) {
      quantity = finding.quantity
      published = finding.published
      ours = finding.ours
      tolerance = finding.tolerance
      pass = finding.verdict
      why = finding.note
    }
  }
}

/// Rows as CSV, a file a stage, in a folder that is made if need be.
private struct RowFolder: RowStore {
  let path: String
  let prefix: String

  private func output(_ name: String) throws -> FigureOutput {
    try OutputFolder.make(path)
    return try FigureOutput(path: "\(path)/\(prefix)-\(name).csv", name: name)
  }

  func rows<Row: Decodable>(_ type: Row.Type, of name: String) -> [Row] {
    (try? output(name))?.earlierRows(of: type) ?? []
  }

  func keep<Row: Encodable>(_ rows: [Row], as name: String) {
    do { try output(name).write(rows) } catch {
      Console.warn("\(prefix): rows are not kept: \(error)")
    }
  }
}

/// Progress of work whose parts have names.
private final class StageProgress: Sendable {
  private let name: String
  private let start = ContinuousClock.now
  init(_ name: String) { self.name = name }

  func show(_ what: String, _ share: Double) {
    guard Console.isInteractive, ContinuousClock.now - start > .seconds(1) else { return }
    Console.status("\(name): \(what), \((100 * share).formatted(0)) %")
  }

  func finish() {
    if Console.isInteractive { Console.status("") }
  }
}
