package import HopfieldPatterns
internal import Testing

/// A large network with recalls from damaged patterns; every number is an exact integer.
package struct LargeNetwork: Decodable, Sendable, CustomTestStringConvertible {
  package let size: Int
  package let count: Int
  package let seed: UInt64
  package let firstPattern: String
  package let lastPattern: String
  /// N E of the first patterns.
  package let patternEnergies: [Int]
  /// Pattern 0 times pattern 1.
  package let overlap: Int
  /// Of the first patterns.
  package let unstableBits: [Int]
  package let totalUnstableBits: Int
  package let cues: [Recalled]

  package var patterns: [Pattern] { Golden.patterns(seed: seed, count: count, size: size) }
  package var testDescription: String { "\(count) patterns of \(size) spins" }

  enum CodingKeys: String, CodingKey {
    case size = "N"
    case count = "p"
    case seed
    case firstPattern = "first_pattern_hex"
    case lastPattern = "last_pattern_hex"
    case patternEnergies = "pattern_energies_timesN"
    case overlap = "overlap_01"
    case unstableBits = "unstable_bits_per_pattern"
    case totalUnstableBits = "total_unstable_bits"
    case cues
  }

  /// The networks of `large_instances.json`.
  package static var all: [LargeNetwork] {
    struct File: Decodable { let instances: [LargeNetwork] }
    return Golden.load(File.self, from: "large_instances").instances
  }

  /// One recall: ascending sweeps, and the parallel dynamics from the same cue.
  package struct Recalled: Decodable, Sendable {
    package let pattern: Int
    package let flips: Int
    package let seed: UInt64
    /// The sites that were flipped, where there are few.
    package let flipped: [Int]?
    package let cue: String
    package let cueEnergy: Int
    package let flipsPerSweep: [Int]
    package let energies: [Int]
    package let afterFirstSweep: String
    package let final: String
    package let finalOverlap: Int
    package let parallel: Parallel

    enum CodingKeys: String, CodingKey {
      case pattern
      case flips = "n_flips"
      case seed = "cue_seed"
      case flipped
      case cue = "cue_hex"
      case cueEnergy = "cue_energy_timesN"
      case flipsPerSweep = "flips_per_sweep"
      case energies = "energies_timesN_after_sweep"
      case afterFirstSweep = "after_first_sweep_hex"
      case final = "final_hex"
      case finalOverlap = "final_overlap_numerator"
      case parallel = "sync"
    }
  }

  /// How the parallel dynamics ends: a fixed point is a cycle of one state.
  package struct Parallel: Decodable, Sendable {
    package let transient: Int
    package let period: Int
    package let final: String
    package let otherPhase: String?

    enum CodingKeys: String, CodingKey {
      case transient, period, final
      case otherPhase = "other_phase"
    }
  }
}
