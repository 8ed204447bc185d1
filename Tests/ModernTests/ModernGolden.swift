import HopfieldModern
import TestSupport
import Testing

/// The reference numbers of modern.json.
struct ModernGolden: Decodable {
  let tolerance: Double
  let instances: [Instance]

  struct Instance: Decodable {
    let M: Int
    let X: [[Double]]
    let queries: [[Double]]
    let max_norm: Double
    let separation: [Double]
    let runs: [Run]
    let jacobian: [Jacobian]
  }

  struct Run: Decodable, CustomTestStringConvertible {
    let map: String
    let beta: Double
    let query: Int
    let p_first: [Double]
    let lse_first: Double
    let trajectory: [[Double]]
    let trajectory_steps: [Int]
    let energies: [Double]
    let fixed_point: [Double]

    var separation: Separation {
      switch map {
      case "softmax": .softmax
      case "entmax15": .entmax(alpha: 1.5)
      default: .sparsemax
      }
    }
    var testDescription: String { "\(map), beta \(beta), query \(query)" }
  }

  struct Jacobian: Decodable {
    let beta: Double
    let spectral_norm: Double
    let one_step_error: Double
  }

  static let file: ModernGolden = Golden.load(from: "modern")
}

/// Ramsauer's theorem 5 on spheres, of modern_bounds.json.
struct BoundsGolden: Decodable {
  let instances: [Instance]

  struct Instance: Decodable {
    let M: Int
    let d: Int
    let K: Double
    let seed: UInt64
    let first_row: [Double]
    let rows: [Row]
  }

  struct Row: Decodable {
    let beta: Double
    let i: Int
    let delta_query: [Double]
    let Delta_i: Double
    let well_separated_min: Double
    let error_one_step: Double
    let dist_fixed_point: Double
    let thm5_bound: Double
  }

  static let file: BoundsGolden = Golden.load(from: "modern_bounds")
}
