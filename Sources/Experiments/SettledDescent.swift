internal import HopfieldKernels
internal import HopfieldPatterns

/// Descent of a large Hebbian network that leaves settled neurons out.
///
///     var descent = SettledDescent(of: patterns.tiles, from: start.words, motion: .sequential)
///     while descent.outcome == nil, descent.overlap(with: 0) > 0.7 { descent.step(using: &random) }
///
/// After some sweeps few spins flip, and a field that is far from zero stays on its side for long: N h_i
/// moves by Σ_μ ξᵢ^μ ΔM^μ, for random patterns a number of standard deviation |ΔM|, the length of the
/// change of the overlaps. So only the few percent of the neurons whose fields are nearest to turning are
/// visited, their bits gathered in a place of their own, until eight deviations come to the margin of
/// the others; then all fields are computed, and others are chosen.
///
/// Eight, for the soft modes along which a pattern is lost carry more than their share: fields then move by up to
/// 1 + √α times as much. What may still change is the sweep in which a neuron flips. Flips never raise
/// the energy, and an end is one: it is declared when all fields say so.
///
/// In parallel motion some neurons turn at every step, for ever. There even steps are compared with even
/// ones and odd with odd, and whoever turned in one of the last two is among the visited.
///
/// - Complexity: O(N P) bits for each of the first sweeps and for each choice, some percent of it for each of the
///   others; N P / 100 bytes beside the patterns.
struct SettledDescent {
  enum Outcome { case fixedPoint, cycle }

  /// Pieces of a sweep in any order, after each of which the others are looked at.
  private static let pieces = 64

  private let patterns: PatternTiles
  private let rule: FieldRule
  private let motion: TransitionExperiment.Motion
  private let worthwhile: Double
  /// The state, but for what is in motion.
  private var words: [UInt64]
  private var overlaps: [Int32]
  /// Of the state before, in parallel motion.
  private var earlier: [Int32]
  private var tables: FieldTables
  private var part: Part?
  /// The margin that has been reached since the part was chosen, where visits go in any order.
  private var reach = 0.0
  /// The state of what is in motion: of the part, or of all; and before the last step.
  private var moving: [UInt64]
  private var before: [UInt64]
  /// How far all spins were from turning in the last two steps, in parallel motion.
  private var last: [Fields] = []
  /// Steps that all neurons take before a part may be chosen again.
  private var whole = 0
  /// Flips in the last step, or, in parallel motion, in the last two together; a guess at first: Φ(−1/√α) of
  /// the neurons.
  private var flips: Int
  /// The step at which the part came to rest.
  private var rested: Int?

  /// Steps so far.
  private(set) var steps = 0
  /// Neurons visited so far; N a step, if none were left out.
  private(set) var visits = 0
  private(set) var outcome: Outcome?

  /// Starts from a state.
  ///
  /// - Parameters:
  ///   - patterns: what Hebb's rule has stored, without self-coupling.
  ///   - words: the state.
  ///   - motion: how the spins move.
  ///   - worthwhile: neurons are left out where a step then costs less than this part of one with all.
  init(
    of patterns: PatternTiles, from words: [UInt64], motion: TransitionExperiment.Motion,
    worthwhile: Double = 0.7
  ) {
    self.patterns = patterns
    self.motion = motion
    self.worthwhile = worthwhile
    rule = FieldRule(selfTerm: patterns.count)
    self.words = words
    (moving, before) = (words, words)
    overlaps = patterns.overlaps(with: words.span, threads: 1)
    earlier = overlaps
    tables = FieldTables(for: patterns)
    flips = patterns.neurons / 100
  }

  /// The overlap with the pattern in a slot, from −1 to 1.
  func overlap(with slot: Int) -> Double { Double(overlaps[slot]) / Double(patterns.neurons) }

  /// The state.
  var state: [UInt64] { united(moving) }

  /// The state in which the part, if there is one, is like this, and the others have settled.
  private func united(_ moving: [UInt64]) -> [UInt64] {
    guard let part else { return moving }
    var all = words
    for (k, i) in part.neurons.enumerated() { all.setBit(Int(i), to: moving.bit(k)) }
    return all
  }

  /// One sweep, or one parallel step.
  ///
  /// - Parameter random: where a permuted sweep takes its order from.
  mutating func step(using random: inout SeededGenerator) {
    steps += 1
    if motion == .permuted {
      let order = random.distinct(patterns.neurons, below: patterns.neurons)
      flips = visit(in: order)
      if flips == 0, choose() == 0 { outcome = .fixedPoint }
      return
    }
    visits += part?.neurons.count ?? patterns.neurons
    flips = motion == .parallel ? jump() : sweep(part?.tiles ?? patterns)
    guard let part else {
      if flips == 0, outcome == nil { outcome = .fixedPoint }
      // Proving was no step of its own.
      if outcome != nil, let rested { steps = rested }
      whole -= 1
      if outcome == nil, flips > 0, rested != nil, whole < 1 { rested = nil }
      if outcome == nil, whole <= 0 { choose() }
      return
    }
    // What has come to rest among some has to prove it among all; a cycle takes two steps.
    if flips == 0 || outcome != nil {
      outcome = nil
      rested = steps
      unite()
      (before, earlier) = (moving, overlaps)
      whole = 2
    } else if isLeaving(part) {
      if motion == .parallel { unite() } else { choose() }
    }
  }

  // MARK: - Steps

  private mutating func sweep(_ patterns: PatternTiles) -> Int {
    tables.prepare(patterns, overlaps: overlaps)
    return patterns.sweep(tables, rule: rule, noise: nil, state: &moving, overlaps: &overlaps)
  }

  /// One parallel step; the overlaps follow what differs from two steps ago, less than from the last.
  private mutating func jump() -> Int {
    var next = moving
    let (then, now) = (before, moving)
    if let part {
      tables.prepare(part.tiles!, overlaps: overlaps)
      _ = part.tiles!.step(tables, rule: rule, noise: nil, state: now, next: &next, threads: 1)
    } else {
      let fields = fields()
      for (i, margin) in fields.margins.enumerated() where margin < 0 {
        next[i / 64] ^= 1 << (i % 64)
      }
      last = last.suffix(1) + [fields]
    }
    (part?.tiles ?? patterns).move(&earlier, from: then.span, to: next.span, threads: 1)
    (overlaps, earlier) = (earlier, overlaps)
    (before, moving) = (now, next)
    if next == now { return 0 }
    if next == then { outcome = .cycle }
    return zip(then, next).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }

  /// A sweep in any order, which is never one of all neurons: single visits to these would be dear.
  private mutating func visit(in order: [UInt32]) -> Int {
    var changes = 0, chosen: [UInt32] = [], places: [Int] = []
    let piece = patterns.neurons / Self.pieces + 1
    for start in stride(from: 0, to: order.count, by: piece) {
      let ahead = 2 * distance(ofSteps: 1 / Double(Self.pieces))
      if let part { reach = max(reach, SettledChoice.deviations * (distance(since: part) + ahead)) }
      if part == nil || reach > part!.margin {
        choose()
        reach = SettledChoice.deviations * ahead
        places = []
      }
      if places.isEmpty {
        // The part's neurons as they come from here on.
        var place = [UInt32](repeating: .max, count: patterns.neurons)
        for (k, i) in part!.neurons.enumerated() { place[Int(i)] = UInt32(k) }
        chosen = []
        for at in start..<order.count {
          if (at - start) % piece == 0 { places.append(chosen.count) }
          if place[Int(order[at])] < .max { chosen.append(place[Int(order[at])]) }
        }
        places.append(chosen.count)
        places.reverse()
      }
      let from = places.removeLast()
      // Nor is anybody visited before it may turn; from then on always, for it may have turned.
      let some = chosen[from..<places.last!].filter { Double(part!.margins[Int($0)]) <= reach }
      changes += part!.rows!.visit(some[...], rule: rule, state: &moving, overlaps: &overlaps)
      visits += some.count
    }
    return changes
  }

  /// Whether the others may turn in the next step.
  private func isLeaving(_ part: Part) -> Bool {
    // Fields of a sweep move while it lasts; those of a parallel step are all of one state.
    let rest = motion == .parallel ? 0 : 1.5 * distance(ofSteps: 1)
    return SettledChoice.deviations * (distance(since: part) + rest) > part.margin
  }

  /// How far the overlaps have moved since the part was chosen.
  private func distance(since part: Part) -> Double {
    distance(from: part.overlaps[(steps - part.step) % part.overlaps.count])
  }

  private func distance(from then: [Int32]) -> Double {
    var squares = 0.0
    for (now, then) in zip(overlaps, then) {
      let change = Double(now - then)
      squares += change * change
    }
    return squares.squareRoot()
  }

  /// How far they move in so many steps like the last one, if every flip goes its own way.
  private func distance(ofSteps count: Double) -> Double {
    (4 * count * Double(flips) * Double(patterns.count)).squareRoot()
  }

  // MARK: - Who is in motion

  /// Some neurons: their numbers, ascending, and how far they are from turning; their bits, for visits in
  /// order or in any; how far the others are; the step after which they were chosen, and the overlaps
  /// that say so: in parallel motion of even steps from there, and of odd ones.
  private struct Part {
    let neurons: [UInt32]
    let margins: [Int32]
    let tiles: PatternTiles?
    let rows: SelectedRows?
    let margin: Double
    let step: Int
    let overlaps: [[Int32]]
  }

  /// How far s_i h_i N is from turning each spin, in fields of these overlaps.
  private struct Fields {
    let margins: [Int32]
    let overlaps: [Int32]
  }

  /// Takes all neurons together again.
  private mutating func unite() {
    guard part != nil else { return }
    (before, moving) = (united(before), state)
    part = nil
    last = []
  }

  /// Chooses the neurons that may soon flip, where that will pay; returns how many would flip now.
  @discardableResult private mutating func choose() -> Int {
    unite()
    words = moving
    if motion != .parallel { last = [fields()] }
    // Odd steps and even ones.
    guard last.count == 2 || motion != .parallel else { return 0 }
    let margins = zip(last.first!.margins, last.last!.margins).map { min($0, $1) }
    let unstable = margins.count { $0 < 0 }
    let choice = SettledChoice(
      motion: motion, step: distance(ofSteps: 1), gone: distance(from: last[0].overlaps))
    guard let margin = choice.bestMargin(of: margins, worthwhile: worthwhile) else {
      whole = motion == .parallel ? 0 : 3
      return unstable
    }
    let neurons = margins.indices.filter { margins[$0] <= margin }.map { UInt32($0) }
    (moving, before) = (moving.selecting(neurons), before.selecting(neurons))
    let isPermuted = motion == .permuted
    part = Part(
      neurons: neurons, margins: neurons.map { margins[Int($0)] },
      tiles: isPermuted ? nil : patterns.selecting(neurons, threads: 1),
      rows: isPermuted ? SelectedRows(of: patterns, neurons: neurons) : nil,
      margin: Double(margin), step: steps, overlaps: last.map(\.overlaps))
    last = []
    return unstable
  }

  private mutating func fields() -> Fields {
    tables.prepare(patterns, overlaps: overlaps)
    let fields = patterns.fields(tables, threads: 1)
    let own = Int64(patterns.count)
    let margins = fields.indices.map { i in
      Int32(clamping: (moving.bit(i) ? fields[i] : -fields[i]) - own)
    }
    return Fields(margins: margins, overlaps: overlaps)
  }
}

extension [UInt64] {
  fileprivate func bit(_ k: Int) -> Bool { self[k / 64] >> (k % 64) & 1 == 1 }

  fileprivate func selecting(_ some: [UInt32]) -> [UInt64] {
    var selected = [UInt64](repeating: 0, count: (some.count + 63) / 64)
    for (k, i) in some.enumerated() { selected.setBit(k, to: bit(Int(i))) }
    return selected
  }

  fileprivate mutating func setBit(_ k: Int, to isSet: Bool) {
    let bit: UInt64 = 1 << (k % 64)
    if isSet { self[k / 64] |= bit } else { self[k / 64] &= ~bit }
  }
}
