/// Recognises, exactly, that a deterministic sequence of states has returned to an earlier one.
///
/// Where the longest possible period is known, that many states are kept. Where it is not, all are
/// kept, and compared only where their hash values agree.
struct CycleDetector<State: Equatable> {
  private let longest: Int?
  private var states: [State] = []
  private var first = 0
  private var byHash: [Int: [Int]] = [:]

  init(longest: Int?) { self.longest = longest }

  /// The state before the first step.
  mutating func start(at state: State) { remember(state) }

  /// The state after a step: the cycle's outcome if it was met before, else nil.
  mutating func visit(_ state: State) -> Outcome? {
    let step = first + states.count
    let candidates = byHash.isEmpty ? Array(first..<step) : byHash[hash(state)] ?? []
    if let earlier = candidates.last(where: { states[$0 - first] == state }) {
      return .cycle(period: step - earlier, transient: earlier)
    }
    remember(state)
    return nil
  }

  private mutating func remember(_ state: State) {
    if longest == nil { byHash[hash(state), default: []].append(first + states.count) }
    states.append(state)
    if let longest, states.count > longest {
      states.removeFirst()
      first += 1
    }
  }

  private func hash(_ state: State) -> Int { (state as? any Hashable)?.hashValue ?? 0 }
}
