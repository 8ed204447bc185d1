internal import Hopfield

/// What a recall of many cues gives: the report's contents and the states.
struct RecallResult {
  /// States to be written, one a cue.
  enum States {
    case spins([Pattern])
    case vectors([[Float]])
  }

  /// Seconds of wall clock for reading, for storing and for recalling.
  struct Seconds {
    var load: Double
    var store: Double
    var recall: Double
  }

  let network: NetworkDescription
  let rows: [RecallRow]
  let states: States
  var seconds: Seconds

  /// The object of `--json` and `--report`.
  var json: JSON {
    .object([
      ("network", network.json),
      ("recalls", .array(rows.enumerated().map { $1.json(cue: $0) })),
      (
        "seconds",
        .object([
          ("load", .double(seconds.load)), ("store", .double(seconds.store)),
          ("recall", .double(seconds.recall)),
        ])
      ),
    ])
  }

  /// Lines for people.
  var table: [String] {
    var lines = [network.line, ""]
    lines.append(
      "cue".right(5) + "  " + "outcome".left(12) + "steps".right(6) + "energy".right(14)
        + "match".right(8) + "overlap".right(9) + "  kind")
    for (cue, row) in rows.enumerated() {
      let match = row.identity.match
      lines.append(
        "\(cue)".right(5) + "  " + row.outcomeName.left(12) + "\(row.changes.count)".right(6)
          + row.energy.compact.right(14) + (match.map { "\($0.pattern)" } ?? "").right(8)
          + (match.map { $0.weight.formatted(3) } ?? "").right(9) + "  "
          + row.identity.kind.rawValue + (row.identity.isExact ? ", exact" : ""))
    }
    lines.append("")
    lines.append(
      "load \(seconds.load.formatted(4)) s, store \(seconds.store.formatted(4)) s, "
        + "recall \(seconds.recall.formatted(4)) s")
    return lines
  }
}

/// What the report says of the network.
struct NetworkDescription {
  let model: ModelName
  /// What is particular to the model.
  let details: [(String, JSON)]
  let neurons: Int
  let patterns: Int
  let engine: String

  var load: Double { Double(patterns) / Double(neurons) }

  var json: JSON {
    .object(
      [("model", .string(model.rawValue))] + details + [
        ("neurons", .int(neurons)), ("patterns", .int(patterns)), ("load", .double(load)),
        ("engine", .string(engine)),
      ])
  }

  var line: String {
    "\(model.rawValue) network, \(neurons) neurons, \(patterns) patterns, load \(load.formatted(4))"
  }
}

/// What the report says of one cue.
struct RecallRow {
  let outcome: Outcome
  let changes: [Int]
  let energyTrace: [Double]
  let identity: Identity

  init<State>(_ recall: Recall<State>) {
    outcome = recall.outcome
    changes = recall.changes
    energyTrace = recall.energyTrace
    identity = recall.identity
  }

  var energy: Double { energyTrace.last ?? .nan }

  var outcomeName: String {
    switch outcome {
    case .fixedPoint: "fixedPoint"
    case .cycle: "cycle"
    case .stepLimit: "stepLimit"
    }
  }

  func json(cue: Int) -> JSON {
    var members: [(String, JSON)] = [("cue", .int(cue)), ("outcome", .string(outcomeName))]
    if case .cycle(let period, let transient) = outcome {
      members += [("period", .int(period)), ("transient", .int(transient))]
    }
    members += [
      ("steps", .int(changes.count)),
      ("flips", .array(changes.map(JSON.int))),
      ("energy", .double(energy)),
      ("energyTrace", .array(energyTrace.map(JSON.double))),
    ]
    if let match = identity.match {
      let overlap = JSON.double(match.weight)
      members.append(("match", .object([("pattern", .int(match.pattern)), ("overlap", overlap)])))
    }
    members.append(("kind", .string(identity.kind.rawValue)))
    switch identity.kind {
    case .mixture:
      members.append(
        ("mixture", .array(identity.parts.map { $0.json("sign", .int(Int($0.weight))) })))
    case .metastable:
      members.append(
        ("weights", .array(identity.parts.map { $0.json("weight", .double($0.weight)) })))
    case .stored, .reversed, .other: break
    }
    members.append(("exact", .bool(identity.isExact)))
    return .object(members)
  }
}

extension Identity.Part {
  fileprivate func json(_ name: String, _ value: JSON) -> JSON {
    .object([("pattern", .int(pattern)), (name, value)])
  }
}
