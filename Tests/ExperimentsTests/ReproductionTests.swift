import HopfieldPatterns
import Synchronization
import Testing

@testable import HopfieldExperiments

@Suite struct ReproductionTests {
  @Test func namesAreUniqueAndSourcesTold() {
    let names = Reproduction.all.map(\.name)
    #expect(Set(names).count == names.count)
    // What many papers have measured has no year, and comes last.
    #expect(names.last == "transition")
    for reproduction in Reproduction.all {
      #expect(!reproduction.summary.isEmpty)
      #expect(Reproduction.named(reproduction.name)?.source == reproduction.source)
    }
    for reproduction in Reproduction.all.dropLast() {
      // Authors and year, as the command line takes them.
      #expect(reproduction.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
      let year = String(reproduction.name.suffix(4))
      #expect(Int(year) != nil)
      #expect(reproduction.source.contains(year))
    }
    let years = names.dropLast().map { Int($0.suffix(4))! }
    #expect(years == years.sorted())
    #expect(Reproduction.named("nobody-1900") == nil)
  }

  /// Those that take a second or two in a debug build.
  @Test(arguments: ["hopfield-1982", "kosko-1988", "ramsauer-2021", "millidge-2022"])
  func quickOnesPass(name: String) throws {
    let report = try #require(Reproduction.named(name)).run(.quick)
    for finding in report.findings {
      #expect(finding.verdict != false, "\(finding)")
      #expect(finding.verdict != nil || finding.note != nil, "\(finding.quantity): why?")
    }
    #expect(report.passes)
    #expect(report.figure?.hasPrefix("<svg") ?? true)
  }

  @Test func theSameNumbersOnAnyNumberOfThreads() throws {
    let reproduction = try #require(Reproduction.named("hopfield-1982"))
    let one = reproduction.run(.quick, seed: 3, threads: 1)
    #expect(one.findings == reproduction.run(.quick, seed: 3, threads: 2).findings)
    #expect(one.findings != reproduction.run(.quick, seed: 4, threads: 2).findings)
  }

  /// Different measurements of one laboratory err independently.
  @Test func whatIsMeasuredHasStreamsOfItsOwn() {
    let laboratory = Laboratory(scale: .quick, seed: 0, threads: 1) { _, _ in }
    func draws(_ what: String) -> [UInt64] { laboratory.trials(what, 3) { $1.next() } }
    #expect(draws("a") == draws("a"))
    #expect(Set(draws("a") + draws("b") + draws("N = 10")).count == 9)
  }

  /// A run that was interrupted goes on from the rows that were kept, and measures what is missing.
  @Test func rowsAreKeptAndUsedAgain() {
    let experiment = TransitionExperiment(sizes: [128], samples: 3, starts: 4, seed: 5)
    let store = RowsInMemory()
    var laboratory = Laboratory(scale: .quick, seed: 5, threads: 1) { _, _ in }
    let fresh = laboratory.rows(experiment, as: "cold")
    laboratory.store = store
    #expect(laboratory.rows(experiment, as: "cold") == fresh)
    #expect(store.kept("cold").count == experiment.conditions)
    store.change("cold") { $0[1].retrieved = 7 }
    store.change("cold") { $0.removeLast() }
    let resumed = laboratory.rows(experiment, as: "cold")
    #expect(resumed[1].retrieved == 7 && resumed.last == fresh.last)
    store.change("cold") { $0[1].seed = 6 }
    #expect(laboratory.rows(experiment, as: "cold") == fresh)
  }

  @Test func verdictsComeFromErrors() {
    func finding(_ ours: Double) -> Finding {
      Finding("q", published: 0.14, error: 0.003, printed: 0.01, ours: Estimate(ours, error: 0.004))
    }
    // 3 x 0.005 + 0.005
    #expect(abs(finding(0.14).tolerance! - 0.02) < 1e-15)
    #expect(finding(0.1599).verdict == true)
    #expect(finding(0.1601).verdict == false)
    #expect(Finding("q", published: 1, ours: Estimate(1, error: 0)).verdict == true)
    #expect(Finding("q", published: 1, ours: Estimate(1.001, error: 0)).verdict == false)
    #expect(Finding("q", published: nil, ours: Estimate(1, error: 0.1), why: "w").verdict == nil)
    #expect(Finding("q", published: 1, why: "w").ours == nil)
  }
}

private final class RowsInMemory: RowStore {
  typealias Row = TransitionExperiment.Row
  private let all = Mutex<[String: [Row]]>([:])

  func kept(_ name: String) -> [Row] { all.withLock { $0[name] ?? [] } }
  func change(_ name: String, _ body: (inout [Row]) -> Void) {
    all.withLock { body(&$0[name]!) }
  }
  func rows<R: Decodable>(_ type: R.Type, of name: String) -> [R] { kept(name) as? [R] ?? [] }
  func keep<R: Encodable>(_ rows: [R], as name: String) {
    all.withLock { $0[name] = rows as? [Row] }
  }
}
