internal import ArgumentParser
internal import Hopfield

/// `hopfield theory NAME`: computes, with a table and a figure.
struct TheoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theory",
    abstract: "Compute what the theory says of capacities, phases and errors.",
    discussion: """
      Every name alone prints a table; --output PATH writes it as CSV and draws the curves as SVG (a \
      folder, or NAME.csv with NAME.svg beside it). Numbers are for networks of very many neurons where \
      no number of neurons is given, and for random patterns.

      EXAMPLES
        hopfield theory ags --load 0.1 --temperature 0.3
        hopfield theory ags --output phases.svg
        hopfield theory gardner --margins 0:2:0.1 --biases 0,0.8 --json
      """,
    subcommands: [
      AGSTheory.self, MixtureTheory.self, ErrorTheory.self, StepTheory.self, DynamicsTheory.self,
      PerfectTheory.self, SeparabilityTheory.self, GardnerTheory.self, SparseTheory.self,
      DilutionTheory.self, SequenceTheory.self, DwellTheory.self, PalimpsestTheory.self,
      PottsTheory.self, FamiliarityTheory.self, PrototypeTheory.self, DenseTheory.self,
      ExponentialTheory.self, ContinuousTheory.self, ModernTheory.self, BoundTheory.self,
    ])
}

/// What all verbs of the theory share: where to.
struct TheoryOptions: ParsableArguments {
  @Option(help: "Write the table and the figure: a folder, NAME.csv or NAME.svg.")
  var output: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  /// A row for each input, with progress.
  func rows<Input, Row>(_ inputs: [Input], _ row: (Input) -> Row) -> [Row] {
    let progress = Progress("theory", total: inputs.count)
    defer { progress.finish() }
    return inputs.enumerated().map { index, input in
      progress.show(index)
      return row(input)
    }
  }

  /// Prints rows and what follows from them, and writes table and figure.
  ///
  /// - Parameters:
  ///   - name: The verb's.
  ///   - rows: The table.
  ///   - table: The table for people, where it is another one.
  ///   - findings: Numbers that stand for themselves.
  ///   - figure: The figure as SVG, drawn if it is written.
  func show(
    _ name: String, _ rows: [some Encodable], table: [String]? = nil,
    findings: [(name: String, value: Double)] = [], figure: () -> String
  ) throws {
    try write(name, rows, figure: figure)
    if json {
      Console.print(
        JSON.object([
          ("theory", .string(name)), ("rows", .array(rows.map { JSON(row: $0) })),
          ("findings", .object(findings.map { ($0.name, .double($0.value)) })),
        ]).text)
    } else {
      for line in table ?? tableLines(rows) { Console.print(line) }
      if !findings.isEmpty { printFindings(findings) }
    }
  }

  /// Prints the answer to a question about one point, and writes it and the figure.
  func show(_ name: String, one row: some Encodable, figure: () -> String) throws {
    try write(name, [row], figure: figure)
    if json {
      Console.print(JSON(row: row).text)
    } else {
      for line in tableLines([row]) { Console.print(line) }
    }
  }

  private func write(_ name: String, _ rows: [some Encodable], figure: () -> String) throws {
    guard let path = output else { return }
    let output = try FigureOutput(path: path, name: name)
    try output.write(rows)
    try output.write(figure: figure())
  }
}

// MARK: - What numbers may be

/// Throws unless all numbers lie in a range.
func require(_ numbers: [Double], _ name: String, in range: ClosedRange<Double>) throws {
  guard let wrong = numbers.first(where: { !range.contains($0) }) else { return }
  throw ValidationError(
    "\(name): \(wrong.plain) is not \(range.lowerBound.plain) to \(range.upperBound.plain)")
}

/// Throws unless all numbers are whole and lie in a range.
func requireWhole(_ numbers: [Double], _ name: String, in range: ClosedRange<Int>) throws {
  try require(numbers, name, in: Double(range.lowerBound)...Double(range.upperBound))
  guard let wrong = numbers.first(where: { $0 != $0.rounded() }) else { return }
  throw ValidationError("\(name): \(wrong) is not a whole number")
}

/// Throws if a table had too many rows.
func requireRows(_ counts: Int...) throws {
  let rows = counts.reduce(1, *)
  guard rows <= 100_000 else { throw ValidationError("\(rows) rows: at most 100000 are computed") }
}

/// Every pair of a first and a second one, the second running faster.
func pairs<First, Second>(_ first: [First], _ second: [Second]) -> [(First, Second)] {
  first.flatMap { one in second.map { (one, $0) } }
}
