internal import ArgumentParser
internal import Hopfield

/// `hopfield theory separability`.
struct SeparabilityTheory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "separability",
    abstract: "Labellings of P points that a hyperplane separates: Cover's count.",
    discussion: """
      Of all 2^P labellings of P points in general position in N dimensions, the number (exact, in decimal) \
      and the share that a hyperplane through the origin separates: one half at P = 2N. The table for \
      people has long numbers as powers of ten. --points takes numbers of points in place of loads P / N.

      JSON: {"theory", "rows": [{"dimensions", "points", "load", "dichotomies", "separableFraction"}], \
      "findings"}; dichotomies is a string.

      SOURCE
        Cover 1965, IEEE Trans. Electron. Comput. 14, 326.

      EXAMPLES
        hopfield theory separability
        hopfield theory separability --dimensions 3 --points 1:8:1 --json
      """)

  @Option(parsing: .unconditional, help: "Dimensions, N: A,B,...")
  var dimensions = NumberList(argument: "5,20,100")!

  @Option(parsing: .unconditional, help: "P / N: A,B,... or FROM:TO:STEP (default: 1:4:0.5).")
  var loads: NumberList?

  @Option(parsing: .unconditional, help: "Points, P, in place of --loads.")
  var points: NumberList?

  @OptionGroup var options: TheoryOptions

  func validate() throws {
    try requireWhole(dimensions.values, "--dimensions", in: 1...10_000)
    try require(loads?.values ?? [], "--loads", in: 1e-4...1000)
    try requireWhole(points?.values ?? [], "--points", in: 1...20_000)
    if loads != nil, points != nil { throw ValidationError("--loads does not go with --points") }
    try requireRows(dimensions.values.count, (points ?? loads)?.values.count ?? 1)
    try require(cases.map { Double($0.points) }, "points at these loads", in: 1...20_000)
  }

  private var cases: [(dimensions: Int, points: Int)] {
    dimensions.values.flatMap { dimensions in
      let points =
        points?.values
        ?? (loads ?? NumberList(argument: "1:4:0.5")!).values.map { ($0 * dimensions).rounded() }
      return points.map { (Int(dimensions), Int($0)) }
    }
  }

  private struct Row: Encodable {
    var dimensions: Int
    var points: Int
    var load: Double
    var dichotomies: String
    var separableFraction: Double

    /// The row with no more digits than people read.
    var short: Row {
      guard dichotomies.count > 15 else { return self }
      var row = self
      let digits = Array(dichotomies.prefix(5))
      row.dichotomies = "\(digits[0]).\(String(digits[1...]))e\(dichotomies.count - 1)"
      return row
    }
  }

  func run() throws {
    let rows = options.rows(cases) { dimensions, points in
      Row(
        dimensions: dimensions, points: points, load: Double(points) / Double(dimensions),
        dichotomies: Separability.dichotomies(points: points, dimensions: dimensions),
        separableFraction: Separability.separableFraction(points: points, dimensions: dimensions))
    }
    try options.show("separability", rows, table: tableLines(rows.map(\.short)), figure: figure)
  }

  private func figure() -> String {
    var plot = Plot(
      "Labellings that a hyperplane separates", x: "points per dimension *P*/*N*", y: "share"
    ).subtitle("general position (Cover 1965)")
    for size in dimensions.values.prefix(7) {
      // One place for each number of points, where they are few.
      let count = min(4 * size, 400)
      let points = Curve.places(0, 4 * size, count: Int(count)).map { $0.rounded() }.dropFirst()
      plot = plot.line(
        points.map { $0 / size },
        points.map {
          Separability.separableFraction(points: Int($0), dimensions: Int(size))
        }, label: "*N* = \(size.plain)")
    }
    return plot.line([0, 2, 2, 4], [1, 1, 0, 0], label: "*N* → ∞, α_c = 2", style: .reference)
      .xAxis(in: 0...4).yAxis(in: 0...1.03).svg
  }
}
