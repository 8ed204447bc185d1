/// Runs contests: turns in alternation, medians, agreement.
struct Referee {
  /// How many turns each contestant has.
  let turns: Int

  /// Every contestant runs in turn, `turns` times, so that a disturbance of the machine meets all of
  /// them alike; between turns there is a short rest.
  func judge(_ contest: Contest) throws -> [Row] {
    let contestants = [contest.ours] + contest.others.map(\.contestant)
    var seconds = [[Double]](repeating: [], count: contestants.count)
    for _ in 0..<turns {
      for (k, contestant) in contestants.enumerated() {
        Stopwatch.rest()
        seconds[k].append(try contestant.turn().median)
      }
    }
    let answers = try contestants.map { try $0.answer() }
    let ours = Row.Times(name: contest.ours.name, turns: seconds[0])
    guard !contest.others.isEmpty else { return [Row(contest, ours: ours)] }
    return contest.others.indices.map { k in
      Row(
        contest, ours: ours,
        against: Row.Times(name: contestants[k + 1].name, turns: seconds[k + 1]),
        wanted: contest.others[k].wanted,
        finding: contest.agreement.compare(answers[0], answers[k + 1]))
    }
  }
}
