internal import ArgumentParser
internal import Hopfield

/// Which network an experiment studies.
struct StudiedMemoryOptions: ParsableArguments {
  @Option(help: "classical: the learning rule (default: hebbian).")
  var rule: RuleOption?

  @Option(help: "A dense memory with this energy of an overlap, in place of --rule.")
  var interaction: InteractionName?

  @Option(parsing: .unconditional, help: "dense: the degree n of the energy (default: 4).")
  var degree: Int?

  func validate() throws {
    if rule != nil, interaction != nil || degree != nil {
      throw ValidationError("--rule does not go with --interaction and --degree")
    }
    if let degree, !(2...100).contains(degree) {
      throw ValidationError("--degree \(degree) is out of range")
    }
    if interaction == .exponential, degree != nil {
      throw ValidationError("--degree does not go with --interaction exponential")
    }
  }

  var memory: StudiedMemory {
    guard interaction != nil || degree != nil else { return .classical(rule?.rule ?? .hebbian) }
    return switch interaction ?? .polynomial {
    case .polynomial: .dense(.polynomial(degree: degree ?? 4))
    case .rectified: .dense(.rectified(degree: degree ?? 4))
    case .exponential: .dense(.exponential)
    }
  }
}

// MARK: - What sizes and numbers may be

/// Throws unless a network can have this many neurons, as an option says.
func requireSize(_ size: Int, from least: Int = 1, option: String = "--size") throws {
  guard size >= least, size < 1 << 30 else {
    throw ValidationError("\(option) \(size) is out of range")
  }
}

/// Throws unless there is a trial.
func requireTrials(_ trials: Int) throws {
  guard trials >= 1, trials < 1 << 30 else {
    throw ValidationError("--trials \(trials) is out of range")
  }
}

/// Throws unless these are loads of a network of `size` neurons.
func requireLoads(_ loads: [Double], _ name: String, size: Int) throws {
  guard loads.allSatisfy({ $0 > 0 && $0 * Double(size) < 1e9 }) else {
    throw ValidationError("\(name): a load is above 0, and below 10^9 patterns")
  }
}

/// Throws unless these are overlaps.
func requireOverlaps(_ overlaps: [Double]) throws {
  guard overlaps.allSatisfy({ (0...1).contains($0) }) else {
    throw ValidationError("--overlaps: an overlap is between 0 and 1")
  }
}

/// Throws unless this is an overlap that can count as retrieved.
func requireCriterion(_ criterion: Double) throws {
  guard criterion > 0, criterion <= 1 else {
    throw ValidationError("--criterion \(criterion) is not between 0 and 1")
  }
}

/// Throws unless this is a number of things, 1 or more.
func requireCount(_ count: some BinaryInteger, _ name: String) throws {
  guard count >= 1, count < 1 << 30 else {
    throw ValidationError("\(name) \(count) is out of range")
  }
}

/// Throws unless this number is one of things: whole, 1 or more.
func requireCount(_ count: Double, _ name: String) throws {
  guard count >= 1, count < 1e9, count == count.rounded() else {
    throw ValidationError("\(name): \(count) is out of range")
  }
}

/// Throws unless each number is larger than the one before.
func requireAscending(_ numbers: [Double], _ name: String) throws {
  guard zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) else {
    throw ValidationError("\(name): the numbers do not ascend")
  }
}
