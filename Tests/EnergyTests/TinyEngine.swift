import HopfieldEnergy

/// Independent spins, each with a field of its own: E = -sum h_i s_i.
///
/// What it was asked is recorded.
struct TinyEngine: SpinEngine {
  enum Call: Equatable {
    case sweep(noise: [Double]?)
    case visit([UInt32], noise: [Double]?)
    case update(noise: [Double]?)
    case flipSteepest
    case isStable
  }

  static let longestCycle: Int? = nil
  let fields: [Double]
  /// Whether parallel updates reverse every spin, whatever its field.
  var alternates = false
  private(set) var state: [Int]
  private(set) var calls: [Call] = []

  init(fields: [Double], state: [Int]) {
    self.fields = fields
    self.state = state
  }

  var size: Int { state.count }
  var energy: Double { -zip(fields, state).reduce(0) { $0 + $1.0 * Double($1.1) } }

  private mutating func decide(_ i: Int, _ noise: Double) -> Int {
    let field = fields[i] - noise
    let new = field > 0 ? 1 : field < 0 ? -1 : state[i]
    defer { state[i] = new }
    return new == state[i] ? 0 : 1
  }

  mutating func sweep(noise: [Double]?) -> Int {
    calls.append(.sweep(noise: noise))
    return (0..<size).reduce(0) { $0 + decide($1, noise?[$1] ?? 0) }
  }

  mutating func visit(_ sites: [UInt32], noise: [Double]?) -> Int {
    calls.append(.visit(sites, noise: noise))
    return sites.enumerated().reduce(0) { $0 + decide(Int($1.element), noise?[$1.offset] ?? 0) }
  }

  mutating func update(noise: [Double]?) -> Int {
    calls.append(.update(noise: noise))
    if alternates {
      state = state.map { -$0 }
      return size
    }
    return (0..<size).reduce(0) { $0 + decide($1, noise?[$1] ?? 0) }
  }

  mutating func flipSteepest() -> Int {
    calls.append(.flipSteepest)
    let drops = (0..<size).map { -fields[$0] * Double(state[$0]) }
    guard let largest = drops.max(), largest > 0 else { return 0 }
    state[drops.firstIndex(of: largest)!] *= -1
    return 1
  }

  mutating func isStable() -> Bool {
    calls.append(.isStable)
    return zip(fields, state).allSatisfy { $0 * Double($1) >= 0 }
  }
}

/// A memory of such spins.
struct TinyMemory: SpinMemory {
  let fields: [Double]
  var size: Int { fields.count }
  static func cue(knowing state: [Int]) -> [Int] { state }

  func start(from cue: [Int], by dynamics: Dynamics, threads: Int) -> SpinRunning<TinyEngine> {
    SpinRunning(TinyEngine(fields: fields, state: cue), by: dynamics)
  }

  func energy(of state: [Int]) -> Double { TinyEngine(fields: fields, state: state).energy }

  func identity(of running: SpinRunning<TinyEngine>) -> Identity {
    Identity(kind: .other, match: nil, isExact: false)
  }
}
