internal import HopfieldFormats

/// One workload, done by us and by others on the same data.
struct Contest {
  /// What `--filter` looks for.
  let id: String
  /// A line for the table.
  let title: String
  let sizes: String
  /// The least time possible, where it can be said.
  var limit: Limit?
  /// Which share of the limit is wanted, or how many seconds.
  var wanted: Wanted?
  /// How the answers have to agree.
  var agreement: Agreement = .exact
  let ours: any Contestant
  var others: [Opponent] = []

  struct Opponent {
    /// At least so many times slower than we.
    var wanted: Double?
    let contestant: any Contestant
  }
}

/// What a row has to reach by itself.
enum Wanted {
  case share(Double)
  case seconds(Double)
}

/// Someone who does a workload when told to, and shows what came out.
protocol Contestant: AnyObject {
  var name: String { get }
  /// Seconds of each run of one turn, per unit of work.
  func turn() throws -> [Double]
  /// What the last run found; ends the contestant's part.
  func answer() throws -> NumericArray?
}

/// Work inside this process.
final class InProcess: Contestant {
  /// Makes the answer of a run into an array; not timed.
  typealias Answer = () -> NumericArray?

  let name: String
  private let units: Double
  private let work: () throws -> Answer
  private var last: Answer?

  /// - Parameter units: how many units of work (cues) one run does; times are for one of them.
  init(_ name: String = "swift-hopfield", units: Int = 1, _ work: @escaping () throws -> Answer) {
    self.name = name
    self.units = Double(units)
    self.work = work
  }

  func turn() throws -> [Double] {
    try Stopwatch.turn { last = try work() }.map { $0 / units }
  }

  func answer() throws -> NumericArray? { last?() }
}
