/// One line of the table: a workload, our time, and at most one other's.
struct Row: Codable {
  struct Times: Codable {
    let name: String
    /// The median of the turns.
    let median: Double
    let turns: [Double]

    init(name: String, turns: [Double]) {
      self.name = name
      self.turns = turns
      median = turns.median
    }
  }

  let id: String
  let title: String
  let sizes: String
  let ours: Times
  var other: Times?
  /// The other's median over ours.
  var ratio: Double?
  var limit: Limit?
  /// The limit's time over ours.
  var share: Double?
  /// What is wanted, in words.
  var wanted: String?
  var isMet: Bool?
  var agreement: Agreement.Finding?
  /// Anything else that was measured.
  var note: String?

  init(
    _ contest: Contest, ours: Times, against other: Times? = nil, wanted: Double? = nil,
    finding: Agreement.Finding? = nil, note: String? = nil
  ) {
    id = contest.id
    title = contest.title
    sizes = contest.sizes
    self.ours = ours
    self.other = other
    self.note = note
    ratio = other.map { $0.median / ours.median }
    limit = contest.limit
    share = contest.limit.map { $0.seconds / ours.median }
    agreement = finding
    if let wanted, let ratio {
      self.wanted = wanted.asRatio
      isMet = ratio >= wanted
    } else if other == nil || contest.others.isEmpty {
      switch contest.wanted {
      case .share(let least):
        self.wanted = "\(least.asShare) of the limit"
        isMet = share.map { $0 >= least }
      case .seconds(let most):
        self.wanted = "under \(most.asSeconds)"
        isMet = ours.median < most
      case nil: break
      }
    }
    if finding?.agrees == false { isMet = false }
  }
}
