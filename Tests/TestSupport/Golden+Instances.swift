package import HopfieldPatterns
internal import Testing

/// A small network solved by enumeration, with one learning rule.
package struct SmallNetwork: Sendable, CustomTestStringConvertible {
  package let name: String
  package let patterns: [Pattern]
  package let thresholds: [Double]
  /// The order in which a sweep visits the sites.
  package let order: [Int]
  package let solution: Solution

  package var size: Int { order.count }
  package var states: [Pattern] { (0..<1 << size).map { Pattern(index: $0, size: size) } }
  package var testDescription: String { name }

  /// What enumeration found; indices are states.
  package struct Solution: Decodable, Sendable {
    package let couplings: [[Double]]
    package let energies: [Double]
    package let fixedPoints: [Int]
    package let basinOf: [Int]
    package let sweeps: [Int]?
    package let basinSizes: [String: Int]
    package let attractors: [ReferenceAttractor]
    package let patternsFixed: [Bool]
    package let statesWithAZeroField: Int
    package let isFloatSafe: Bool

    enum CodingKeys: String, CodingKey {
      case couplings = "W"
      case energies
      case fixedPoints = "fixed_points"
      case basinOf = "basin_of"
      case sweeps
      case basinSizes = "basin_sizes"
      case attractors = "sync_attractors"
      case patternsFixed = "patterns_fixed"
      case statesWithAZeroField = "states_with_a_zero_field"
      case isFloatSafe = "float_safe"
    }
  }
}

extension Golden {
  /// The networks of `small_exact.json` for which `rule` has a solution.
  package static func smallNetworks(rule: String) -> [SmallNetwork] {
    struct Instance: Decodable {
      let name: String
      let patterns: [[Int]]
      let theta: [Double]
      let order: [Int]
      let rules: [String: SmallNetwork.Solution?]
    }
    struct File: Decodable { let instances: [Instance] }
    return load(File.self, from: "small_exact").instances.compactMap { instance in
      guard let solution = instance.rules[rule] ?? nil else { return nil }
      return SmallNetwork(
        name: instance.name, patterns: instance.patterns.map { Pattern($0) },
        thresholds: instance.theta, order: instance.order, solution: solution)
    }
  }
}

/// A network of 0/1 units with thresholds, and the equivalent network of spins.
package struct SmallBinaryNetwork: Decodable, Sendable, CustomTestStringConvertible {
  package let size: Int
  package let rows: [[Int]]
  package let couplings: [[Int]]
  package let unitThresholds: [Double]
  package let energies: [Double]
  package let fixedPoints: [Int]
  package let spinThresholds: [Double]
  package let spinEnergies: [Double]
  package let constant: Double

  package var patterns: [Pattern] { rows.map { Pattern($0) } }
  package var testDescription: String { "\(size) units" }

  enum CodingKeys: String, CodingKey {
    case size = "N"
    case rows = "patterns"
    case couplings = "T"
    case unitThresholds = "U"
    case energies
    case fixedPoints = "fixed_points"
    case spinThresholds = "theta_pm1"
    case spinEnergies = "energy_pm1"
    case constant = "const"
  }

  /// The networks of `small_01.json`.
  package static var all: [SmallBinaryNetwork] {
    struct File: Decodable { let instances: [SmallBinaryNetwork] }
    return Golden.load(File.self, from: "small_01").instances
  }
}

/// A small warm network and its stationary laws.
package struct BoltzmannNetwork: Decodable, Sendable, CustomTestStringConvertible {
  package let size: Int
  package let temperature: Double
  package let thresholds: [Double]
  package let rows: [[Int]]
  /// The law of single-spin heat bath, by state.
  package let heatBath: [Double]
  /// The law of the parallel heat bath, by state.
  package let parallel: [Double]
  package let meanEnergy: Double

  package var patterns: [Pattern] { rows.map { Pattern($0) } }
  package var testDescription: String { "\(size) spins at T = \(temperature)" }

  enum CodingKeys: String, CodingKey {
    case size = "N"
    case temperature = "T"
    case thresholds = "theta"
    case rows = "patterns"
    case heatBath = "P_glauber"
    case parallel = "P_little_parallel"
    case meanEnergy = "mean_energy"
  }

  /// The networks of `boltzmann.json`.
  package static var all: [BoltzmannNetwork] {
    struct File: Decodable { let instances: [BoltzmannNetwork] }
    return Golden.load(File.self, from: "boltzmann").instances
  }
}
